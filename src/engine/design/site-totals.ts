import type { LinkCounts, TierCount } from '../fabric/counts';
import { decimal, moneyString } from '../../units/money';
import type { FabricDesign, FloorPlan, MediaRow, PlacementReport, PowerSummary, TrayReport } from './design';

/** Totals over sites of what each site states for itself. */

/**
 * One fabric of every site as one row of counts. Counts add up; what is a property of a path (hops, delay,
 * oversubscription) is that of the worst site; names are those of the site with most tiers.
 */
export function sumFabrics(fabrics: readonly FabricDesign[]): FabricDesign {
  const deepest = fabrics.reduce((most, own) => (own.tiers.length > most.tiers.length ? own : most));
  const sum = (of: (fabric: FabricDesign) => number) => fabrics.reduce((total, own) => total + of(own), 0);
  const worst = (of: (fabric: FabricDesign) => number) => Math.max(...fabrics.map(of));
  const latencies = fabrics.map((own) => own.latencyNs);
  // A kind of trunk that only some sites have is counted for these.
  const kinds = [...new Set(fabrics.flatMap((own) => Object.keys(own.links)))] as (keyof LinkCounts)[];
  const links = Object.fromEntries(kinds.map((kind) => [kind, sum((own) => own.links[kind] ?? 0)])) as unknown as LinkCounts;
  return {
    ...deepest,
    endpoints: sum((own) => own.endpoints),
    tiers: deepest.tiers.map((tier) => sumTier(tier, fabrics)),
    switches: sum((own) => own.switches),
    links,
    oversubscription: worst((own) => own.oversubscription),
    bisectionGbps: sum((own) => own.bisectionGbps),
    diameterHops: worst((own) => own.diameterHops),
    maxEndpoints: sum((own) => own.maxEndpoints),
    reservedEndpoints: sum((own) => own.reservedEndpoints),
    ...(fabrics.some((own) => own.uplinksToInBand !== undefined) ? { uplinksToInBand: sum((own) => own.uplinksToInBand ?? 0) } : {}),
    latencyNs: latencies.includes(null) ? null : Math.max(...latencies.map(Number)),
  };
}

function sumTier(tier: TierCount, fabrics: readonly FabricDesign[]): TierCount {
  const own = fabrics.flatMap((fabric) => fabric.tiers.filter(({ role }) => role === tier.role));
  return { ...tier, switches: own.reduce((sum, { switches }) => sum + switches, 0) };
}

/** One row for each purchase of a fabric and segment; a module's row keeps the longest link that it serves. */
export function sumMedia(rows: readonly MediaRow[]): MediaRow[] {
  const merged = new Map<string, MediaRow>();
  for (const row of rows) {
    const key = `${row.fabric}|${row.segment}|${row.sku}`;
    const known = merged.get(key);
    merged.set(
      key,
      known === undefined ? row : { ...known, quantity: known.quantity + row.quantity, lengthM: Math.max(known.lengthM, row.lengthM) },
    );
  }
  return [...merged.values()];
}

/** The halls one behind the other: the racks of all sites in one list, with rows and depths that do not overlap. */
export function sumFloors(floors: readonly FloorPlan[]): FloorPlan {
  const racks: FloorPlan['racks'][number][] = [];
  let rows = 0;
  let depthM = 0;
  for (const floor of floors) {
    for (const rack of floor.racks) racks.push({ ...rack, row: rack.row + rows, yM: rack.yM + depthM });
    rows += floor.rows;
    depthM += floor.depthM;
  }
  const widest = (of: (floor: FloorPlan) => number) => Math.max(...floors.map(of));
  return {
    rows,
    depthM,
    racks,
    racksPerRow: widest((floor) => floor.racksPerRow),
    rackUnits: widest((floor) => floor.rackUnits),
    widthM: widest((floor) => floor.widthM),
  };
}

/** The PUE of the whole is that of its energy. */
export function sumPower(powers: readonly PowerSummary[]): PowerSummary {
  const sum = (key: keyof PowerSummary) => Math.round(powers.reduce((total, own) => total + own[key], 0) * 1000) / 1000;
  const [itKw, facilityKw] = [sum('itKw'), sum('facilityKw')];
  return {
    itKw,
    facilityKw,
    systemsKw: sum('systemsKw'),
    switchesKw: sum('switchesKw'),
    opticsKw: sum('opticsKw'),
    pue: Math.round((facilityKw / itKw) * 10_000) / 10_000,
  };
}

/** Racks of one site never trade places with those of another, so costs and bounds add up. */
export function sumPlacements(placements: readonly PlacementReport[]): PlacementReport {
  const { currency } = placements[0]!;
  const sum = (of: (own: PlacementReport) => string) => placements.reduce((total, own) => total.plus(of(own)), decimal('0'));
  const [cost, bound] = [sum((own) => own.linkCost), sum((own) => own.lowerBound)];
  return {
    currency,
    firstLinkCost: moneyString(
      sum((own) => own.firstLinkCost),
      currency,
    ),
    linkCost: moneyString(cost, currency),
    lowerBound: moneyString(bound, currency),
    gapPct: bound.isZero() ? 0 : Math.round((cost.dividedBy(bound).toNumber() - 1) * 1000) / 10,
    swaps: placements.reduce((total, own) => total + own.swaps, 0),
  };
}

/** The trays of the site that has the fullest ones. */
export function fullestTrays(trays: readonly (TrayReport | null)[]): TrayReport | null {
  return trays.reduce<TrayReport | null>((most, own) => (own !== null && (most === null || own.fillPct > most.fillPct) ? own : most), null);
}
