import { defineStore } from 'pinia';
import { computed, ref, shallowRef } from 'vue';
import type { Brief, Design } from '../../contract/procedures';
import { useClient } from './client';
import { useDesignStore } from './design-store';
import { useProjectStore } from './project-store';

export type Derivation = Design['derivations'][number];

/** What a figure rests on. */
export interface Basis {
  /** Ids of its derivations; an id that ends in a dot stands for all below it. */
  readonly ids?: readonly string[];
  /** How the page itself worked it out, or found it. */
  readonly own?: readonly Derivation[];
  /** The brief of another design than the one at hand, which the ids belong to; that design is asked for. */
  readonly brief?: Brief;
}
interface Question extends Basis {
  /** What the page calls the figure. */
  readonly title: string;
}

/** What the figures in a row about a whole design rest on, its cost first. */
export const WHOLE_DESIGN = ['cost.capex', 'cost.', 'power.it', 'racks', 'transceivers', 'cables', 'compute.'] as const;

const answersIn = (derivations: readonly Derivation[], ids: readonly string[] = []) => [
  ...new Set(ids.flatMap((id) => derivations.filter((one) => (id.endsWith('.') ? one.id.startsWith(id) : one.id === id)))),
];

/** Where the figures of the design come from: one question at a time, answered from the design at hand, or from that of another brief. */
export const useWhyStore = defineStore('why', () => {
  const store = useDesignStore();
  const project = useProjectStore();
  const asked = shallowRef<Question | null>(null);
  const other = shallowRef<readonly Derivation[]>([]);
  const loading = ref(false);
  const failure = ref<string | null>(null);
  const here = computed(() => store.design?.derivations ?? []);

  function ask(question: Question): void {
    asked.value = question;
    other.value = [];
    failure.value = null;
    if (question.brief !== undefined) void askFor(question.brief, question);
  }

  async function askFor(brief: Brief, question: Question): Promise<void> {
    loading.value = true;
    try {
      const { derivations } = await useClient().design.size({ brief, priceBook: project.priceBook });
      if (asked.value === question) other.value = derivations;
    } catch (error) {
      if (asked.value === question) failure.value = error instanceof Error ? error.message : String(error);
    } finally {
      if (asked.value === question) loading.value = false;
    }
  }

  return {
    asked,
    loading,
    failure,
    knows: ({ ids, own = [], brief }: Basis) => own.length > 0 || brief !== undefined || answersIn(here.value, ids).length > 0,
    answers: computed(() => {
      if (asked.value === null) return [];
      const { ids, own = [], brief } = asked.value;
      return [...own, ...answersIn(brief === undefined ? here.value : other.value, ids)];
    }),
    ask,
    close: () => {
      asked.value = null;
      loading.value = false;
    },
  };
});
