import type { Catalog } from '../catalog/catalog';
import type { PriceList } from '../catalog/price-book';
import type { CatalogKind } from '../catalog/schema';
import type { LineBasis, QuoteLineBrief } from '../engine/brief/commercial';
import type { Category } from '../engine/brief/schema';
import { splitSku } from '../engine/cost/part-price';
import { costLine, priceCosted, type CostedLine } from '../engine/cost/price-lines';
import type { Pricing } from '../engine/cost/pricing';
import { withRemarks } from '../engine/cost/remarks';
import type { BomLine, Design } from '../engine/design/design';
import { InputFault } from '../units/fault';
import { decimal, moneyString, roundMoney } from '../units/money';
import type { QuoteLine } from './quote';

/** What lines that the design does not bring are counted and priced by. */
export interface LineContext {
  readonly design: Design;
  readonly pricing: Pricing;
  /** Null where no price list is at hand: only lines with a price or cost of their own are then priced. */
  readonly prices: PriceList | null;
  readonly catalog: Catalog | null;
}

const CATEGORY_OF_KIND: Readonly<Partial<Record<CatalogKind, Category>>> = {
  accelerator: 'systems',
  supernode: 'systems',
  nic: 'nics',
  switch: 'switches',
  transceiver: 'optics',
  cable: 'cables',
  fibre: 'cables',
  rack: 'racks',
};

/** Lines of the brief, priced together: with a target margin they reach it among themselves. */
export function addLines(
  briefs: readonly QuoteLineBrief[],
  path: string,
  mark: Pick<QuoteLine, 'origin' | 'option'>,
  context: LineContext,
): QuoteLine[] {
  const costed = briefs.map((brief, index) => costAdded(brief, `${path}[${index}]`, index, context));
  return finish(costed, mark, context);
}

/** The stock that the design recommends, one line a SKU. */
export function spareLines(context: LineContext): QuoteLine[] {
  const { design, prices, pricing } = context;
  const bill = new Map(design.lines.map((line) => [line.sku, line]));
  const costed = design.reliability.spares
    .filter((spare) => spare.quantity > 0)
    .map(({ sku, quantity }): CostedLine => {
      const { description = sku, vendor = '' } = bill.get(sku) ?? {};
      const line: BomLine = { sku, category: 'spares', description, vendor, quantity };
      return prices === null ? onRequest(line, pricing) : costLine(line, prices, pricing);
    });
  return finish(costed, { origin: 'spare' }, context);
}

function finish(costed: readonly CostedLine[], mark: Pick<QuoteLine, 'origin' | 'option'>, context: LineContext): QuoteLine[] {
  const { catalog, prices, pricing } = context;
  const priced = priceCosted(costed, pricing).map((line): QuoteLine => ({ ...line, ...mark }));
  return withRemarks(priced, { catalog, prices, deliveryCountry: pricing.deliveryCountry });
}

function costAdded(brief: QuoteLineBrief, path: string, index: number, context: LineContext): CostedLine {
  const { pricing, prices } = context;
  const line = billLine(brief, path, index, context);
  const listed = prices === null ? onRequest(line, pricing) : costLine(line, prices, pricing);
  const { discountPct, marginPct } = brief;
  const unitPrice = brief.unitPrice ?? shareOfEquipment(brief, path, context);
  const terms = {
    ...listed.terms,
    ...(discountPct === undefined ? {} : { discountPct }),
    ...(marginPct === undefined ? {} : { marginPct }),
    ...(unitPrice === undefined ? {} : { unitPrice }),
  };
  if (brief.unitCost === undefined) return { ...listed, terms };
  const unitCost = roundMoney(decimal(brief.unitCost), pricing.currency, pricing.rounding);
  return { line, unitCost, terms, source: { priceSource: 'cost given with the quote', priceConfidence: null } };
}

function onRequest(line: BomLine, pricing: Pricing): CostedLine {
  return { line, unitCost: null, terms: pricing.lineTerms(line.sku), source: { priceSource: 'price on request', priceConfidence: null } };
}

function billLine(brief: QuoteLineBrief, path: string, index: number, { design, catalog }: LineContext): BomLine {
  const known = brief.sku === undefined ? undefined : design.lines.find((line) => line.sku === brief.sku);
  const entry = brief.sku === undefined ? undefined : catalog?.byId.get(splitSku(brief.sku).id);
  const description = brief.description ?? known?.description ?? entry?.model ?? brief.sku;
  if (description === undefined)
    throw InputFault.of(path, 'has neither sku nor description; give the SKU of a part, or describe what is sold');
  return {
    sku: brief.sku ?? skuOf(description, index),
    category: brief.category ?? known?.category ?? (entry === undefined ? undefined : CATEGORY_OF_KIND[entry.kind]) ?? 'services',
    description,
    vendor: brief.vendor ?? known?.vendor ?? entry?.vendor ?? '',
    quantity: (brief.quantity ?? 1) * countOf(brief.basis ?? 'lot', design) * (brief.years ?? 1),
  };
}

/** A line without a SKU is known by its words, so that a later revision finds it again. */
function skuOf(description: string, index: number): string {
  const words = description
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '-')
    .replace(/^-|-$/g, '')
    .slice(0, 40);
  return words === '' ? `line-${index + 1}` : words;
}

function countOf(basis: LineBasis, design: Design): number {
  const fabrics = [design.fabrics.compute, design.fabrics.storage, design.fabrics.inBand, design.fabrics.outOfBand].filter(
    (fabric) => fabric !== undefined,
  );
  switch (basis) {
    case 'lot':
      return 1;
    case 'rack':
      return design.racks;
    case 'link':
      return fabrics.reduce((sum, fabric) => sum + fabric.links.total, 0);
    case 'switch':
      return fabrics.reduce((sum, fabric) => sum + fabric.switches, 0);
    case 'node':
      return design.nodes;
    case 'accelerator':
      return design.accelerators;
    case 'supernode':
      return design.supernodes;
  }
}

/** Price of one piece as a share of what the equipment costs the customer. */
function shareOfEquipment(brief: QuoteLineBrief, path: string, { design, pricing }: LineContext): string | undefined {
  if (brief.pctOfEquipment === undefined) return undefined;
  if (brief.unitPrice !== undefined) throw InputFault.of(`${path}.pctOfEquipment`, 'stands beside unitPrice; give one of the two');
  const price = decimal(design.cost.capex).times(brief.pctOfEquipment).dividedBy(100);
  return moneyString(roundMoney(price, pricing.currency, pricing.rounding), pricing.currency);
}
