import { InfeasibleFault } from '../../units/fault';
import { num } from '../../units/format';
import type { Derivation } from '../explain/derivation';

/** Accelerators that one rack holds where nothing else is known: GB200 NVL72, the densest copper rack in wide use. */
export const DEFAULT_ACCELERATORS_PER_RACK = 72;

/**
 * Longest copper path between an accelerator and a chip. In one rack the chips stand in the middle, half of 48 units of
 * 44.45 mm away; in two adjacent racks a rack pitch of 0.6 m and 0.6 m of loops are added.
 */
const PATH_M = { one: 1.07, two: 2.27 } as const;

/**
 * Reach of copper by lane rate, m. 50G and 100G: NVIDIA LinkX copper overview (3 m and 2 m passive, 5 m linear active).
 * 200G: no passive cable is sold; cartridges and backplanes reach 1.5 m, linear active copper 3 m (planning values).
 */
const REACH: readonly { readonly laneGbps: number; readonly passiveM: number; readonly activeM: number }[] = [
  { laneGbps: 56, passiveM: 3, activeM: 5 },
  { laneGbps: 112, passiveM: 2, activeM: 5 },
  { laneGbps: 224, passiveM: 1.5, activeM: 3 },
];
const REACH_SOURCE = 'NVIDIA LinkX copper overview; 200G a lane: planning value for in-rack cartridges and linear active copper';

export interface RackLimits {
  /** Power that one rack may draw, kW. */
  readonly rackPowerKw?: number;
  /** Watts of one accelerator with its share of host, NICs and conversion. */
  readonly acceleratorW?: number;
  readonly acceleratorsPerRack?: number;
  /** Racks that copper may join: 1, or 2 adjacent ones over active copper. */
  readonly copperRacks?: 1 | 2;
}

export interface CopperRoom {
  /** Most accelerators that copper joins; 0 where it does not reach. */
  readonly accelerators: number;
  readonly perRack: number;
  /** What sets the limit, as a clause: "power of 40 kW a rack holds 22 accelerators". */
  readonly reason: string;
  readonly derivations: readonly Derivation[];
}

export function copperReachM(laneGbps: number, active: boolean): number {
  const row = REACH.find((entry) => laneGbps <= entry.laneGbps);
  return row === undefined ? 0 : active ? row.activeM : row.passiveM;
}

/** How many accelerators copper can join: reach of the lane rate, power and places of a rack. */
export function copperRoom(limits: RackLimits, laneGbps: number, switchShareW: number): CopperRoom {
  const racks = limits.copperRacks ?? 1;
  const { perRack, reason } = rackRoom(limits, switchShareW);
  const pathM = racks === 1 ? PATH_M.one : PATH_M.two;
  const reachM = copperReachM(laneGbps, racks === 2);
  const reaches = reachM >= pathM;
  const accelerators = reaches ? perRack * racks : 0;
  return {
    accelerators,
    perRack,
    reason: reaches ? reason : `copper at ${num(laneGbps)} Gb/s a lane reaches ${num(reachM, 2)} m of the ${num(pathM, 2)} m needed`,
    derivations: [
      {
        id: 'scale-up.copper-room',
        label: 'Accelerators that copper can join',
        formula: 'reach >= path ? racks * min(places per rack, floor(rack power / (accelerator + switch share))) : 0',
        inputs: { racks, perRack, laneGbps, reachM, pathM, switchShareW: Math.round(switchShareW) },
        value: accelerators,
        unit: 'accelerators',
        source: REACH_SOURCE,
      },
    ],
  };
}

function rackRoom(limits: RackLimits, switchShareW: number): { readonly perRack: number; readonly reason: string } {
  const { rackPowerKw, acceleratorW, acceleratorsPerRack = DEFAULT_ACCELERATORS_PER_RACK } = limits;
  const places = `a rack has places for ${num(acceleratorsPerRack)} accelerators`;
  if (rackPowerKw === undefined || acceleratorW === undefined) return { perRack: acceleratorsPerRack, reason: places };
  const powered = Math.floor((rackPowerKw * 1_000) / (acceleratorW + switchShareW));
  if (powered < 1) throw rackTooWeak(rackPowerKw, acceleratorW + switchShareW);
  if (powered >= acceleratorsPerRack) return { perRack: acceleratorsPerRack, reason: places };
  return { perRack: powered, reason: `${num(rackPowerKw, 1)} kW a rack power ${num(powered)} accelerators` };
}

function rackTooWeak(rackPowerKw: number, neededW: number): InfeasibleFault {
  const neededKw = Math.ceil(neededW / 100) / 10;
  const label = `raise rackPowerKw to ${num(neededKw, 1)}`;
  return InfeasibleFault.of({
    limit: 'rackPowerKw',
    path: 'rackPowerKw',
    message: `is ${num(rackPowerKw, 3)}, but one accelerator with its share of the switches draws ${num(neededKw, 1)} kW; ${label}`,
    needed: neededKw,
    available: rackPowerKw,
    unit: 'kW',
    fixes: [{ label, path: 'rackPowerKw', value: neededKw }],
  });
}
