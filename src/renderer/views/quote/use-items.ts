import { computed } from 'vue';
import { valueAt } from '../../stores/path';
import { useProjectStore } from '../../stores/project-store';

/** A list of the brief: its items, adding one at the end and taking one out. An emptied list leaves the brief. */
export function useItems<T>(path: () => string) {
  const project = useProjectStore();
  const items = computed<readonly T[]>(() => (valueAt(project.brief, path()) as readonly T[] | undefined) ?? []);
  const put = (next: readonly T[]) => project.set(path(), next.length === 0 ? undefined : next);
  return {
    items,
    add: (item: T) => put([...items.value, item]),
    remove: (index: number) => put(items.value.filter((_, other) => other !== index)),
  };
}

/** The first id of a letter and a number that none of the items has: `o3`. */
export function freeId(letter: string, items: readonly { readonly id: string }[]): string {
  let number = items.length + 1;
  while (items.some(({ id }) => id === `${letter}${number}`)) number += 1;
  return `${letter}${number}`;
}
