import { layerCatalog, type Catalog, type CatalogDocument } from '../catalog/catalog';
import { createPriceList, type PriceList } from '../catalog/price-book';
import { parseBrief, type Brief } from '../engine/brief/schema';
import { ratedPrices } from '../engine/cost/pricing';
import type { BuiltDesign } from '../engine/design/build-design';
import { sizeBrief, type SizingContext } from '../engine/design/size';
import { buildQuote } from '../quote/build-quote';
import { readEarlierQuote } from '../quote/changes';
import type { Quote } from '../quote/quote';
import type { ServiceDependencies } from './dependencies';
import { createLastSizing } from './last-sizing';

/** What a design is made from: the brief, and what the user puts over the built-in catalog and prices. */
export interface SizingInput {
  readonly brief?: unknown;
  /** One price book or several, a later one before an earlier; "built-in" stands for the one that comes with the program. */
  readonly priceBook?: unknown;
  readonly catalogs?: readonly CatalogDocument[] | undefined;
}

export interface Sizing {
  /** ISO date. */
  readonly today: () => string;
  readonly catalogOf: (input: SizingInput) => Catalog;
  readonly pricesOf: (input: SizingInput) => PriceList;
  readonly contextOf: (brief: Brief, input: SizingInput) => SizingContext;
  readonly size: (input: SizingInput) => BuiltDesign;
  readonly quoteOf: (input: SizingInput & { readonly previous?: unknown }) => { readonly built: BuiltDesign; readonly quote: Quote };
}

/** Brings brief, catalog, prices and the day together, the same way for every procedure. */
export function createSizing({ catalog, prices, now }: ServiceDependencies): Sizing {
  const today = () => now().toISOString().slice(0, 10);
  const catalogOf = ({ catalogs }: SizingInput) => (catalogs === undefined ? catalog : layerCatalog(catalog, catalogs));
  const listOn = (priceBook: unknown, date: string) => createPriceList(withBuiltIn(priceBook ?? prices.book, prices), { date });
  const contextOf = (brief: Brief, input: SizingInput): SizingContext => ({
    catalog: catalogOf(input),
    prices: ratedPrices(listOn(input.priceBook, brief.quote?.date ?? today()), brief.pricing ?? {}),
  });
  const lastSizing = createLastSizing();
  const size = ({ brief, priceBook, catalogs }: SizingInput) =>
    lastSizing({ brief, priceBook, catalogs, day: today() }, () => {
      const read = parseBrief(brief);
      return sizeBrief(read, contextOf(read, { priceBook, catalogs }));
    });
  const quoteOf: Sizing['quoteOf'] = ({ previous, ...input }) => {
    const built = size(input);
    const { design } = built;
    const context = contextOf(design.brief, input);
    const quote = buildQuote(design, {
      ...context,
      date: today(),
      priceBook: context.prices.book,
      ...(previous === undefined ? {} : { previous: readEarlierQuote(previous) }),
    });
    return { built, quote };
  };
  return { today, catalogOf, pricesOf: ({ priceBook }) => listOn(priceBook, today()), contextOf, size, quoteOf };
}

function withBuiltIn(priceBook: unknown, prices: PriceList): unknown {
  const named = (document: unknown) => (document === 'built-in' ? prices.book : document);
  return Array.isArray(priceBook) ? priceBook.map(named) : named(priceBook);
}
