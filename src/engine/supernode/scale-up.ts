import { ceilDiv } from '../../units/integer';
import { list } from '../../units/format';
import { InputFault } from '../../units/fault';
import type { Derivation } from '../explain/derivation';
import { requireNumber, requireWhole } from '../fabric/bounds';
import { requireBoardTemplate, wireBoard } from './board';
import { copperRoom, type RackLimits } from './copper';
import { wireFullMesh, wireNdFullMesh, wireTorus } from './direct';
import { countModules, moduleWatts, OPTICS_POWER_SOURCE, type OpticsKind } from './optics';
import type { ChipTier, DomainPorts, ScaleUpMedium, Segment, Structure } from './structure';
import { wireBackToBack, wireSwitched } from './switched';

export const STRUCTURES = ['switched', 'back-to-back', 'full-mesh', 'torus', 'nd-full-mesh'] as const;
export type StructureName = (typeof STRUCTURES)[number];

export interface ScaleUpRequest extends RackLimits {
  readonly accelerators: number;
  /** Bandwidth of one accelerator, one direction. */
  readonly gbpsPerAccelerator: number;
  /** One port, one direction. */
  readonly linkGbps: number;
  /** One differential pair each way; 200, 100 or the link itself by default. */
  readonly laneGbps?: number;
  readonly structure?: StructureName;
  /** Ports of a switch chip at the link speed; 72 by default (NVLink 5 switch, 72 x 400 Gb/s). */
  readonly radix?: number;
  readonly uplinkGbps?: number;
  readonly uplinkRadix?: number;
  readonly boardAccelerators?: number;
  /** Torus and nD full mesh: accelerators along each dimension, inner ones first. */
  readonly dims?: readonly number[];
  readonly blockEdge?: number;
  readonly circuitSwitchPorts?: number;
  readonly optics?: OpticsKind;
  /** Speed of an optical module, the link's by default. */
  readonly moduleGbps?: number;
  readonly moduleW?: number;
  /** Watts of one switch chip with its share of tray and fans. */
  readonly chipW?: number;
}

/** Keys named in the command contract, and what explains them. */
export interface ScaleUp {
  readonly accelerators: number;
  /** Switch chips. */
  readonly switches: number;
  /** Links that leave a board, at the link speed, counted once; in a domain on one board, its traces. */
  readonly links: number;
  /** Optical modules (or co-packaged engines), one at each end. */
  readonly transceivers: number;
  /** Differential pairs of the copper links, both directions. */
  readonly copperPairs: number;
  /** Medium of the outermost links. */
  readonly medium: ScaleUpMedium;
  /** Switch chips and optics; accelerators are not in it. */
  readonly powerW: number;
  readonly switchPowerW: number;
  readonly opticsPowerW: number;
  /** What optics on the copper links would draw. */
  readonly opticsSavedW: number;
  readonly portsPerAccelerator: number;
  readonly racks: number;
  readonly tiers: readonly ChipTier[];
  readonly segments: readonly Segment[];
  readonly hops: number;
  readonly opticalCircuitSwitches?: number;
  readonly reason: string;
  readonly derivations: readonly Derivation[];
}

/**
 * Watts per Tb/s of switch capacity, one direction, chip with tray and fans and without optics. An estimate carried over
 * from a scale-out box: UfiSpace S9321-64E, 913 W typical at 51.2 Tb/s; no scale-up switch has a published figure.
 */
const SWITCH_W_PER_TBPS = 913 / 51.2;
const DEFAULT_RADIX = 72;
const MAX_ACCELERATORS = 16_384;

/** Counts of one scale-up domain of 2 to 16,384 accelerators, with the reason for copper or optics. */
export function sizeScaleUp(request: ScaleUpRequest): ScaleUp {
  requireRequest(request);
  const { accelerators, gbpsPerAccelerator, linkGbps, radix = DEFAULT_RADIX, structure = 'switched', boardAccelerators } = request;
  const laneGbps = request.laneGbps ?? defaultLane(linkGbps);
  const ports = ceilDiv(gbpsPerAccelerator, linkGbps);
  const chipW = request.chipW ?? (SWITCH_W_PER_TBPS * radix * linkGbps) / 1_000;
  const isSwitched = structure === 'switched' || structure === 'back-to-back';
  const limits = structure === 'back-to-back' ? { copperRacks: 2 as const, ...request } : request;
  const room = copperRoom(limits, laneGbps, isSwitched ? (chipW * ports) / radix : 0);
  const domain: DomainPorts = {
    accelerators,
    gbpsPerAccelerator,
    linkGbps,
    ports,
    room,
    ...(boardAccelerators === undefined ? {} : { boardAccelerators }),
  };
  return summarize(request, wire(request, domain, structure, radix), { laneGbps, ports, chipW, perRack: room.perRack }, room.derivations);
}

/** A product on one board, by its id in the table of boards. */
export function sizeBoard(templateId: string): ScaleUp {
  const template = requireBoardTemplate(templateId);
  const { accelerators, linkGbps, laneGbps, chipLinks, peerLinks = 0 } = template;
  const ports = chipLinks.reduce((sum, links) => sum + links, 0) + (accelerators - 1) * peerLinks;
  const request = { accelerators, gbpsPerAccelerator: ports * linkGbps, linkGbps };
  const chipW = chipLinks.length === 0 ? 0 : (SWITCH_W_PER_TBPS * accelerators * ports * linkGbps) / chipLinks.length / 1_000;
  return summarize(request, wireBoard(template), { laneGbps, ports, chipW, perRack: accelerators }, []);
}

function wire(request: ScaleUpRequest, domain: DomainPorts, structure: StructureName, radix: number): Structure {
  const { dims, blockEdge, circuitSwitchPorts, uplinkGbps = request.linkGbps, uplinkRadix = radix } = request;
  switch (structure) {
    case 'switched':
      return wireSwitched({ ...domain, radix, uplinkGbps, uplinkRadix });
    case 'back-to-back':
      return wireBackToBack({ ...domain, radix, uplinkGbps, uplinkRadix });
    case 'full-mesh':
      return wireFullMesh(domain);
    case 'torus':
      return wireTorus({ ...domain, ...defined({ dims, blockEdge, circuitSwitchPorts }) });
    case 'nd-full-mesh':
      return wireNdFullMesh({ ...domain, ...defined({ dims }) });
  }
}

/** The fields that have a value: an absent option and an undefined one mean the same. */
function defined<T extends object>(options: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]?: Exclude<T[K], undefined>;
  };
}

function requireRequest(request: ScaleUpRequest): void {
  const { structure = 'switched', radix = DEFAULT_RADIX, gbpsPerAccelerator, linkGbps } = request;
  if (!STRUCTURES.includes(structure)) throw InputFault.of('structure', `is ${String(structure)}; allowed: ${list(STRUCTURES)}`);
  requireWhole({ accelerators: [request.accelerators, 2, MAX_ACCELERATORS], radix: [radix, 2, 4_096], ...wholeOptions(request) });
  requireNumber({ gbpsPerAccelerator: [gbpsPerAccelerator, 1, 1_000_000], linkGbps: [linkGbps, 1, 12_800] });
  requireNumber({ linkGbps: [linkGbps, Math.max(1, gbpsPerAccelerator / 1_024), gbpsPerAccelerator], ...numberOptions(request) });
}

function wholeOptions({ uplinkRadix, boardAccelerators, acceleratorsPerRack, blockEdge, circuitSwitchPorts }: ScaleUpRequest) {
  return {
    ...(uplinkRadix === undefined ? {} : { uplinkRadix: [uplinkRadix, 2, 4_096] as const }),
    ...(boardAccelerators === undefined ? {} : { boardAccelerators: [boardAccelerators, 1, 1_024] as const }),
    ...(acceleratorsPerRack === undefined ? {} : { acceleratorsPerRack: [acceleratorsPerRack, 1, 1_024] as const }),
    ...(blockEdge === undefined ? {} : { blockEdge: [blockEdge, 1, 64] as const }),
    ...(circuitSwitchPorts === undefined ? {} : { circuitSwitchPorts: [circuitSwitchPorts, 2, 4_096] as const }),
  };
}

function numberOptions({ linkGbps, laneGbps, uplinkGbps, rackPowerKw, acceleratorW, moduleGbps, moduleW, chipW }: ScaleUpRequest) {
  return {
    ...(laneGbps === undefined ? {} : { laneGbps: [laneGbps, 1, linkGbps] as const }),
    ...(uplinkGbps === undefined ? {} : { uplinkGbps: [uplinkGbps, 1, 12_800] as const }),
    ...(rackPowerKw === undefined ? {} : { rackPowerKw: [rackPowerKw, 0.1, 5_000] as const }),
    ...(acceleratorW === undefined ? {} : { acceleratorW: [acceleratorW, 1, 100_000] as const }),
    ...(moduleGbps === undefined ? {} : { moduleGbps: [moduleGbps, 1, 12_800] as const }),
    ...(moduleW === undefined ? {} : { moduleW: [moduleW, 0, 1_000] as const }),
    ...(chipW === undefined ? {} : { chipW: [chipW, 0, 100_000] as const }),
  };
}

function defaultLane(linkGbps: number): number {
  return [200, 100].find((lane) => linkGbps % lane === 0) ?? linkGbps;
}

interface Electrical {
  readonly laneGbps: number;
  readonly ports: number;
  readonly chipW: number;
  readonly perRack: number;
}

function linksBy(segments: readonly Segment[], medium: ScaleUpMedium): number {
  return segments.reduce((sum, segment) => sum + (segment.medium === medium ? segment.links : 0), 0);
}

function summarize(request: ScaleUpRequest, structure: Structure, electrical: Electrical, roomDerivations: readonly Derivation[]): ScaleUp {
  const { accelerators, linkGbps, optics = 'dsp', moduleGbps = linkGbps } = request;
  const { laneGbps, ports, chipW, perRack } = electrical;
  const { tiers, segments, hops, reason, opticalCircuitSwitches } = structure;
  const [board, copper, optical] = (['board', 'copper', 'optics'] as const).map((medium) => linksBy(segments, medium)) as [
    number,
    number,
    number,
  ];
  const switches = tiers.reduce((sum, tier) => sum + tier.chips, 0);
  const moduleW = request.moduleW ?? moduleWatts(moduleGbps, optics);
  const transceivers = countModules(optical, linkGbps, moduleGbps);
  const switchPowerW = Math.round(switches * chipW);
  const opticsPowerW = transceivers * moduleW;
  const copperPairs = copper * Math.ceil(linkGbps / laneGbps - 1e-9) * 2;
  const links = copper + optical > 0 ? copper + optical : board;
  return {
    accelerators,
    switches,
    links,
    transceivers,
    copperPairs,
    medium: optical > 0 ? 'optics' : copper > 0 ? 'copper' : 'board',
    powerW: switchPowerW + opticsPowerW,
    switchPowerW,
    opticsPowerW,
    opticsSavedW: countModules(copper, linkGbps, moduleGbps) * moduleW,
    portsPerAccelerator: ports,
    racks: ceilDiv(accelerators, perRack),
    tiers,
    segments,
    hops,
    ...(opticalCircuitSwitches === undefined ? {} : { opticalCircuitSwitches }),
    reason,
    derivations: [
      portsDerivation(request, ports),
      ...structure.derivations,
      ...roomDerivations,
      ...mediumDerivations({ copper, optical, linkGbps, laneGbps, copperPairs, transceivers, moduleGbps, moduleW, optics }),
      powerDerivation(switches, chipW, request.chipW !== undefined, switchPowerW),
    ],
  };
}

function portsDerivation({ gbpsPerAccelerator, linkGbps }: ScaleUpRequest, value: number): Derivation {
  const inputs = { gbpsPerAccelerator, linkGbps };
  return {
    id: 'scale-up.ports',
    label: 'Ports of an accelerator',
    formula: 'ceil(gbpsPerAccelerator / linkGbps)',
    inputs,
    value,
    unit: 'ports',
    source: 'bandwidth in one direction over port speed',
  };
}

function powerDerivation(switches: number, chipW: number, isGiven: boolean, value: number): Derivation {
  const source = isGiven ? 'as given' : 'estimate: UfiSpace S9321-64E, 913 W typical at 51.2 Tb/s, by switch capacity';
  return {
    id: 'scale-up.switch-power',
    label: 'Power of the switch chips',
    formula: 'switches * chipW',
    inputs: { switches, chipW: Math.round(chipW) },
    value,
    unit: 'W',
    source,
  };
}

interface MediumFigures {
  readonly copper: number;
  readonly optical: number;
  readonly linkGbps: number;
  readonly laneGbps: number;
  readonly copperPairs: number;
  readonly transceivers: number;
  readonly moduleGbps: number;
  readonly moduleW: number;
  readonly optics: OpticsKind;
}

function mediumDerivations(figures: MediumFigures): Derivation[] {
  const { copper, optical, linkGbps, laneGbps, copperPairs, transceivers, moduleGbps, moduleW, optics } = figures;
  return [
    {
      id: 'scale-up.copper-pairs',
      label: 'Copper pairs',
      formula: 'copper links * ceil(linkGbps / laneGbps) * 2 directions',
      inputs: { copperLinks: copper, linkGbps, laneGbps },
      value: copperPairs,
      unit: 'pairs',
      source: 'NVL72: 1,296 links of two 200 Gb/s lanes, 5,184 pairs (NVIDIA, GTC 2024; SemiAnalysis, GB200 hardware architecture, 2024)',
    },
    {
      id: 'scale-up.transceivers',
      label: 'Optical modules',
      formula: '2 * ceil(optical links * linkGbps / moduleGbps)',
      inputs: { opticalLinks: optical, linkGbps, moduleGbps },
      value: transceivers,
      unit: 'modules',
      source: 'CloudMatrix 384: 2,688 links, 5,376 modules (SemiAnalysis, Huawei CloudMatrix 384, 2025)',
    },
    {
      id: 'scale-up.optics-power',
      label: 'Power of the optics',
      formula: 'modules * moduleW',
      inputs: { modules: transceivers, moduleW, kind: optics },
      value: transceivers * moduleW,
      unit: 'W',
      source: OPTICS_POWER_SOURCE,
    },
  ];
}
