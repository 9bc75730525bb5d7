import { defineStore } from 'pinia';
import { computed, shallowRef } from 'vue';
import type { Design } from '../../contract/procedures';
import { useDesignStore } from './design-store';

export type Derivation = Design['derivations'][number];

/** Which figure is asked about: what the page calls it, and the ids of its derivations; an id that ends in a dot stands for all below it. */
interface Question {
  readonly title: string;
  readonly ids: readonly string[];
}

/** Where the figures of the design come from: one question at a time, answered from the design at hand. */
export const useWhyStore = defineStore('why', () => {
  const design = useDesignStore();
  const asked = shallowRef<Question | null>(null);
  const byId = computed(() => new Map(design.design?.derivations.map((one) => [one.id, one] as const)));

  function answersTo(ids: readonly string[]): readonly Derivation[] {
    return ids.flatMap((id) =>
      id.endsWith('.') ? [...byId.value.values()].filter((one) => one.id.startsWith(id)) : (byId.value.get(id) ?? []),
    );
  }
  return {
    asked,
    knows: (ids: readonly string[]) => answersTo(ids).length > 0,
    answers: computed(() => (asked.value === null ? [] : answersTo(asked.value.ids))),
    ask: (title: string, ids: readonly string[]) => (asked.value = { title, ids }),
    close: () => (asked.value = null),
  };
});
