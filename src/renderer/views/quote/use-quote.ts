import { ref, shallowRef, watch } from 'vue';
import { toFault } from '../../../contract/faults';
import type { Quote } from '../../../contract/procedures';
import { useClient } from '../../stores/client';
import { useDesignStore } from '../../stores/design-store';
import { useProjectStore } from '../../stores/project-store';

/** The quote of the current design; an answer to an older brief is dropped. */
export function useQuote() {
  const project = useProjectStore();
  const store = useDesignStore();
  const quote = shallowRef<Quote | null>(null);
  const failure = ref<string | null>(null);
  let turn = 0;

  watch(
    () => store.design,
    async (design) => {
      const own = ++turn;
      if (design === null) {
        quote.value = null;
        return;
      }
      try {
        const answer = await useClient().quote.build({ brief: design.brief, priceBook: project.priceBook });
        if (own !== turn) return;
        quote.value = answer;
        failure.value = null;
      } catch (error) {
        if (own === turn) failure.value = sentenceOf(error);
      }
    },
    { immediate: true },
  );
  return { quote, failure };
}

export function sentenceOf(error: unknown): string {
  const fault = toFault(error);
  return fault instanceof Error ? fault.message : String(fault);
}
