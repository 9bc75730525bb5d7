import type { Category } from '../engine/brief/schema';
import type { Confidence } from '../catalog/schema';
import type { FabricName, MediaRow, RackPlacement, RemarkCode, SegmentName } from '../engine/design/design';
import type { TopologyName } from '../engine/fabric/counts';
import type { RoundingMode } from '../units/money';
import type { Language, LineChange } from './quote';
import { en } from './language/en';
import { zh } from './language/zh';

/** Every word of the commercial documents. A language that lacks one does not compile. */
export interface Messages {
  readonly sheets: Readonly<
    Record<
      | 'cover'
      | 'quote'
      | 'options'
      | 'changes'
      | 'billOfMaterials'
      | 'topology'
      | 'media'
      | 'cables'
      | 'design'
      | 'floor'
      | 'assumptions'
      | 'terms'
      | 'costing',
      string
    >
  >;
  readonly categories: Readonly<Record<Category, string>>;
  readonly fabrics: Readonly<Record<FabricName, string>>;
  readonly segments: Readonly<Record<SegmentName, string>>;
  readonly mediaKinds: Readonly<Record<MediaRow['kind'], string>>;
  readonly topologies: Readonly<Record<TopologyName, string>>;
  readonly protocols: Readonly<Record<'infiniband' | 'ethernet', string>>;
  readonly tierRoles: Readonly<Record<'leaf' | 'spine' | 'core' | 'router' | 'switch', string>>;
  readonly rackRoles: Readonly<Record<RackPlacement['role'], string>>;
  readonly confidences: Readonly<Record<Confidence, string>>;
  /** Fields of the brief, where the choices made are listed. */
  readonly fields: Readonly<Record<string, string>>;
  /** Values of those fields that are words rather than names of parts. */
  readonly values: Readonly<Record<string, string>>;
  /** What whoever quotes or buys a line should know; the values are those of the remark. */
  readonly remarks: Readonly<Record<RemarkCode, (values: readonly string[]) => string>>;
  readonly terms: Readonly<Record<TermKey, (facts: TermFacts) => string>>;
  readonly word: Readonly<Record<Word, string>>;
  readonly sentence: Sentences;
  readonly dateFormat: string;
}

export const TERM_KEYS = [
  'validity',
  'indicative',
  'incomplete',
  'currency',
  'payment',
  'delivery',
  'scope',
  'quantities',
  'warranty',
  'exportControl',
] as const;
export type TermKey = (typeof TERM_KEYS)[number];

export interface TermFacts {
  readonly validUntil: string;
  readonly currency: string;
}

export type Word =
  | 'quotation'
  | 'internalCopy'
  | 'customer'
  | 'contact'
  | 'reference'
  | 'number'
  | 'date'
  | 'validUntil'
  | 'currency'
  | 'project'
  | 'totals'
  | 'byCategory'
  | 'subtotal'
  | 'discount'
  | 'lessDiscount'
  | 'net'
  | 'tax'
  | 'taxPct'
  | 'total'
  | 'summary'
  | 'accelerators'
  | 'supernodes'
  | 'supernode'
  | 'nodes'
  | 'switches'
  | 'transceivers'
  | 'cables'
  | 'racks'
  | 'itPower'
  | 'facilityPower'
  | 'position'
  | 'description'
  | 'sku'
  | 'quantity'
  | 'unitPrice'
  | 'amount'
  | 'discountPct'
  | 'priceOnRequest'
  | 'equipment'
  | 'category'
  | 'vendor'
  | 'media'
  | 'fabric'
  | 'segment'
  | 'kind'
  | 'speed'
  | 'soldLength'
  | 'plugs'
  | 'piecesInAll'
  | 'scaleOutFabrics'
  | 'scaleUp'
  | 'topology'
  | 'protocol'
  | 'linkSpeed'
  | 'tiers'
  | 'planes'
  | 'rails'
  | 'railOptimized'
  | 'endpoints'
  | 'reserved'
  | 'switchModels'
  | 'linksEndpoint'
  | 'linksLeafSpine'
  | 'linksSpineCore'
  | 'linksTrunk'
  | 'linksTotal'
  | 'uplinksToInBand'
  | 'oversubscription'
  | 'bisection'
  | 'diameter'
  | 'latency'
  | 'capacity'
  | 'technology'
  | 'medium'
  | 'links'
  | 'copperPairs'
  | 'bandwidthPerAccelerator'
  | 'power'
  | 'systemsPower'
  | 'switchesPower'
  | 'opticsPower'
  | 'pue'
  | 'choices'
  | 'field'
  | 'choice'
  | 'reason'
  | 'warnings'
  | 'none'
  | 'yes'
  | 'no'
  | 'lengths'
  | 'shortest'
  | 'median'
  | 'longest'
  | 'floorPlan'
  | 'rackName'
  | 'role'
  | 'row'
  | 'place'
  | 'x'
  | 'y'
  | 'rackPower'
  | 'usedUnits'
  | 'rackUnits'
  | 'contents'
  | 'rackCount'
  | 'sum'
  | 'prices'
  | 'figure'
  | 'value'
  | 'howFound'
  | 'source'
  | 'sources'
  | 'item'
  | 'confidence'
  | 'derivations'
  | 'priceBook'
  | 'priceBookDate'
  | 'exchangeRate'
  | 'costing'
  | 'bookCost'
  | 'unitCost'
  | 'cost'
  | 'marginPct'
  | 'profit'
  | 'effectiveMargin'
  | 'flag'
  | 'belowCost'
  | 'priceSource'
  | 'internalNotice'
  | 'priceBookCurrency'
  | 'cableId'
  | 'from'
  | 'to'
  | 'rack'
  | 'unit'
  | 'port'
  | 'length'
  | 'module'
  | 'label'
  | 'option'
  | 'alternative'
  | 'optionsOffered'
  | 'optionNet'
  | 'optionDifference'
  | 'optionGroup'
  | 'status'
  | 'chosen'
  | 'offered'
  | 'asOffered'
  | 'netWith'
  | 'totalWith'
  | 'netAfterDiscounts'
  | 'internalNotes'
  | 'targetMargin'
  | 'supplier'
  | 'address'
  | 'email'
  | 'phone'
  | 'taxId'
  | 'revision'
  | 'leadTime'
  | 'notes'
  | 'exchangeRates'
  | 'change'
  | 'before'
  | 'after'
  | 'difference'
  | 'partOfBundle'
  | 'piecesPerTier'
  | 'endpointsTier';

export interface Sentences {
  readonly inCurrency: (label: string, currency: string) => string;
  readonly page: readonly [before: string, between: string, after: string];
  readonly sectionSubtotal: (section: string) => string;
  readonly sectionDiscount: (section: string) => string;
  readonly comma: string;
  readonly bundleOf: (parts: string) => string;
  readonly furtherParts: (count: number) => string;
  readonly partsOf: (bundle: string) => string;
  readonly leadTime: (days: number) => string;
  readonly days: (days: number) => string;
  readonly totalIn: (currency: string) => string;
  readonly rateOf: (date: string) => string;
  readonly optionsOffered: string;
  readonly optionsNote: string;
  readonly changesSince: (number: string, revision: number, date: string) => string;
  readonly noChanges: string;
  readonly otherCurrency: string;
  readonly lineChange: Readonly<Record<LineChange, string>>;
  readonly tooManyCables: (cables: string) => string;
  readonly linksOf: (links: string, gbps: string) => string;
  readonly perSwitch: (down: string, up: string) => string;
  readonly moreDevices: (count: string) => string;
  readonly editable: string;
  readonly indicative: string;
  /** Text before and after the number of lines, as a formula joins them. */
  readonly incomplete: readonly [before: string, after: string];
  readonly pricesAsOf: (date: string, currency: string) => string;
  readonly rounding: Readonly<Record<RoundingMode, string>>;
  readonly wording: string | null;
  readonly perEnd: string;
  readonly floor: (rows: number, racks: number, widthM: string, depthM: string) => string;
  readonly rackRange: (first: string, last: string) => string;
  readonly quantityRule: string;
  readonly percentRule: string;
  readonly marginRule: string;
  readonly rateRule: string;
  readonly costRule: string;
  readonly wrongEntry: string;
  readonly fixedPrice: string;
  readonly design: (accelerators: string, supernodes: string, supernode: string) => string;
}

const MESSAGES: Readonly<Record<Language, Messages>> = { en, zh };

export function messagesOf(language: Language): Messages {
  return MESSAGES[language];
}

/** A term of the quote in words: a known key becomes its sentence, anything else stands as it was written. */
export function termText(term: string, facts: TermFacts, language: Language): string {
  const messages = messagesOf(language);
  return isTermKey(term) ? messages.terms[term](facts) : term;
}

function isTermKey(term: string): term is TermKey {
  return (TERM_KEYS as readonly string[]).includes(term);
}
