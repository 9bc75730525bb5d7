import { computed, ref, shallowRef, watch } from 'vue';
import type { Quote } from '../../../contract/procedures';
import { sentenceOf } from '../../format/sentence';
import { useClient } from '../../stores/client';
import { useDesignStore } from '../../stores/design-store';
import { useProjectStore } from '../../stores/project-store';

/** The quote of the current design; an answer to an older brief is dropped. */
export function useQuote() {
  const project = useProjectStore();
  const store = useDesignStore();
  const quote = shallowRef<Quote | null>(null);
  const failure = ref<string | null>(null);
  const loading = ref(false);
  let turn = 0;

  async function load(): Promise<void> {
    const own = ++turn;
    const { design } = store;
    failure.value = null;
    loading.value = design !== null;
    if (design === null) {
      quote.value = null;
      return;
    }
    try {
      const answer = await useClient().quote.build({ brief: design.brief, priceBook: project.priceBook });
      if (own === turn) quote.value = answer;
    } catch (error) {
      if (own === turn) failure.value = sentenceOf(error);
    } finally {
      if (own === turn) loading.value = false;
    }
  }

  // The design follows the brief after a pause in typing, and the quote follows the design.
  watch(() => store.design, load, { immediate: true });

  /** The brief has moved on and the design has not answered yet. */
  const busy = computed(() => loading.value || store.working);
  /** The brief as it is now leads to no design: what is shown belongs to an earlier one. */
  const stale = computed(() => store.stale || failure.value !== null);
  return { quote, failure, busy, stale, load };
}
