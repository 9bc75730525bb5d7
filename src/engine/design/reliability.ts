import { entriesOf, type Catalog } from '../../catalog/catalog';
import type { FailureRate } from '../../catalog/schema';
import type { EdgePlan } from '../scale-across/edge-plan';
import { HOURS_PER_YEAR } from '../reliability/failure-rate';
import { bestGoodput } from '../reliability/goodput';
import { sizeStock } from '../reliability/spares';
import { fullestLeaf } from '../fabric/attachment';
import type { FatTreePlan } from '../fabric/fat-tree';
import { blastRadii } from '../reliability/blast-radius';
import type { BlastRow, MediaRow, Reliability, Spare } from './design';
import { switchOf } from './fabric-options';
import { FAILING_PART } from '../media/horizon';
import type { PlannedFabric } from './fabric-plan';
import type { SupernodeSpec } from './supernode-spec';

/** Chance that a part is on the shelf when it is needed. */
const SERVICE_LEVEL = 0.99;
/** Time to write a checkpoint and to restart after a failure, s: planning values, to be measured on the customer's system. */
export const CHECKPOINT_S = 60;
export const RESTART_S = 300;

interface Part {
  readonly sku: string;
  readonly part: FailureRate['part'];
  readonly count: number;
  /** Kept on the shelf; accelerators and servers are replaced by the maker. */
  readonly stocked: boolean;
}

/** Spares for each SKU, time to the first failure of anything, and the share of time that training makes progress. */
export function reliabilityOf(
  catalog: Catalog,
  spec: SupernodeSpec,
  supernodes: number,
  fabrics: readonly PlannedFabric[],
  media: readonly MediaRow[],
  edges: readonly EdgePlan[],
): Reliability {
  const rates = ratesOf(catalog);
  const parts = partsOf(spec, supernodes, fabrics, media, edges);
  const failures = failuresOf(parts, rates);
  const mtbfHours = failures > 0 ? HOURS_PER_YEAR / failures : Infinity;
  const { goodput, intervalS } = bestGoodput({ checkpointS: CHECKPOINT_S, restartS: RESTART_S, mtbfS: mtbfHours * 3600 });
  return {
    spares: parts.flatMap((part) => spareOf(part, rates) ?? []),
    firstFailureHours: round(mtbfHours, 2),
    failuresPerYear: round(failures, 3),
    goodputPct: round(100 * goodput, 2),
    checkpointIntervalS: Number.isFinite(intervalS) ? Math.round(intervalS) : null,
    blastRadius: fabrics.flatMap((fabric) => blastRows(fabric, rates)),
  };
}

/** Failures a year of all parts of a design together. */
export function failuresPerYear(
  catalog: Catalog,
  spec: SupernodeSpec,
  supernodes: number,
  fabrics: readonly PlannedFabric[],
  media: readonly MediaRow[],
): number {
  return failuresOf(partsOf(spec, supernodes, fabrics, media, []), ratesOf(catalog));
}

type Rates = ReadonlyMap<FailureRate['part'], FailureRate>;

function ratesOf(catalog: Catalog): Rates {
  return new Map(entriesOf(catalog, 'failure-rate').map((entry) => [entry.part, entry]));
}

function partsOf(
  spec: SupernodeSpec,
  supernodes: number,
  fabrics: readonly PlannedFabric[],
  media: readonly MediaRow[],
  edges: readonly EdgePlan[],
): readonly Part[] {
  return [
    { sku: spec.accelerator.id, part: 'accelerator' as const, count: supernodes * spec.size, stocked: false },
    { sku: spec.id, part: 'node' as const, count: supernodes * spec.nodes, stocked: false },
    ...pool([...switchParts(fabrics), ...edges.flatMap(edgeParts)]),
    ...pool(media.map((row) => ({ sku: row.sku, part: FAILING_PART[row.kind], count: row.quantity, stocked: true }))),
  ];
}

function failuresOf(parts: readonly Part[], rates: Rates): number {
  return parts.reduce((sum, { part, count }) => sum + count * (rates.get(part)?.perYear ?? 0), 0);
}

function spareOf({ sku, part, count, stocked }: Part, rates: Rates): Spare | null {
  const rate = rates.get(part);
  if (!rate || !stocked) return null;
  const leadDays = rate.leadDays ?? 30;
  const { stock: quantity } = sizeStock({ quantity: count, afr: rate.perYear, leadDays, serviceLevel: SERVICE_LEVEL });
  return quantity > 0 ? { sku, quantity, serviceLevel: SERVICE_LEVEL, installed: count, leadDays } : null;
}

const round = (value: number, digits: number) => Math.round(value * 10 ** digits) / 10 ** digits;

function switchParts(fabrics: readonly PlannedFabric[]): Part[] {
  return fabrics.flatMap(({ option, plan }) =>
    plan.counts.tiers.map((tier) => ({
      sku: switchOf(option, tier.role).id,
      part: 'switch' as const,
      count: tier.switches,
      stocked: true,
    })),
  );
}

/** A gateway fails like the server it is. */
function edgeParts({ option, switches, gateways }: EdgePlan): Part[] {
  return [
    { sku: option.entry.id, part: 'switch', count: switches, stocked: true },
    ...(option.gateway === null ? [] : [{ sku: option.gateway.entry.id, part: 'node' as const, count: gateways, stocked: true }]),
  ];
}

function pool(parts: readonly Part[]): Part[] {
  const bySku = new Map<string, Part>();
  for (const part of parts) bySku.set(part.sku, { ...part, count: (bySku.get(part.sku)?.count ?? 0) + part.count });
  return [...bySku.values()];
}

const RATE_OF: Readonly<Partial<Record<BlastRow['part'], FailureRate['part']>>> = {
  leaf: 'switch',
  spine: 'switch',
  core: 'switch',
  router: 'switch',
  switch: 'switch',
  'endpoint-link': 'access-link',
};

/** What each part of a fabric takes with it, the widest first within its class. */
function blastRows({ name, plan }: PlannedFabric, rates: Rates): BlastRow[] {
  const percent = (share: number) => round(100 * share, 3);
  const redundancy = { planes: plan.portsPerEndpoint, ...(plan.kind === 'clos' ? { fullestPorts: fullestPorts(plan) } : {}) };
  return blastRadii(plan.counts, redundancy).map(({ part, parts, portsCut, endpointsCut, accessLost, trunkLost }) => {
    const rate = RATE_OF[part] === undefined ? undefined : rates.get(RATE_OF[part]);
    return {
      fabric: name,
      part,
      parts,
      failuresPerYear: rate === undefined ? null : round(parts * rate.perYear, 3),
      portsCut,
      endpointsCut,
      accessLostPct: percent(accessLost),
      trunkLostPct: percent(trunkLost),
    };
  });
}

function fullestPorts({ clos, endpointsPerNetwork }: FatTreePlan): number {
  return fullestLeaf(clos.attachment, endpointsPerNetwork);
}
