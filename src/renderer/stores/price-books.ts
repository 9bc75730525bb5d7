import { defineStore } from 'pinia';
import { computed, ref, shallowRef } from 'vue';
import type { PriceBook, ShelvedBook } from '../../contract/procedures';
import { sentenceOf } from '../format/sentence';
import { useClient } from './client';
import { useProjectStore } from './project-store';

/** Stands for the book that comes with the program. */
const BUILT_IN = 'built-in';

/** A book of one supplier and day: what tells two books apart wherever they are kept. */
export const keyOf = (book: PriceBook) => `${book.id}|${book.date}|${book.name}`;

/** The price books that this host keeps, and those that the project is priced with. */
export const usePriceBooks = defineStore('price-books', () => {
  const project = useProjectStore();
  const shelved = shallowRef<readonly ShelvedBook[]>([]);
  const failure = ref<string | null>(null);

  async function load(): Promise<void> {
    failure.value = null;
    try {
      shelved.value = await useClient().prices.kept();
    } catch (error) {
      failure.value = sentenceOf(error);
    }
  }

  /** Books of the project in their order: of two prices of a part that of the later book counts. */
  const used = computed<readonly PriceBook[]>(() => listOf(project.priceBook).filter((one): one is PriceBook => one !== BUILT_IN));
  /** The built-in book prices what the others do not have. */
  const fillsGaps = computed(() => used.value.length === 0 || listOf(project.priceBook).includes(BUILT_IN));
  /** Every book that can be chosen: the kept ones, and those that only the project has. */
  const all = computed<readonly PriceBook[]>(() => {
    const kept = shelved.value.map(({ book }) => book);
    const keys = new Set(kept.map(keyOf));
    return [...kept, ...used.value.filter((book) => !keys.has(keyOf(book)))];
  });

  function use(books: readonly PriceBook[], withBuiltIn: boolean): void {
    project.setPriceBook(books.length === 0 ? undefined : [...(withBuiltIn ? [BUILT_IN] : []), ...books]);
  }

  /** Keeps a book for every project; in place of the one of that id, or as a further one. */
  async function keep(book: PriceBook, id: string = crypto.randomUUID()): Promise<void> {
    await useClient().prices.keep({ id, book });
    await load();
  }

  async function forget(id: string): Promise<void> {
    await useClient().prices.forget({ id });
    await load();
  }

  return { shelved, failure, used, fillsGaps, all, load, use, keep, forget };
});

function listOf(priceBook: unknown): readonly unknown[] {
  if (priceBook === undefined) return [BUILT_IN];
  return Array.isArray(priceBook) ? (priceBook as readonly unknown[]) : [priceBook];
}
