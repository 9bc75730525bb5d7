import type { FabricDesign } from '../../engine/design/design';
import type { FabricGraph } from '../../engine/wiring/fabric-graph';
import type { Messages } from '../language';
import { sampleGraph, type GraphSample, type SampledTier } from './sample';
import type { Topology } from './topologies';

/** A fabric drawn: boxes, lines and labels in points, for whoever puts them on paper. */
export interface Scene {
  readonly width: number;
  readonly height: number;
  readonly boxes: readonly SceneBox[];
  readonly lines: readonly SceneLines[];
  readonly labels: readonly SceneLabel[];
}

export interface SceneBox {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly text: string;
  /** Of the text, points. */
  readonly size: number;
  readonly tone: 'switch' | 'endpoint';
}

/** Many lines of one kind. */
export interface SceneLines {
  readonly ends: readonly (readonly [x1: number, y1: number, x2: number, y2: number])[];
  readonly opacity: number;
}

/** One line of text; `y` is its middle. */
export interface SceneLabel {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly text: string;
  readonly size: number;
  readonly bold?: boolean;
  readonly muted?: boolean;
  readonly align?: 'left' | 'centre' | 'right';
}

/** Part of the width for the labels on the left. */
const LEFT_SHARE = 0.227;
/** Between the labels and the first device. */
const GAP = 12;
const BOX_HEIGHT = 20;
const TIER_PITCH = 84;
const TOP = 6;
const FOOT = 12;
/** Room above the top tier for links between devices of one tier. */
const ARCH = 34;
const TEXT_SIZES = [7, 6, 5.5] as const;
/** Width of a letter, of the size of its text. */
const LETTER = 0.57;

/** What a drawing of a fabric is called. */
export function topologyTitle({ site, graph, fabric }: Topology, words: Messages): string {
  const parts = [words.fabrics[graph.fabric], words.topologies[fabric.topology], words.protocols[fabric.protocol]];
  return (site === null ? parts : [site, ...parts]).join(' · ');
}

/** The graph of one fabric as a picture of its tiers, with every count it stands for. */
export function drawTopology({ graph, fabric, floor }: Topology, width: number, words: Messages): Scene {
  const left = width * LEFT_SHARE;
  const sample = sampleGraph(graph, floor);
  const pitchOf = ({ count, shown }: SampledTier) => (width - left) / (shown.length + (count > shown.length ? 1 : 0));
  const sideways = sample.bundles.some(({ from, to }) => from === to);
  const top = TOP + (sideways ? ARCH : 0);
  const yOf = (tier: number) => top + tier * TIER_PITCH;
  const middle = new Map(sample.tiers.flatMap((tier) => places(tier, left, pitchOf(tier))));
  return {
    width,
    height: yOf(sample.tiers.length - 1) + BOX_HEIGHT + FOOT,
    boxes: sample.tiers.flatMap((tier, index) => boxesOf(graph, tier, yOf(index), pitchOf(tier), middle)),
    lines: sample.bundles.flatMap((bundle) => {
      const ends = bundle.pairs.map(([near, far]) => [middle.get(near)!, middle.get(far)!] as const);
      if (ends.length === 0) return [];
      const opacity = Math.min(0.7, Math.max(0.25, 6 / ends.length));
      return [{ opacity, ends: ends.flatMap(([x1, x2]) => linkEnds(x1, yOf(bundle.from), x2, yOf(bundle.to))) }];
    }),
    labels: [
      ...sample.tiers.flatMap((tier, index) => tierLabels(tier, fabric, { left, y: yOf(index), pitch: pitchOf(tier) }, words)),
      ...bundleLabels(sample, graph, yOf, words).map((label) => ({ ...label, x: 0, width: left - GAP })),
    ],
  };
}

/** Middle of each device that is shown; a gap stands for those that are not. */
function places(tier: SampledTier, left: number, pitch: number): (readonly [device: number, x: number])[] {
  const gapAfter = tier.count > tier.shown.length ? tier.shown.length / 2 : tier.shown.length;
  return tier.shown.map((device, index) => [device, left + pitch * (index + 0.5 + (index >= gapAfter ? 1 : 0))] as const);
}

function boxesOf(graph: FabricGraph, tier: SampledTier, y: number, pitch: number, middle: ReadonlyMap<number, number>): SceneBox[] {
  const width = Math.min(64, pitch * 0.9);
  return tier.shown.map((device) => ({
    x: middle.get(device)! - width / 2,
    y,
    width,
    height: BOX_HEIGHT,
    ...fitting(graph.names[device]!, width),
    tone: tier.role === 'endpoint' ? 'endpoint' : 'switch',
  }));
}

/** The whole name as large as it fits, else the number it ends in. */
function fitting(name: string, width: number): Pick<SceneBox, 'text' | 'size'> {
  const size = TEXT_SIZES.find((points) => name.length * LETTER * points <= width - 2);
  return size === undefined ? { text: /(\d+)$/.exec(name)?.[1] ?? '', size: TEXT_SIZES[0] } : { text: name, size };
}

/** Between tiers a line; within one an arch over it. */
function linkEnds(x1: number, y1: number, x2: number, y2: number): [number, number, number, number][] {
  if (y1 !== y2) return [[x1, y1, x2, y2 + BOX_HEIGHT]];
  const apex = y1 - Math.min(ARCH - 4, 6 + Math.abs(x2 - x1) * 0.08);
  return [
    [x1, y1, (x1 + x2) / 2, apex],
    [(x1 + x2) / 2, apex, x2, y2],
  ];
}

function tierLabels(
  tier: SampledTier,
  fabric: FabricDesign,
  { left, y, pitch }: { readonly left: number; readonly y: number; readonly pitch: number },
  { word, tierRoles, sentence }: Messages,
): SceneLabel[] {
  const { role, count, shown, made } = tier;
  const roles: Readonly<Record<string, string>> = tierRoles;
  const counts = fabric.tiers.find((own) => own.role === role);
  const number = count.toLocaleString('en-US');
  const at = { x: 0, width: left - GAP };
  return [
    { ...at, y: y + 2, text: role === 'endpoint' ? word.endpointsTier : (roles[role] ?? role), size: 9, bold: true },
    { ...at, y: y + 14, text: made, size: 7.5, muted: true },
    ...(counts === undefined || counts.uplinks === 0
      ? []
      : [{ ...at, y: y + 25, text: sentence.perSwitch(String(counts.downlinks), String(counts.uplinks)), size: 7.5, muted: true }]),
    ...(count > shown.length
      ? [
          {
            x: left + pitch * (shown.length / 2),
            width: pitch,
            y: y + BOX_HEIGHT / 2,
            text: `… ${number} …`,
            size: 7.5,
            muted: true,
            align: 'centre' as const,
          },
        ]
      : []),
  ];
}

/** How many links run between two tiers, beside them. */
function bundleLabels(
  { tiers, bundles }: GraphSample,
  graph: FabricGraph,
  yOf: (tier: number) => number,
  words: Messages,
): Omit<SceneLabel, 'x' | 'width'>[] {
  const last = tiers.length - 1;
  return bundles.map(({ from, to, links }) => {
    const gbps = from === last && tiers[last]!.role === 'endpoint' ? graph.linkGbps : graph.trunkGbps;
    const y = from === to ? yOf(from) - ARCH / 2 : (yOf(to) + BOX_HEIGHT + yOf(from)) / 2 + 6;
    const text = words.sentence.linksOf(links.toLocaleString('en-US'), String(gbps));
    return { y, text, size: 7.5 };
  });
}
