import { computed, onMounted, ref, shallowRef } from 'vue';
import type { CatalogRow } from '../../contract/procedures';
import { useClient } from './client';

/** Parts of the catalog of some kinds, read once when the step opens. */
export function useCatalogRows(kinds: readonly string[]) {
  const rows = shallowRef<readonly CatalogRow[]>([]);
  const failure = ref<string | null>(null);
  onMounted(async () => {
    try {
      rows.value = (await Promise.all(kinds.map((kind) => useClient().catalog.list({ kind })))).flat();
    } catch (error) {
      failure.value = error instanceof Error ? error.message : String(error);
    }
  });
  const models = computed<ReadonlyMap<string, string>>(() => new Map(rows.value.map(({ entry }) => [entry.id, entry.model])));
  return { rows, models, failure };
}
