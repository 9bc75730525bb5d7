import type { PriceMapping } from '../catalog/price-book';
import { InputFault } from '../units/fault';
import { list } from '../units/format';
import type { Cell, Table } from './table';

/** What a column of a price list can hold. */
export const COLUMN_KEYS = [
  'sku',
  'partNumber',
  'unitPrice',
  'perMetre',
  'currency',
  'minimumOrder',
  'leadDays',
  'leadWeeks',
  'validFrom',
  'validTo',
  'source',
  'confidence',
  'asOf',
  'notes',
] as const;
export type ColumnKey = (typeof COLUMN_KEYS)[number];

/** Headings by which a column is known, in lower case, without blanks and signs. The first is the one that exports write. */
const HEADINGS: Readonly<Record<ColumnKey, readonly string[]>> = {
  sku: ['sku', 'item', 'itemno', 'itemnumber', 'article', 'articleno', 'articlenumber', 'code', '物料编码', '料号', '编码'],
  partNumber: [
    'partnumber',
    'partno',
    'pn',
    'mpn',
    'manufacturerpartnumber',
    'model',
    'product',
    'productcode',
    '型号',
    '产品型号',
    '规格型号',
  ],
  unitPrice: [
    'unitprice',
    'price',
    'netprice',
    'listprice',
    'priceeach',
    'unitcost',
    'cost',
    '单价',
    '价格',
    '含税单价',
    '未税单价',
    '采购价',
  ],
  perMetre: ['permetre', 'permeter', 'pricepermetre', 'pricepermeter', '每米价格', '每米单价'],
  currency: ['currency', 'ccy', 'curr', '币种', '货币'],
  minimumOrder: ['minimumorder', 'moq', 'minimumorderquantity', 'minqty', 'minorderqty', '最小起订量', '起订量'],
  leadDays: ['leaddays', 'leadtimedays', 'leadtimeindays', 'leadtime', 'deliverydays', '交期', '交货期', '交期天'],
  leadWeeks: ['leadweeks', 'leadtimeweeks', 'leadtimeinweeks', '交期周', '交货周期'],
  validFrom: ['validfrom', 'from', 'startdate', 'effectivefrom', 'effectivedate', '生效日期', '有效期自', '有效期起'],
  validTo: ['validto', 'validuntil', 'until', 'expires', 'expirydate', 'enddate', '失效日期', '有效期至', '有效期止'],
  source: ['source', 'quotationref', 'quoteno', '来源', '报价单号'],
  confidence: ['confidence', '可信度'],
  asOf: ['asof', '截至'],
  notes: ['notes', 'note', 'remark', 'remarks', 'comment', 'comments', '备注', '说明'],
};

/** A column found: what it holds and how it is headed. */
export interface Column {
  readonly key: ColumnKey | 'tier' | 'tierPerMetre';
  /** From 1. */
  readonly column: number;
  readonly heading: string;
  readonly fromQuantity?: number;
}

export interface Header {
  /** From 1. */
  readonly row: number;
  readonly columns: readonly Column[];
}

/** Rows that are looked through for headings. */
const HEADER_WITHIN = 50;

/** The row of headings: the first that names a part and a price. With a mapping, the one that has the mapping's headings. */
export function findHeader(table: Table, mapping: PriceMapping | undefined): Header | null {
  for (let index = 0; index < Math.min(table.rows.length, HEADER_WITHIN); index++) {
    const columns = mapping === undefined ? detect(table.rows[index]!) : follow(table.rows[index]!, mapping);
    if (columns !== null) return { row: index + 1, columns };
  }
  return null;
}

function detect(cells: readonly (Cell | null)[]): readonly Column[] | null {
  const columns = knownColumns(cells);
  const has = (key: ColumnKey) => columns.some((column) => column.key === key);
  return has('unitPrice') && (has('sku') || has('partNumber')) ? columns : null;
}

/** The columns of a row whose headings say what they hold. */
export function knownColumns(cells: readonly (Cell | null)[]): readonly Column[] {
  const found = new Map<ColumnKey, Column>();
  const tiers: Column[] = [];
  cells.forEach((cell, index) => {
    if (cell === null || cell.numeric) return;
    const place = { column: index + 1, heading: cell.text };
    const key = keyOf(cell.text);
    if (key !== null && !found.has(key)) found.set(key, { key, ...place });
    const tier = key === null ? tierOf(cell.text) : null;
    if (tier !== null) tiers.push({ ...tier, ...place });
  });
  return [...found.values(), ...tiers];
}

/** The columns of a mapping, by their headings; null where the row lacks one. */
function follow(cells: readonly (Cell | null)[], mapping: PriceMapping): readonly Column[] | null {
  const place = (heading: string) => cells.findIndex((cell) => cell !== null && normal(cell.text) === normal(heading));
  const wanted = [
    ...Object.entries(mapping.columns).map(([key, heading]) => ({ key: columnKey(key), heading })),
    ...(mapping.tiers ?? []).map(({ column, fromQuantity }) => ({ key: 'tier' as const, heading: column, fromQuantity })),
  ].map((column) => ({ ...column, column: place(column.heading) + 1 }));
  return wanted.every(({ column }) => column > 0) ? wanted : null;
}

export function columnKey(key: string): ColumnKey {
  const found = COLUMN_KEYS.find((candidate) => candidate === key);
  if (found === undefined)
    throw InputFault.of('mapping.columns', `has "${key}", which is nothing a price list holds; allowed: ${list(COLUMN_KEYS)}`);
  return found;
}

function keyOf(heading: string): ColumnKey | null {
  // Whole first: the unit in brackets tells days from weeks.
  const known = (plain: string) => COLUMN_KEYS.find((key) => HEADINGS[key].includes(plain));
  return known(normal(heading)) ?? known(normal(withoutUnit(heading))) ?? null;
}

/** "Price from 100", "100+", "≥ 100", "Qty 100", "100 以上": the price of each piece from a quantity on. */
const TIER =
  /^(?:(?:unit\s*)?price\s*)?(per metre\s*)?(?:from|≥|>=|qty\.?|quantity|@)?\s*(\d[\d,]{0,12})\s*(?:\+|and up|or more|pcs|以上|起|件起)?$/i;

function tierOf(heading: string): Pick<Column, 'key' | 'fromQuantity'> | null {
  const match = TIER.exec(withoutUnit(heading).trim());
  if (match === null || /^\d+$/.test(heading.trim())) return null;
  const fromQuantity = Number(match[2]!.replaceAll(',', ''));
  return fromQuantity < 2 ? null : { key: match[1] === undefined ? 'tier' : 'tierPerMetre', fromQuantity };
}

/** The heading that an export writes and every import knows again. */
export function tierHeading(fromQuantity: number, perMetre: boolean): string {
  return `Price ${perMetre ? 'per metre ' : ''}from ${fromQuantity}`;
}

/** The currency that a heading names in brackets, if any: "Unit price (USD)", "单价（元）". */
export function currencyOfHeading(heading: string): string | null {
  const inside = /[(（[]\s*([^)）\]]+?)\s*[)）\]]/.exec(heading)?.[1] ?? '';
  return SIGNS[inside] ?? (/^[A-Z]{3}$/.test(inside) ? inside : null);
}

const SIGNS: Readonly<Record<string, string>> = { $: 'USD', US$: 'USD', '€': 'EUR', '£': 'GBP', 元: 'CNY', 人民币: 'CNY', RMB: 'CNY' };

export function currencyOfSign(sign: string): string | null {
  return SIGNS[sign] ?? null;
}

function withoutUnit(heading: string): string {
  return heading.replace(/[(（[][^)）\]]*[)）\]]/g, ' ');
}

function normal(heading: string): string {
  return heading.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, '');
}

/** What the headings were, to read the next list alike. */
export function mappingOf(header: Header, sheet: string, decimal: PriceMapping['decimal']): PriceMapping {
  const plain = header.columns.filter((column) => column.key !== 'tier' && column.key !== 'tierPerMetre');
  const tiers = header.columns.flatMap(({ key, heading, fromQuantity }) =>
    key === 'tier' && fromQuantity !== undefined ? [{ column: heading, fromQuantity }] : [],
  );
  return {
    sheet,
    columns: Object.fromEntries(plain.map(({ key, heading }) => [key, heading])),
    ...(tiers.length === 0 ? {} : { tiers }),
    ...(decimal === undefined ? {} : { decimal }),
  };
}

export function noHeader(name: string, table: Table, mapping: PriceMapping | undefined): InputFault {
  const place = `${name}, sheet "${table.name}"`;
  if (mapping !== undefined)
    return InputFault.of(
      place,
      `has no row with the headings ${list(
        Object.values(mapping.columns).map((heading) => `"${heading}"`),
        'and',
      )}; correct the mapping`,
    );
  return InputFault.of(
    place,
    `has no row of headings with a part and a price among its first ${HEADER_WITHIN} rows; name the columns in a mapping, such as sku=Article and unitPrice=Net`,
  );
}
