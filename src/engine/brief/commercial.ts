import { z } from 'zod';
import { ROUNDING_MODES } from '../../units/money';

/** The commercial half of a brief: how parts are priced, and what the quote says besides the design's own lines. */

const text = z.string().max(500);
const longText = z.string().max(4_000);
const name = z.string().min(1).max(200);
const currencyCode = z.string().regex(/^[A-Z]{3}$/, 'a three-letter ISO 4217 code like "USD"');
const isoDate = z
  .string()
  .regex(/^\d{4}-\d{2}-\d{2}$/, 'a date like "2026-11-24"')
  .refine(isCalendarDate, { message: 'no day of the calendar; correct it' });

function isCalendarDate(value: string): boolean {
  const time = Date.parse(`${value}T00:00:00Z`);
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(value);
}

const percent = (max: number) =>
  z
    .union([z.string().regex(/^\d{1,3}(\.\d{1,6})?$/, 'a decimal percentage like "12.5"'), z.number().min(0).max(max)])
    .transform(String)
    .refine((value) => Number(value) <= max, { message: `at most ${max} is allowed; lower it` });
const decimalRate = z
  .union([z.string().regex(/^\d{1,9}(\.\d{1,10})?$/, 'a positive decimal like "0.92"'), z.number().min(0).max(1e9)])
  .transform(String);
const exchangeRate = decimalRate.refine((value) => Number(value) > 0, {
  message: 'must be above 0; give units of the one currency for one of the other',
});
const money = z.string().regex(/^\d{1,12}(\.\d{1,4})?$/, 'a decimal like "1234.50", without a sign');
const slug = z.string().regex(/^[a-z0-9][a-z0-9.-]{0,59}$/, 'a short id of lower-case letters, digits, "-" and "."');

/** What a discount or margin can be set for; `default` covers the rest. Also the sections of a quote, in their order. */
export const CATEGORIES = ['systems', 'nics', 'switches', 'optics', 'cables', 'racks', 'spares', 'services'] as const;
export type Category = (typeof CATEGORIES)[number];

const byCategory = (max: number) => z.partialRecord(z.enum([...CATEGORIES, 'default']), percent(max));

/** A rate with its day: units of the quote's currency for one unit of `currency` in `rates`, the other way round in `alsoIn`. */
const datedRate = z.strictObject({ currency: currencyCode, rate: exchangeRate, date: isoDate.optional(), source: text.optional() });
export type DatedRate = z.infer<typeof datedRate>;

/** What is agreed for one SKU, before its category's percentage. */
const lineTerms = z.strictObject({
  discountPct: percent(100).optional(),
  marginPct: percent(99).optional(),
  /** Price to the customer before discount, in the quote's currency, whatever the cost. */
  unitPrice: money.optional(),
});

export const pricingBrief = z.strictObject({
  priceBook: z.string().min(1).max(200).optional(),
  currency: currencyCode.optional(),
  /** Units of `currency` for one unit of the price book's currency. */
  exchangeRate: exchangeRate.optional(),
  exchangeRateDate: isoDate.optional(),
  exchangeRateSource: text.optional(),
  /** Rates of the other currencies in which parts are bought, to the quote's. */
  rates: z.array(datedRate).max(20).optional(),
  /** Currencies in which the total is told as well: units of them for one unit of the quote's. */
  alsoIn: z.array(datedRate).max(10).optional(),
  discountPct: byCategory(100).optional(),
  marginPct: byCategory(99).optional(),
  /** A further discount on the net of a section. */
  sectionDiscountPct: z.partialRecord(z.enum(CATEGORIES), percent(100)).optional(),
  lines: z.record(z.string().min(1).max(120), lineTerms).optional(),
  /** Margin on the whole quote after every discount; it sets the margin of all lines that have no price of their own. */
  targetMarginPct: percent(99).optional(),
  rounding: z.enum(ROUNDING_MODES).optional(),
  taxPct: percent(100).optional(),
  validDays: z.int().min(1).max(3_650).optional(),
  years: z.int().min(1).max(20).optional(),
  energyPerKwh: decimalRate.optional(),
  /** Country of delivery (ISO 3166, two letters), for parts that are not sold everywhere. */
  deliveryCountry: z
    .string()
    .regex(/^[A-Z]{2}$/, 'a two-letter ISO 3166 code like "DE"')
    .optional(),
});
export type PricingBrief = z.infer<typeof pricingBrief>;

/** What the quantity of a line is counted by. */
export const LINE_BASES = ['lot', 'rack', 'link', 'node', 'accelerator', 'supernode', 'switch'] as const;
export type LineBasis = (typeof LINE_BASES)[number];

/** A line that the design does not bring: a service, a spare, a part of an option. */
export const quoteLineBrief = z.strictObject({
  /** A part of the catalog or a SKU of the price book. */
  sku: z.string().min(1).max(120).optional(),
  description: z.string().min(1).max(500).optional(),
  vendor: text.optional(),
  category: z.enum(CATEGORIES).optional(),
  /** `lot` unless given: `quantity` then counts pieces. */
  basis: z.enum(LINE_BASES).optional(),
  quantity: z.int().min(1).max(100_000_000).optional(),
  /** Support and the like: the quantity is multiplied by it. */
  years: z.int().min(1).max(20).optional(),
  unitCost: money.optional(),
  unitPrice: money.optional(),
  /** Freight, support: the unit price as a share of the equipment's net. */
  pctOfEquipment: percent(100).optional(),
  discountPct: percent(100).optional(),
  marginPct: percent(99).optional(),
});
export type QuoteLineBrief = z.infer<typeof quoteLineBrief>;

export const quoteOptionBrief = z.strictObject({
  id: slug,
  title: name,
  description: longText.optional(),
  /** Options of one group exclude each other. */
  group: slug.optional(),
  /** Not in the total unless chosen. */
  chosen: z.boolean().optional(),
  /** SKUs of the quote that leave it when the option is chosen. */
  replaces: z.array(z.string().min(1).max(120)).min(1).max(200).optional(),
  lines: z.array(quoteLineBrief).min(1).max(200),
});
export type QuoteOptionBrief = z.infer<typeof quoteOptionBrief>;

/** Several SKUs sold as one line. */
export const bundleBrief = z.strictObject({
  id: slug,
  title: name,
  description: longText.optional(),
  skus: z.array(z.string().min(1).max(120)).min(1).max(500),
  /** How many bundles the parts make, 1 unless given. */
  quantity: z.int().min(1).max(10_000_000).optional(),
  /** Price of one bundle; the sum of its parts' nets over the quantity unless given. */
  unitPrice: money.optional(),
  discountPct: percent(100).optional(),
});
export type BundleBrief = z.infer<typeof bundleBrief>;

const party = {
  name: text.optional(),
  contact: text.optional(),
  address: longText.optional(),
  email: text.optional(),
  phone: text.optional(),
  taxId: text.optional(),
};

export const customerBrief = z.strictObject({ ...party, reference: text.optional() });

/** A PNG or JPEG of up to 256 KiB. */
const logo = z
  .string()
  .max(350_000)
  .regex(/^data:image\/(png|jpeg);base64,[A-Za-z0-9+/]+={0,2}$/, 'a PNG or JPEG as "data:image/png;base64,…"');

export const quoteBrief = z.strictObject({
  /** May hold {year}, {month}, {day}, {mark} (a mark of the contents) and {revision}. */
  number: z.string().min(1).max(80).optional(),
  revision: z.int().min(1).max(999).optional(),
  /** Day of the quote; today unless given. */
  date: isoDate.optional(),
  sender: z.strictObject({ ...party, logo: logo.optional() }).optional(),
  paymentTerms: longText.optional(),
  deliveryTerms: longText.optional(),
  terms: z.array(longText).max(50).optional(),
  /** Printed for the customer. */
  notes: longText.optional(),
  /** For us alone. */
  internalNotes: longText.optional(),
  /** Adds the spares that the design recommends. */
  spares: z.enum(['none', 'recommended']).optional(),
  lines: z.array(quoteLineBrief).max(500).optional(),
  options: z.array(quoteOptionBrief).max(50).optional(),
  bundles: z.array(bundleBrief).max(50).optional(),
});
export type QuoteBrief = z.infer<typeof quoteBrief>;
