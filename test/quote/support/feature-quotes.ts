import { createPriceList } from '../../../src/catalog/price-book';
import { parseBrief, type Brief } from '../../../src/engine/brief/schema';
import { priceLines } from '../../../src/engine/cost/price-lines';
import { ratedPrices, resolvePricing } from '../../../src/engine/cost/pricing';
import type { BomLine, Design } from '../../../src/engine/design/design';
import { buildQuote } from '../../../src/quote/build-quote';
import { readEarlierQuote } from '../../../src/quote/changes';
import type { Quote } from '../../../src/quote/quote';
import { DATE, designOf } from './designs';

/** Quotes with every feature of the model, over two price books in two currencies. Prices are invented. */

const USD_BOOK = {
  format: 'scaleplan.prices/1' as const,
  id: 'dollars',
  name: 'Secret dollar list 4471',
  currency: 'USD',
  date: '2026-05-01',
  prices: [
    {
      sku: 'node',
      unitPrice: '268413.37',
      source: 'Secret dollar list 4471',
      confidence: 'vendor' as const,
      leadDays: 84,
    },
    { sku: 'leaf', unitPrice: '24871.53', source: 'Secret dollar list 4471', confidence: 'vendor' as const, leadDays: 63 },
    {
      sku: 'module',
      unitPrice: '937.8312',
      source: 'Secret dollar list 4471',
      confidence: 'vendor' as const,
      tiers: [{ fromQuantity: 1000, unitPrice: '871.1149' }],
    },
    { sku: 'module-lr', unitPrice: '1411.07', source: 'Secret dollar list 4471', confidence: 'vendor' as const },
  ],
};
const YUAN_BOOK = {
  format: 'scaleplan.prices/1' as const,
  id: 'yuan',
  name: 'Secret yuan list 5582',
  currency: 'CNY',
  date: '2026-06-01',
  prices: [
    { sku: 'fibre', unitPrice: '733.19', source: 'Secret yuan list 5582', confidence: 'secondary' as const, leadDays: 20 },
    { sku: 'copper', unitPrice: '1561.7', source: 'Secret yuan list 5582', confidence: 'vendor' as const },
  ],
};

export const FEATURE_PRICES = createPriceList([YUAN_BOOK, USD_BOOK]);

const BILL: readonly BomLine[] = [
  { sku: 'node', category: 'systems', description: 'Server of eight accelerators', vendor: 'NVIDIA', quantity: 127 },
  { sku: 'leaf', category: 'switches', description: 'Leaf switch, 64 × 400 Gb/s', vendor: 'NVIDIA', quantity: 48 },
  { sku: 'module', category: 'optics', description: 'Transceiver 400 Gb/s, multimode, 50 m', vendor: 'NVIDIA', quantity: 1274 },
  { sku: 'fibre', category: 'cables', description: 'Multimode fibre, 20 m', vendor: 'Fibre & Co', quantity: 866 },
  { sku: 'copper', category: 'cables', description: 'Passive copper, 1.5 m', vendor: 'Copper & Co', quantity: 96 },
  { sku: 'pdu', category: 'racks', description: 'Power distribution unit', vendor: 'Generic', quantity: 132 },
];

export type Pricing = NonNullable<Brief['pricing']>;
export type Asked = NonNullable<Brief['quote']>;

export const RATES: Pick<Pricing, 'rates'> = {
  rates: [
    { currency: 'USD', rate: '0.9213', date: '2026-11-20', source: 'ECB reference rate' },
    { currency: 'CNY', rate: '0.129871', date: '2026-11-19', source: 'PBoC central parity' },
  ],
};

export const FULL_PRICING: Pricing = {
  currency: 'EUR',
  ...RATES,
  alsoIn: [{ currency: 'JPY', rate: '163.27', date: '2026-11-20', source: 'ECB reference rate' }],
  marginPct: { default: '12', optics: '17.35' },
  discountPct: { optics: '15', switches: '8' },
  sectionDiscountPct: { optics: '2.5', cables: '3.333' },
  lines: { copper: { unitPrice: '219.90' } },
  rounding: 'up',
  taxPct: '7.7',
  validDays: 45,
};

/** A PNG of two by two pixels. */
export const LOGO =
  'data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAIAAAACCAIAAAD91JpzAAAAFElEQVR4nGP8z8DAwMDAxMDAwMDAAAANHQEDasKb6QAAAABJRU5ErkJggg==';

export const FULL_ASKED: Asked = {
  number: 'NG-{year}-118/{revision}',
  sender: {
    name: 'Cluster Works GmbH',
    contact: 'Jonas Weber',
    address: 'Hafenstraße 12\n20457 Hamburg',
    email: 'sales@clusterworks.example',
    phone: '+49 40 123456',
    taxId: 'DE123456789',
    logo: LOGO,
  },
  notes: 'Prices assume one delivery to one site.',
  internalNotes: 'Walk-away figure 77,341,907.55; do not show.',
  paymentTerms: '30 % with the order, the rest on delivery.',
  spares: 'none',
  lines: [
    { sku: 'module', description: 'Spare transceivers', category: 'spares', quantity: 19 },
    { description: 'Rack and stack', basis: 'node', unitCost: '1423.79', marginPct: '23.15' },
    { description: 'Freight', pctOfEquipment: '1.5' },
    { description: 'Support, on site', years: 3, quantity: 2, unitPrice: '15000' },
    { description: 'Administrator training' },
  ],
  options: [
    {
      id: 'train',
      title: 'Training of twelve',
      description: 'Five days on site.',
      lines: [{ description: 'Training', unitPrice: '18500.5' }],
    },
    {
      id: 'lr',
      title: 'Single-mode optics',
      replaces: ['module'],
      lines: [{ sku: 'module-lr', category: 'optics', quantity: 1274 }],
    },
    { id: 'gold', title: 'Gold care', group: 'care', chosen: true, lines: [{ description: 'Gold care', years: 4, unitPrice: '99500' }] },
    { id: 'silver', title: 'Silver care', group: 'care', lines: [{ description: 'Silver care', years: 4, unitPrice: '61000' }] },
  ],
  bundles: [{ id: 'fabric-kit', title: 'Fabric kit', description: 'leaf switch with its copper', skus: ['leaf', 'copper'], quantity: 48 }],
};

export function featureDesign(pricing: Pricing = FULL_PRICING, quote: Asked = FULL_ASKED, bill: readonly BomLine[] = BILL): Design {
  const brief = parseBrief({
    format: 'scaleplan.brief/1',
    accelerators: 1016,
    name: 'Northern Grid, hall 2',
    customer: { name: 'Northern Grid Computing AB', contact: 'Astrid Lindqvist', reference: 'RFQ 2026-118', address: 'Storgatan 1, Luleå' },
    pricing,
    quote,
  });
  const prices = ratedPrices(FEATURE_PRICES, brief.pricing ?? {});
  const plain = designOf();
  const lines = priceLines(bill, prices, resolvePricing(brief.pricing ?? {}, prices.book));
  const capex = lines.reduce((sum, line) => sum + Number(line.net ?? 0), 0);
  return {
    ...plain,
    brief,
    lines,
    cost: { ...plain.cost, currency: pricing.currency ?? prices.book.currency, capex: capex.toFixed(2) },
  };
}

export function featureQuote(design: Design, previous?: Quote): Quote {
  const prices = ratedPrices(FEATURE_PRICES, design.brief.pricing ?? {});
  const earlier = previous === undefined ? {} : { previous: readEarlierQuote(previous) };
  return buildQuote(design, { date: DATE, priceBook: prices.book, prices, ...earlier });
}
