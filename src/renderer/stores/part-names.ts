import { defineStore } from 'pinia';
import { shallowRef } from 'vue';
import { useClient } from './client';

/** Models of the parts that the brief and its answers name by id. */
export const usePartNames = defineStore('part-names', () => {
  const names = shallowRef<ReadonlyMap<string, string>>(new Map());
  let asked = false;

  /** Until the catalog has answered, and where it does not know a part, the id stands for itself. */
  function nameOf(id: string): string {
    if (!asked) void load();
    return names.value.get(id) ?? id;
  }

  async function load(): Promise<void> {
    asked = true;
    try {
      const rows = await Promise.all(['switch', 'supernode'].map((kind) => useClient().catalog.list({ kind })));
      names.value = new Map(rows.flat().map(({ entry }) => [entry.id, entry.model]));
    } catch {
      // The ids stay; the catalog's own step says what is wrong.
      asked = false;
    }
  }
  return { nameOf };
});
