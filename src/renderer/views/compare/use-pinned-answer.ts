import { onScopeDispose, ref, shallowRef, watch } from 'vue';
import type { Brief } from '../../../contract/procedures';
import { useProjectStore } from '../../stores/project-store';
import { useReason } from './reason';

/** Changes within this time are asked about once. */
const PAUSE_MS = 250;

export interface PinnedInput {
  readonly pins: Brief[];
  readonly priceBook: unknown;
}

/**
 * What a procedure answers about the pinned designs: asked anew when the pins or what `about` gives have changed, the earlier
 * question given up. Null while there are fewer than `least` pins.
 */
export function usePinnedAnswer<T, A>(
  pins: () => readonly Brief[],
  about: () => A,
  ask: (input: PinnedInput, about: A, signal: AbortSignal) => Promise<T>,
  least = 1,
) {
  const project = useProjectStore();
  const reasonOf = useReason();
  const answer = shallowRef<T | null>(null);
  const loading = ref(false);
  const failure = ref<string | null>(null);
  let running: AbortController | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;

  async function load(): Promise<void> {
    const own = (running = new AbortController());
    try {
      const found = await ask({ pins: [...pins()], priceBook: project.priceBook }, about(), own.signal);
      if (own.signal.aborted) return;
      answer.value = found;
      failure.value = null;
    } catch (error) {
      if (own.signal.aborted) return;
      answer.value = null;
      failure.value = reasonOf(error);
    } finally {
      if (running === own) loading.value = false;
    }
  }

  watch(
    () => JSON.stringify([pins(), about(), project.priceBook]),
    () => {
      running?.abort();
      clearTimeout(timer);
      const isEnough = pins().length >= least;
      loading.value = isEnough;
      if (isEnough) timer = setTimeout(() => void load(), PAUSE_MS);
      else answer.value = null;
    },
    { immediate: true },
  );
  onScopeDispose(() => {
    running?.abort();
    clearTimeout(timer);
  });
  return { answer, loading, failure };
}
