import { requireNumber } from '../fabric/bounds';

/**
 * Light in standard single-mode fibre, group index 1.468 (ITU-T G.652): 4.9 us/km, to which splices and slack loops add;
 * 5 us/km is the figure that transport planners use.
 */
export const FIBRE_US_PER_KM = 5;

export interface Delay {
  readonly oneWayUs: number;
  readonly roundTripUs: number;
}

/** Delay of a fibre of this length, without the equipment at its ends. @param km 0 to 20,000 */
export function fibreDelay(km: number, usPerKm = FIBRE_US_PER_KM): Delay {
  requireNumber({ km: [km, 0, 20_000], usPerKm: [usPerKm, 1, 10] });
  return { oneWayUs: km * usPerKm, roundTripUs: 2 * km * usPerKm };
}

/**
 * Bytes on the way on a link that is kept full over one round trip: the window of a sender, and the headroom that a
 * lossless port must hold for what is under way after it asks for a pause (IEEE 802.1Qbb), less two frames.
 * 800 Gb/s over 100 km: 100 MB.
 */
export function bytesInFlight(gbps: number, roundTripUs: number): number {
  requireNumber({ gbps: [gbps, 0, 10_000_000], roundTripUs: [roundTripUs, 0, 1_000_000] });
  return (gbps * 1_000 * roundTripUs) / 8;
}
