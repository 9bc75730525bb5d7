import { onScopeDispose, ref, shallowRef, watch } from 'vue';
import { useDesignStore } from './design-store';
import { useProjectStore } from './project-store';

export interface DesignInput {
  readonly brief: unknown;
  readonly priceBook: unknown;
}

/**
 * A part of the present design that is asked for by itself, because it is large or seldom looked at. It is asked for again
 * with every new design, and when what `about` gives has changed; null where there is nothing to ask.
 */
export function useDesignPart<T>(about: () => string | null, ask: (input: DesignInput, about: string, signal: AbortSignal) => Promise<T>) {
  const store = useDesignStore();
  const project = useProjectStore();
  const part = shallowRef<T | null>(null);
  const loading = ref(false);
  const failure = ref<string | null>(null);
  let running: AbortController | undefined;

  async function load(): Promise<void> {
    running?.abort();
    const what = about();
    if (store.design === null || what === null) {
      part.value = null;
      loading.value = false;
      return;
    }
    const own = (running = new AbortController());
    loading.value = true;
    try {
      const answer = await ask({ brief: project.brief, priceBook: project.priceBook }, what, own.signal);
      if (own.signal.aborted) return;
      part.value = answer;
      failure.value = null;
    } catch (error) {
      if (own.signal.aborted) return;
      part.value = null;
      failure.value = error instanceof Error ? error.message : String(error);
    } finally {
      if (running === own) loading.value = false;
    }
  }

  watch([() => store.design, about], () => void load(), { immediate: true });
  onScopeDispose(() => running?.abort());
  return { part, loading, failure, load };
}
