/** Optical modules of a scale-up domain: how many, and what they draw. */
export type OpticsKind = 'dsp' | 'lpo' | 'cpo';

/**
 * Watts of one DSP module by speed class, with up to 12 % of coding on the line. 200G and 400G: MMS4X00-NS400 (5 W and
 * 9 W); 800G: MMS4X00 (17 W); 1.6T: 30 W (SemiAnalysis, GB200 hardware architecture, 2024).
 */
const DSP_WATTS: readonly (readonly [upToGbps: number, watts: number])[] = [
  [224, 5],
  [448, 9],
  [896, 17],
  [1_792, 30],
];

/** Share of a DSP module's watts: linear drive about half; co-packaged 9 W per 1.6T beside 30 W. Planning values. */
const SHARE: Readonly<Record<OpticsKind, number>> = { dsp: 1, lpo: 0.5, cpo: 0.3 };

export const OPTICS_POWER_SOURCE =
  'MMS4X00-NS400 and MMS4X00 data; 1.6T 30 W: SemiAnalysis, GB200 hardware architecture (2024); LPO half, CPO 9 W per 1.6T: planning values';

export function moduleWatts(gbps: number, kind: OpticsKind): number {
  const row = DSP_WATTS.find(([upToGbps]) => gbps <= upToGbps);
  const watts = row ? row[1] : (30 * gbps) / 1_600;
  return watts * SHARE[kind];
}

/** Modules at both ends of these links; modules wider than a link carry several. */
export function countModules(links: number, linkGbps: number, moduleGbps: number): number {
  return links === 0 ? 0 : 2 * Math.ceil((links * linkGbps) / moduleGbps - 1e-9);
}
