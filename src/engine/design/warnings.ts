import type { PriceList } from '../../catalog/price-book';
import { list, num } from '../../units/format';
import { decimal } from '../../units/money';
import { CATEGORIES } from '../brief/schema';
import { sumSection } from '../cost/price-lines';
import type { Pricing } from '../cost/pricing';
import { isDirect } from '../fabric/direct-plan';
import type { Design, RemarkCode, Warning } from './design';
import type { SupernodeSpec } from './supernode-spec';
import { trayWarnings } from './trays-of-fabrics';

/** What the engineer should know before she shows the design to anyone. */
export function warningsOf(
  design: Omit<Design, 'derivations' | 'provenance' | 'warnings'>,
  spec: SupernodeSpec,
  prices: PriceList,
  pricing: Pricing,
): Warning[] {
  const warnings: Warning[] = [];
  const asked = design.brief.accelerators ?? design.accelerators;
  if (design.accelerators > asked) {
    warnings.push({
      code: 'rounded-up',
      path: 'accelerators',
      message: `${num(asked)} accelerators do not fill whole supernodes of ${num(spec.size)}; the design has ${num(design.accelerators)}`,
    });
  }
  const absent = (['storage', 'inBand', 'outOfBand'] as const).filter((name) => design.fabrics[name] === undefined);
  if (absent.length > 0) {
    const names = { storage: 'storage', inBand: 'in-band management', outOfBand: 'out-of-band management' };
    warnings.push({
      code: 'fabric-absent',
      path: 'fabrics',
      message: `the brief names no ${list(absent.map((name) => names[name]))} fabric, so none is designed or priced; add it under fabrics to include it`,
    });
  }
  if (design.fabrics.outOfBand)
    warnings.push({
      code: 'pdu-ports',
      path: 'fabrics.outOfBand',
      message: 'rack power units are not counted among the out-of-band ports; set fabrics.outOfBand.reservedEndpoints to their number',
    });
  if (design.brief.objective === 'step-time' && design.performance === null) {
    warnings.push({
      code: 'no-workload',
      path: 'objective',
      message:
        'the brief names no workload, so the step time cannot decide; the design with the least total cost was chosen; add a workload to choose by step time',
    });
  }
  warnings.push(...directWarnings(design), ...routingWarnings(design));
  if (spec.confidence === 'estimate')
    warnings.push({
      code: 'estimated-system',
      path: 'supernode',
      message: `the power or layout of ${spec.name} is an estimate; see its notes in the catalog before you quote it`,
    });
  return [
    ...warnings,
    ...trayWarnings(design.trays),
    ...commercialWarnings(design, prices, pricing),
    ...rateWarnings(design, prices, pricing),
    ...lineWarnings(design),
  ];
}

/** Where InfiniBand and Ethernet ask for different things: a subnet manager, and routing by load. */
function routingWarnings({ brief, fabrics }: Pick<Design, 'brief' | 'fabrics'>): Warning[] {
  const warnings: Warning[] = [];
  for (const fabric of [fabrics.compute, fabrics.storage]) {
    if (fabric === undefined || fabric.protocol !== 'infiniband' || fabric.reservedEndpoints > 0) continue;
    warnings.push({
      code: 'subnet-manager',
      path: `fabrics.${fabric.name}.reservedEndpoints`,
      message:
        'is 0, so no host of an InfiniBand subnet manager is connected; reserve two or more ports (the DGX SuperPOD reserves four), or run the subnet manager on managed switches',
    });
  }
  const { compute } = fabrics;
  if (
    compute.protocol === 'ethernet' &&
    compute.tiers.length > 1 &&
    !isDirect(compute.topology) &&
    brief.fabrics?.compute?.routing === undefined
  )
    warnings.push({
      code: 'ethernet-routing',
      path: 'fabrics.compute.routing',
      message:
        'is open, so the step time counts on adaptive routing or packet spraying by switches and network cards alike; set it to static where flows are hashed over equal paths',
    });
  return warnings;
}

/** What a direct topology asks of its switches, and of whoever wants to grow it. */
function directWarnings({ brief, fabrics }: Pick<Design, 'brief' | 'fabrics'>): Warning[] {
  const { topology } = fabrics.compute;
  if (!isDirect(topology)) return [];
  const routing: Warning = {
    code: 'adaptive-routing',
    path: 'fabrics.compute.topology',
    message: `a ${topology} carries its full load only with adaptive routing over detours; confirm with the maker that the switches and their software route it`,
  };
  if ((brief.growth ?? []).length === 0) return [routing];
  const grown: Warning = {
    code: 'bought-for-last-phase',
    path: 'growth',
    message: `the groups of a ${topology} are all cabled to each other, so its switches and trunks are bought for the last phase on day one; later phases add servers only`,
  };
  return [routing, grown];
}

function commercialWarnings(design: Pick<Design, 'lines' | 'cost'>, prices: PriceList, pricing: Pricing): Warning[] {
  const warnings: Warning[] = [];
  if (design.cost.unpriced.length > 0) {
    warnings.push({
      code: 'price-missing',
      path: 'pricing.priceBook',
      message: `no price for ${list(design.cost.unpriced, 'and')}; these lines say "price on request" and the total is incomplete`,
    });
  }
  const indicative = design.lines.filter((line) => line.priceConfidence === 'estimate' || line.priceConfidence === 'secondary').length;
  if (indicative > 0)
    warnings.push({
      code: 'indicative-prices',
      path: 'pricing.priceBook',
      message: `${num(indicative)} of ${num(design.lines.length)} lines carry indicative prices from "${prices.book.name}"; use your own price book before you quote`,
    });
  for (const category of CATEGORIES) {
    const lines = design.lines.filter((line) => line.category === category && line.net !== null && line.unitCost !== null);
    if (lines.length === 0) continue;
    const { net } = sumSection(lines, category, pricing);
    const cost = lines.reduce((sum, line) => sum.plus(decimal(line.unitCost!).times(line.quantity)), decimal(0));
    if (net.greaterThanOrEqualTo(cost)) continue;
    const lossPct = cost.minus(net).dividedBy(cost).times(100).toDecimalPlaces(1).toString();
    warnings.push({
      code: 'below-cost',
      path: `pricing.discountPct.${category}`,
      message: `after discount ${category} sell ${lossPct} % below cost; raise the margin or lower the discount`,
    });
  }
  return warnings;
}

/** A rate nobody gave counts as 1, which is right only by chance. */
function rateWarnings({ brief }: Pick<Design, 'brief'>, prices: PriceList, pricing: Pricing): Warning[] {
  const { currency } = prices.book;
  if (pricing.currency === currency) return [];
  if (brief.pricing?.exchangeRate !== undefined || brief.pricing?.rates?.some((rate) => rate.currency === currency)) return [];
  return [
    {
      code: 'rate-missing',
      path: 'pricing.exchangeRate',
      message: `the prices are in ${currency} and the quote in ${pricing.currency}, but no exchange rate is given, so 1 was taken; set pricing.exchangeRate to the units of ${pricing.currency} for one ${currency}`,
    },
  ];
}

/** Remarks of the lines, each kind once: what must be cleared up before the quote leaves the house. */
function lineWarnings({ lines }: Pick<Design, 'lines'>): Warning[] {
  const skusWith = (code: RemarkCode) =>
    lines.filter((line) => line.remarks?.some((remark) => remark.code === code)).map((line) => line.sku);
  const warn = (code: RemarkCode, path: string, message: (skus: string) => string): Warning[] => {
    const skus = skusWith(code);
    return skus.length === 0 ? [] : [{ code, path, message: message(list(skus, 'and')) }];
  };
  return [
    ...warn('end-of-life', 'supernode', (skus) => `no longer made: ${skus}; ask for stock or choose a successor before you quote`),
    ...warn('superseded', 'supernode', (skus) => `superseded in the catalog: ${skus}; see each line for the successor`),
    ...warn('region', 'pricing.deliveryCountry', (skus) => `not sold everywhere: ${skus}; check the country of delivery`),
    ...warn('price-expired', 'pricing.priceBook', (skus) => `the price has expired: ${skus}; ask for new prices before you quote`),
    ...warn('price-not-yet-valid', 'pricing.priceBook', (skus) => `the price does not hold yet: ${skus}; ask for prices that hold today`),
    ...warn(
      'minimum-order',
      'pricing.priceBook',
      (skus) => `fewer than the supplier's minimum order: ${skus}; see each line for what more must be bought`,
    ),
  ];
}
