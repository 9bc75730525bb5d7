import { requireNumber } from '../fabric/bounds';

/** A coherent module and the room that its channel takes in the band. */
export interface CoherentChannel {
  readonly gbps: number;
  /** Width of one channel on the grid. */
  readonly gridGHz: number;
}

/** OIF 400ZR on its 75 GHz grid; an 800ZR channel takes twice the width for twice the rate. */
export const ZR_400: CoherentChannel = { gbps: 400, gridGHz: 75 };
export const ZR_800: CoherentChannel = { gbps: 800, gridGHz: 150 };

/** The C band of an ordinary amplifier. */
export const C_BAND_GHZ = 4_800;

export interface FibreCount {
  readonly channelsPerPair: number;
  readonly gbpsPerPair: number;
  /** Fibre pairs between two sites, one fibre for each direction. */
  readonly pairs: number;
  /** Wavelengths in use, one in each direction. */
  readonly channels: number;
  /** Modules at both ends together. */
  readonly modules: number;
}

/**
 * Fibre pairs and coherent modules between two sites: `floor(band / grid)` channels on a pair,
 * `ceil(need / rate)` channels in all, a module at each end of a channel. 100 Tb/s over 400ZR: 4 pairs, 500 modules.
 *
 * @param needGbps bandwidth wanted in each direction
 */
export function countFibrePairs(needGbps: number, channel: CoherentChannel = ZR_400, bandGHz = C_BAND_GHZ): FibreCount {
  requireNumber({
    needGbps: [needGbps, 0, 1e9],
    channelGbps: [channel.gbps, 1, 12_800],
    gridGHz: [channel.gridGHz, 6.25, bandGHz],
    bandGHz: [bandGHz, 6.25, 100_000],
  });
  const channelsPerPair = Math.floor(bandGHz / channel.gridGHz);
  const channels = Math.ceil(needGbps / channel.gbps);
  return {
    channelsPerPair,
    gbpsPerPair: channelsPerPair * channel.gbps,
    pairs: Math.ceil(channels / channelsPerPair),
    channels,
    modules: 2 * channels,
  };
}
