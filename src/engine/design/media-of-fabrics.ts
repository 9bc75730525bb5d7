import { ceilDiv } from '../../units/integer';
import { MEDIA_KINDS, type Brief, type MediaPolicy } from '../brief/schema';
import { leastRouteM } from '../floor/route';
import type { Site } from '../floor/site';
import { assignMedia, type Assignment, type AssignRequest, type MediaBill } from '../media/assign';
import type { Ranker } from '../media/buy';
import type { MediaFinder, MediaRules } from '../media/candidate';
import type { Horizon } from '../media/horizon';
import type { Least, LeastOf } from '../media/least';
import type { LinkEnd } from '../media/link-end';
import type { ShapeRequest } from '../media/shape';
import { SEGMENT_INDEX } from '../wiring/wiring';
import type { MediaRow } from './design';
import type { PlannedFabric } from './fabric-plan';
import type { PlacedFabric } from './place-fabrics';

/** A placed fabric with every link bought. */
export interface BuiltFabric extends PlacedFabric {
  readonly assignment: Assignment;
}

/** Kinds used when the brief names none: what is sold for any host. LPO and CPO are taken where switches call for them. */
export const DEFAULT_MEDIA: readonly (typeof MEDIA_KINDS)[number][] = MEDIA_KINDS;

export function mediaRules(brief: Brief): MediaRules {
  return {
    allow: brief.media?.allow ?? DEFAULT_MEDIA,
    fibre: brief.media?.fibre ?? 'auto',
    opticsOnly: brief.media?.policy === 'optics-only',
  };
}

export interface MediaContext {
  readonly finder: MediaFinder;
  readonly ranker: Ranker;
  readonly policy: MediaPolicy;
  readonly horizon: Horizon;
}

/** A fabric with what is bought for its links, counted. */
export interface BoughtFabric {
  readonly planned: PlannedFabric;
  readonly assignment: MediaBill;
}

/** A pair of ends that links of a fabric join, segment by segment from the endpoints. */
export interface Pairing {
  readonly near: LinkEnd;
  readonly far: LinkEnd;
  readonly segment: number;
  readonly links: number;
  /** The near ends are servers. */
  readonly fromNodes: boolean;
  /** Tier of the switches at each end, leaves first; devices with endpoints have tiers of their own below. */
  readonly tiers: readonly [near: number, far: number];
  readonly name: string;
}

/** The pairs of ends of a fabric: of each block with the leaves, then of each segment between switches. */
export function pairingsOf({ name, blocks, option: { ends }, plan }: PlannedFabric): readonly Pairing[] {
  const label = { compute: 'compute', storage: 'storage', inBand: 'in-band', outOfBand: 'out-of-band' }[name];
  const what = { node: 'nodes', host: 'management hosts', switch: 'switches', edge: 'the site edge' };
  const { leafSpine = 0, spineCore = 0, intraGroup = 0, interGroup = 0 } = plan.counts.links;
  const { leafUp, spine, core } = ends;
  const between = (segment: number, links: number, near: LinkEnd, far: LinkEnd, tiers: Pairing['tiers'], which: string): Pairing => ({
    ...{ near, far, segment, links, tiers, fromNodes: false },
    name: `${label} links ${which}`,
  });
  const hasSpines = leafSpine > 0;
  return [
    ...blocks.map((block, index) => ({
      near: block.end,
      far: ends.leafDown,
      segment: 0,
      links: block.devices * block.portsPerDevice * plan.portsPerEndpoint,
      fromNodes: block.kind === 'node',
      tiers: [-1 - index, 0] as const,
      name: `${label} links from ${what[block.kind]} to leaves`,
    })),
    between(SEGMENT_INDEX.leafSpine, leafSpine, leafUp, spine, [0, 1], 'from leaves to spines'),
    between(SEGMENT_INDEX.spineCore, spineCore, spine, core, [1, 2], 'from spines to cores'),
    between(SEGMENT_INDEX.intraGroup, intraGroup, leafUp, leafUp, [0, 0], 'within a group'),
    hasSpines
      ? between(SEGMENT_INDEX.interGroup, interGroup, spine, spine, [1, 1], 'between groups')
      : between(SEGMENT_INDEX.interGroup, interGroup, leafUp, leafUp, [0, 0], 'between groups'),
  ];
}

/** What all links of planned fabrics cost and draw at least, before anything has a place. Servers and leaves never share a rack. */
export function leastMedia(fabrics: readonly PlannedFabric[], site: Site, leastOf: LeastOf): Least {
  const apartM = leastRouteM(site);
  let [cents, watts] = [0, 0];
  for (const { near, far, links, fromNodes } of fabrics.flatMap(pairingsOf)) {
    if (links === 0) continue;
    const least = leastOf(near, far, fromNodes ? apartM : 0);
    cents += links * least.cents;
    watts += links * least.watts;
  }
  return { cents, watts };
}

export function buyMedia(fabric: PlacedFabric, { finder, policy, ranker, horizon }: MediaContext): BuiltFabric {
  return { ...fabric, assignment: assignMedia({ ...linksToBuy(fabric, finder), policy, ranker, horizon }) };
}

/** The links of a fabric as whoever buys media sees them. */
function linksToBuy(fabric: PlacedFabric, finder: MediaFinder): Omit<AssignRequest, 'policy' | 'ranker' | 'horizon'> {
  return {
    ...linksOf(fabric),
    ...endsToBuy(fabric.planned, finder),
    pairingNames: pairingsOf(fabric.planned).map((pairing) => pairing.name),
  };
}

/** The links of a fabric with the cages they share. */
export function linksOf(fabric: PlacedFabric): Omit<ShapeRequest, 'steps'> {
  return { links: fabric.wiring.links, routeM: fabric.routeM, ...cageNumbers(fabric), pairing: pairingOf(fabric) };
}

/** The media that fit each pair of ends, length aside. */
export function endsToBuy(
  planned: PlannedFabric,
  finder: MediaFinder,
): Pick<AssignRequest, 'candidates' | 'pairingSegments' | 'pairingTiers'> {
  const pairings = pairingsOf(planned);
  return {
    // Between switches of one tier a cage may be the near end of one link and the far end of the next.
    candidates: pairings.map(({ near, far, links, tiers }) => (links > 0 ? finder(near, far, tiers[0] === tiers[1]) : [])),
    pairingSegments: pairings.map((pairing) => pairing.segment),
    pairingTiers: pairings.map((pairing) => pairing.tiers),
  };
}

/** Index of the pair of ends of each link: its block's, for access links hold together block by block, or its segment's. */
export function pairingOf({ planned, wiring }: PlacedFabric): Uint8Array {
  const pairing = new Uint8Array(wiring.links);
  const blocks = planned.blocks.length;
  let at = 0;
  for (const [block, { links }] of pairingsOf(planned).slice(0, blocks).entries()) {
    pairing.fill(block, at, at + links);
    at += links;
  }
  for (; at < wiring.links; at++) pairing[at] = blocks + wiring.segment[at]! - 1;
  return pairing;
}

/** Numbers every cage of the fabric, so that links of a cage can be told together. */
export function cageNumbers({ planned, wiring }: PlacedFabric): {
  readonly nearCage: Int32Array;
  readonly farCage: Int32Array;
  readonly cages: number;
} {
  const { option, plan } = planned;
  const firstCage = new Int32Array(wiring.devices + 1);
  const perCage = new Int32Array(wiring.devices);
  const fixedDown = option.leafPorts.type === 'fixed' ? option.leafPorts.down : null;
  const downCages = fixedDown === null ? 0 : ceilDiv(fixedDown, option.ends.leafDown.portsPerCage);
  let device = 0;
  const add = (count: number, cagesEach: number, portsPerCage: number) => {
    for (let index = 0; index < count; index++, device++) {
      perCage[device] = portsPerCage;
      firstCage[device + 1] = firstCage[device]! + cagesEach;
    }
  };
  for (const block of planned.blocks)
    add(block.devices, ceilDiv(block.portsPerDevice * plan.portsPerEndpoint, block.end.portsPerCage), block.end.portsPerCage);
  const leafCages =
    option.leafPorts.type === 'fixed'
      ? downCages + ceilDiv(option.leafPorts.up, option.ends.leafUp.portsPerCage)
      : ceilDiv(option.leafPorts.ports, option.ends.leafDown.portsPerCage);
  add(wiring.leaves, leafCages, option.ends.leafDown.portsPerCage);
  add(wiring.spines, ceilDiv(option.spineRadix, option.ends.spine.portsPerCage), option.ends.spine.portsPerCage);
  add(wiring.cores, ceilDiv(option.coreRadix, option.ends.core.portsPerCage), option.ends.core.portsPerCage);
  const cageOf = (at: number, port: number): number => {
    const isLeaf = at >= wiring.firstLeaf && at < wiring.firstSpine;
    if (isLeaf && fixedDown !== null && port >= fixedDown)
      return firstCage[at]! + downCages + Math.floor((port - fixedDown) / option.ends.leafUp.portsPerCage);
    return firstCage[at]! + Math.floor(port / perCage[at]!);
  };
  const nearCage = new Int32Array(wiring.links);
  const farCage = new Int32Array(wiring.links);
  for (let link = 0; link < wiring.links; link++) {
    nearCage[link] = cageOf(wiring.nearDevice[link]!, wiring.nearPort[link]!);
    farCage[link] = cageOf(wiring.farDevice[link]!, wiring.farPort[link]!);
  }
  return { nearCage, farCage, cages: firstCage[wiring.devices]! };
}

export function mediaRows(fabrics: readonly BoughtFabric[]): MediaRow[] {
  return fabrics.flatMap(({ planned, assignment }) =>
    assignment.purchases.map((purchase) => ({
      fabric: planned.name,
      segment: purchase.segment,
      sku: purchase.sku,
      kind: purchase.kind,
      gbps: purchase.segment === 'endpoint' ? planned.option.linkGbps : planned.option.trunkGbps,
      lengthM: Math.round(purchase.lengthM * 100) / 100,
      quantity: purchase.quantity,
      ends: purchase.ends,
    })),
  );
}
