import { requireEntry, entriesOf, type Catalog } from '../../catalog/catalog';
import type { Accelerator, Confidence, Nic, Supernode } from '../../catalog/schema';
import { ceilDiv } from '../../units/integer';
import { InfeasibleFault, InputFault } from '../../units/fault';
import { list, num } from '../../units/format';
import type { Derivation } from '../explain/derivation';
import type { Category, CustomSupernode } from '../brief/schema';
import type { ScaleUpDesign } from './design';

/** A supernode as the rest of the engine sees it, whether from the catalog or described in the brief. */
export interface SupernodeSpec {
  readonly id: string;
  readonly name: string;
  readonly vendor: string;
  readonly size: number;
  /** Servers or trays. */
  readonly nodes: number;
  readonly accelerator: Accelerator;
  readonly powerW: number;
  readonly mounting: Supernode['mounting'] | { readonly type: 'spread' };
  readonly ports: Readonly<Record<'compute' | 'storage' | 'inBand' | 'outOfBand', { readonly nic: Nic; readonly ports: number } | null>>;
  readonly scaleUp: ScaleUpDesign;
  /** How the counts of a scale-up fabric that is sized here came about; none for a product. */
  readonly scaleUpDerivations: readonly Derivation[];
  readonly scaleUpLatencyNs: number | null;
  /** What is bought for one supernode. */
  readonly parts: readonly {
    readonly sku: string;
    readonly category: Category;
    readonly description: string;
    readonly vendor: string;
    readonly quantity: number;
  }[];
  readonly source: string;
  readonly confidence: Confidence;
  readonly lifecycle: string;
}

export function specFromCatalog(catalog: Catalog, entry: Supernode): SupernodeSpec {
  const ports = (key: keyof Supernode['ports']) => {
    const group = entry.ports[key];
    return group === undefined
      ? null
      : { nic: requireEntry(catalog, 'nic', group.nic, `${entry.id}.ports.${key}.nic`), ports: group.ports };
  };
  return {
    id: entry.id,
    name: entry.model,
    vendor: entry.vendor,
    size: entry.accelerators,
    nodes: entry.nodes,
    accelerator: requireEntry(catalog, 'accelerator', entry.accelerator, `${entry.id}.accelerator`),
    powerW: entry.powerW,
    mounting: entry.mounting,
    ports: { compute: ports('compute'), storage: ports('storage'), inBand: ports('inBand'), outOfBand: ports('outOfBand') },
    scaleUp: {
      accelerators: entry.accelerators,
      switches: entry.scaleUp.switches,
      links: entry.scaleUp.links,
      transceivers: entry.scaleUp.transceivers,
      copperPairs: entry.scaleUp.copperPairs,
      medium: entry.scaleUp.medium,
      // The catalog's figure for the supernode includes its scale-up fabric.
      powerW: 0,
      technology: entry.scaleUp.technology,
      gbpsPerAccelerator: entry.scaleUp.gbpsPerAccelerator,
    },
    scaleUpDerivations: [],
    scaleUpLatencyNs: entry.scaleUp.latencyNs ?? null,
    parts: [{ sku: entry.id, category: 'systems', description: entry.model, vendor: entry.vendor, quantity: 1 }],
    source: entry.source,
    confidence: entry.confidence,
    lifecycle: entry.lifecycle ?? 'current',
  };
}

/** Counts of a scale-up domain, as the supernode engine gives them. */
export interface ScaleUpCounts {
  readonly switches: number;
  readonly links: number;
  readonly transceivers: number;
  readonly copperPairs: number;
  readonly medium: string;
  readonly powerW: number;
  readonly derivations: readonly Derivation[];
}

export type ScaleUpSizer = (request: {
  readonly accelerators: number;
  readonly gbpsPerAccelerator: number;
  readonly linkGbps: number;
  readonly radix?: number;
  readonly rackPowerKw?: number;
  readonly acceleratorW: number;
}) => ScaleUpCounts;

/**
 * Watts that host processors, NICs, fans and conversion add to each watt of accelerator in rack-scale systems:
 * a GB200 NVL72 draws 120 kW for 72 x 1.2 kW. An estimate for domains nobody sells.
 */
export const HOST_OVERHEAD = 0.39;

export function specFromBrief(
  catalog: Catalog,
  custom: CustomSupernode,
  sizeScaleUp: ScaleUpSizer,
  rackPowerKw: number | undefined,
): SupernodeSpec {
  const accelerator = requireEntry(catalog, 'accelerator', custom.accelerator, 'supernode.accelerator');
  const perNode = Math.min(custom.acceleratorsPerNode ?? 8, custom.size);
  if (custom.size % perNode !== 0) {
    throw InputFault.of(
      'supernode.size',
      `is ${custom.size}, but nodes of ${perNode} accelerators cannot make it up; use ${Math.floor(custom.size / perNode) * perNode} or ${ceilDiv(custom.size, perNode) * perNode}, or set supernode.acceleratorsPerNode to a divisor`,
    );
  }
  if (accelerator.tdpW === undefined)
    throw InputFault.of(
      'supernode.accelerator',
      `is "${accelerator.id}", whose power is not published; choose one with a known power or add it to a catalog file`,
    );
  const gbpsPerAccelerator = custom.scaleUpGbps ?? accelerator.scaleUpGbps;
  if (gbpsPerAccelerator === undefined)
    throw InputFault.of(
      'supernode.scaleUpGbps',
      `is missing, and the scale-up bandwidth of ${accelerator.model} is not published; give it in Gb/s, one direction`,
    );
  const acceleratorW = accelerator.tdpW * (1 + HOST_OVERHEAD);
  const scaleUp = inFieldsOfBrief(() =>
    sizeScaleUp({
      accelerators: custom.size,
      gbpsPerAccelerator,
      linkGbps: custom.scaleUpLinkGbps ?? 400,
      ...(custom.scaleUpRadix === undefined ? {} : { radix: custom.scaleUpRadix }),
      ...(rackPowerKw === undefined ? {} : { rackPowerKw }),
      acceleratorW,
    }),
  );
  const nodes = custom.size / perNode;
  const nics = custom.nics ?? 1;
  const compute = nicOfSpeed(catalog, custom.nicGbps ?? 400, accelerator.vendor);
  const name = custom.name ?? `${num(custom.size)} x ${accelerator.model}`;
  return {
    id: `custom-${accelerator.id}-${custom.size}`,
    name,
    vendor: accelerator.vendor,
    size: custom.size,
    nodes,
    accelerator,
    powerW: custom.size * accelerator.tdpW * (1 + HOST_OVERHEAD) + scaleUp.powerW,
    mounting: { type: 'spread' },
    ports: {
      compute: { nic: compute, ports: nics * perNode },
      storage: servicePorts(catalog, 'nvidia-connectx-7-qsfp112', 2),
      inBand: servicePorts(catalog, 'nvidia-connectx-7-qsfp112', 2),
      outOfBand: servicePorts(catalog, 'generic-1g-rj45', 1),
    },
    scaleUp: { accelerators: custom.size, ...scaleUp, technology: 'custom', gbpsPerAccelerator },
    scaleUpDerivations: scaleUp.derivations,
    scaleUpLatencyNs: null,
    parts: customParts(accelerator, custom.size, nodes, compute, nics * perNode * nodes, scaleUp),
    source: 'as described in the brief; power from the accelerator and the overhead of GB200 NVL72',
    confidence: 'estimate',
    lifecycle: 'current',
  };
}

/** Where the brief says what the scale-up engine calls by its own names. */
const FIELD_OF_BRIEF: Readonly<Record<string, string>> = {
  rackPowerKw: 'site.rackPowerKw',
  accelerators: 'supernode.size',
  linkGbps: 'supernode.scaleUpLinkGbps',
  gbpsPerAccelerator: 'supernode.scaleUpGbps',
  radix: 'supernode.scaleUpRadix',
  uplinkRadix: 'supernode.scaleUpRadix',
};

/** Limits and faults of the scale-up engine, told in the brief's own fields. */
function inFieldsOfBrief<T>(size: () => T): T {
  const named = <P extends { readonly path: string }>(part: P): P => ({
    ...part,
    path: FIELD_OF_BRIEF[part.path] ?? `supernode.${part.path}`,
  });
  try {
    return size();
  } catch (error) {
    if (error instanceof InfeasibleFault)
      throw new InfeasibleFault(error.limits.map((limit) => ({ ...named(limit), fixes: limit.fixes.map(named) })));
    if (error instanceof InputFault) throw new InputFault(error.issues.map(named));
    throw error;
  }
}

function servicePorts(catalog: Catalog, nic: string, ports: number) {
  const entry = catalog.byId.get(nic);
  return entry?.kind === 'nic' ? { nic: entry, ports } : null;
}

/** A current NIC with one port a cage at this speed: the accelerator maker's own first, then what speaks most protocols in the fewest cages. */
function nicOfSpeed(catalog: Catalog, gbps: number, vendor: string): Nic {
  const nics = entriesOf(catalog, 'nic').filter((nic) => nic.lifecycle !== 'end-of-life');
  const fitting = nics
    .filter((nic) => nic.cage.modes.some((mode) => mode.gbps === gbps && mode.portsPerCage === 1))
    .sort(
      (a, b) =>
        Number(b.vendor === vendor) - Number(a.vendor === vendor) ||
        b.protocols.length - a.protocols.length ||
        a.cage.count - b.cage.count ||
        (a.id < b.id ? -1 : 1),
    );
  if (fitting[0] !== undefined) return fitting[0];
  const speeds = [
    ...new Set(nics.flatMap((nic) => nic.cage.modes.filter((mode) => mode.portsPerCage === 1).map((mode) => mode.gbps))),
  ].sort((a, b) => a - b);
  throw InputFault.of(
    'supernode.nicGbps',
    `is ${gbps}, but no NIC of the catalog has a port of that speed; use ${list(speeds.map(String))}`,
  );
}

function customParts(
  accelerator: Accelerator,
  size: number,
  nodes: number,
  nic: Nic,
  nics: number,
  scaleUp: ScaleUpCounts,
): SupernodeSpec['parts'] {
  const part = (sku: string, category: Category, description: string, vendor: string, quantity: number) => ({
    sku,
    category,
    description,
    vendor,
    quantity,
  });
  return [
    part(accelerator.id, 'systems', accelerator.model, accelerator.vendor, size),
    part('custom-host-node', 'systems', 'Host node (processors, memory, chassis) of a custom supernode', 'generic', nodes),
    part(nic.id, 'nics', nic.model, nic.vendor, nics),
    part('scaleup-switch-chip', 'systems', 'Scale-up switch chip with its share of the tray', 'generic', scaleUp.switches),
    part('scaleup-copper-pair', 'cables', 'Scale-up copper pair', 'generic', scaleUp.copperPairs),
    part('scaleup-optical-module', 'optics', 'Scale-up optical module', 'generic', scaleUp.transceivers),
  ].filter((line) => line.quantity > 0);
}
