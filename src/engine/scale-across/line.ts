import type { Transceiver } from '../../catalog/schema';
import { ceilDiv } from '../../units/integer';
import { bytesInFlight, fibreDelay } from './distance';
import { countFibrePairs, ZR_400 } from './wavelengths';

/**
 * The line between two sites: wavelengths, fibre pairs, amplifiers, delay, and the packet memory that a lossless link
 * of that length takes.
 */

/** Span between amplifiers of a line. */
export const SPAN_KM = 80;
/** Longest run of one coherent channel without amplifiers: about 11 dB at 0.25 dB/km (OIF 400ZR, unamplified). */
const UNAMPLIFIED_KM = 40;
/** Frames under way while a pause frame is made and obeyed, one at either end, B. */
const FRAME_BYTES = 9_216;

export interface LineRequest {
  /** What has to pass, one direction, Gb/s. */
  readonly needGbps: number;
  readonly fibreKm: number;
  readonly module: Transceiver;
  readonly channelGbps: number;
}

export interface Line {
  /** Wavelengths, each with a module at either end. */
  readonly channels: number;
  readonly fibrePairs: number;
  readonly channelsPerPair: number;
  /** Multiplexers, two a pair; 0 where every channel has a pair of its own. */
  readonly multiplexers: number;
  /** Amplifiers in the line and at its ends, both directions counted. */
  readonly amplifiers: number;
  readonly latencyUs: number;
}

/** Coherent modules are tunable and share a pair; grey ones (FR, LR) take one each. */
export function isCoherent(module: Transceiver): boolean {
  return module.class === 'ZR' || module.class === 'ZR+';
}

/** Channels and pairs of a module; a coherent channel is as much wider than one of 400ZR as it is faster. */
function countChannels(module: Transceiver, gbps: number, needGbps: number) {
  const gridGHz = (ZR_400.gridGHz * gbps) / ZR_400.gbps;
  const { channels, pairs, channelsPerPair } = countFibrePairs(needGbps, { gbps, gridGHz });
  if (isCoherent(module)) return { channels: Math.max(1, channels), fibrePairs: Math.max(1, pairs), channelsPerPair };
  return { channels: Math.max(1, channels), fibrePairs: Math.max(1, channels), channelsPerPair: 1 };
}

export function planLine({ needGbps, fibreKm, module, channelGbps }: LineRequest): Line {
  const counts = countChannels(module, channelGbps, needGbps);
  const { channels, fibrePairs } = counts;
  const shared = isCoherent(module) && channels > fibrePairs;
  const amplified = isCoherent(module) && (shared || fibreKm > UNAMPLIFIED_KM);
  // A booster and a preamplifier at either end, and one for each direction at every hut between.
  const huts = Math.max(0, ceilDiv(fibreKm, SPAN_KM) - 1);
  return {
    ...counts,
    multiplexers: shared ? 2 * fibrePairs : 0,
    amplifiers: amplified ? fibrePairs * (4 + 2 * huts) : 0,
    latencyUs: fibreDelay(fibreKm).oneWayUs,
  };
}

/** Packet memory that one lossless priority of one port takes: what is under way for a round trip, and a frame at either end, MB. */
export function pauseHeadroomMB(gbps: number, fibreKm: number): number {
  return (bytesInFlight(gbps, fibreDelay(fibreKm).roundTripUs) + 2 * FRAME_BYTES) / 1e6;
}
