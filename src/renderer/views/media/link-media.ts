import { ref, shallowRef, watch, type Ref } from 'vue';
import { toFault } from '../../../contract/faults';
import { InputFault, type InputIssue, type MediaOption } from '../../../contract/procedures';
import { useClient } from '../../stores/client';

export interface LinkQuery {
  readonly gbps: number;
  readonly lengthM: number;
  readonly from?: string;
  readonly to?: string;
  readonly fibre?: string;
}

/** Every medium for the link asked about, asked anew shortly after each change; late answers are dropped. */
export function useLinkMedia(query: Ref<LinkQuery | null>) {
  const options = shallowRef<readonly MediaOption[]>([]);
  const issues = shallowRef<readonly InputIssue[]>([]);
  const failure = ref<string | null>(null);
  const loading = ref(false);
  let turn = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;

  async function load(link: LinkQuery): Promise<void> {
    const own = ++turn;
    loading.value = true;
    try {
      const found = await useClient().media.options(link);
      if (own === turn) settle(found, [], null);
    } catch (error) {
      if (own !== turn) return;
      const fault = toFault(error);
      if (fault instanceof InputFault) settle([], fault.issues, null);
      else settle([], [], fault instanceof Error ? fault.message : String(fault));
    } finally {
      if (own === turn) loading.value = false;
    }
  }

  function settle(found: readonly MediaOption[], faults: readonly InputIssue[], failed: string | null): void {
    options.value = found;
    issues.value = faults;
    failure.value = failed;
  }

  watch(
    query,
    (link) => {
      clearTimeout(timer);
      if (link !== null) timer = setTimeout(() => void load(link), 200);
    },
    { immediate: true },
  );
  return { options, issues, failure, loading };
}
