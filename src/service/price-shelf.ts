import { createPriceList, type PriceBook } from '../catalog/price-book';
import type { ShelvedBook } from '../contract/procedures';
import { InputFault } from '../units/fault';
import type { DocumentStore } from './workspace';

/** Price books that the host keeps for every project, each with the mapping by which its list was read. */
export function createPriceShelf(documents: DocumentStore) {
  const nameOf = (id: string) => `prices-${id}.json`;

  async function readBook(name: string): Promise<PriceBook | null> {
    const text = await documents.read(name);
    if (text === null) return null;
    try {
      return createPriceList(JSON.parse(text)).book;
    } catch {
      // A book that cannot be read is no reason to hide the others; its file stays for whoever looks.
      return null;
    }
  }

  return {
    /** The books by name, of one name the newest first. */
    list: async (): Promise<ShelvedBook[]> => {
      const names = (await documents.names()).filter((name) => name.startsWith('prices-') && name.endsWith('.json'));
      const books = await Promise.all(
        names.map(async (name) => ({ id: name.slice('prices-'.length, -'.json'.length), book: await readBook(name) })),
      );
      return books
        .flatMap(({ id, book }) => (book === null ? [] : [{ id, book }]))
        .sort((a, b) => a.book.name.localeCompare(b.book.name) || b.book.date.localeCompare(a.book.date));
    },

    /** Keeps a book under an id; a book that was there is replaced whole. */
    keep: async (id: string, content: unknown): Promise<ShelvedBook> => {
      const { book } = createPriceList(content, { name: 'book' });
      await documents.write(nameOf(id), `${JSON.stringify(book)}\n`);
      return { id, book };
    },

    forget: async (id: string): Promise<void> => {
      if ((await documents.read(nameOf(id))) === null)
        throw InputFault.of('id', `is "${id}", of which no price book is kept; read the list of books again`);
      await documents.remove(nameOf(id));
    },
  };
}
