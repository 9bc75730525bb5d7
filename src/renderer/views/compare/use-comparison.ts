import { onScopeDispose, ref, shallowRef } from 'vue';
import type { CompareProgress, Comparison } from '../../../contract/procedures';
import { useClient } from '../../stores/client';
import { useProjectStore } from '../../stores/project-store';
import { useReason } from './reason';

/** Rows asked for: the front and its surroundings, as many as a picture can tell apart. */
const ROWS = 400;

/** A comparison that runs on demand, tells how far it is and can be stopped. */
export function useComparison() {
  const project = useProjectStore();
  const reasonOf = useReason();
  const comparison = shallowRef<Comparison | null>(null);
  const progress = shallowRef<CompareProgress | null>(null);
  const running = ref(false);
  const failure = ref<string | null>(null);
  /** The brief that the comparison belongs to. */
  const about = shallowRef<unknown>(null);
  let stopper: AbortController | undefined;

  async function run(): Promise<void> {
    stopper?.abort();
    const own = (stopper = new AbortController());
    const { brief, priceBook } = project;
    running.value = true;
    failure.value = null;
    progress.value = null;
    try {
      for await (const event of await useClient().compare.run({ brief, priceBook, top: ROWS }, { signal: own.signal })) {
        if (own.signal.aborted) return;
        if (event.type === 'progress') progress.value = event;
        else {
          comparison.value = event.comparison;
          about.value = brief;
        }
      }
    } catch (error) {
      if (!own.signal.aborted) failure.value = reasonOf(error);
    } finally {
      if (stopper === own) running.value = false;
    }
  }

  function stop(): void {
    stopper?.abort();
    running.value = false;
  }
  onScopeDispose(() => stopper?.abort());
  return { comparison, progress, running, failure, about, run, stop };
}
