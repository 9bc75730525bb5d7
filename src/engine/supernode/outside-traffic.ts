import { requireWhole } from '../fabric/bounds';

/** What a larger scale-up domain takes off the scale-out network. */
export interface OutsideTraffic {
  /** Share of a uniform all-to-all whose partner stands in another domain: `(N - d) / (N - 1)`. */
  readonly allToAllShare: number;
  /**
   * Bytes that an accelerator sends outside for each byte of a gradient all-reduce over all accelerators, reduced within
   * the domain first: `2 (g - 1) / (g d)` with `g = N / d` domains.
   */
  readonly allReduceBytesPerByte: number;
  /** As above without domains: `2 (N - 1) / N`. */
  readonly flatAllReduceBytesPerByte: number;
}

/**
 * Rabenseifner, "Optimization of Collective Reduction Operations", ICCS 2004: a ring or halving all-reduce moves
 * `2 (n - 1) / n` of the buffer; with a reduce-scatter inside the domain only a share `1 / d` of it goes outside.
 */
export function outsideTraffic(accelerators: number, domain: number): OutsideTraffic {
  requireWhole({ accelerators: [accelerators, 2, 16_777_216], domain: [domain, 1, accelerators] });
  const domains = accelerators / domain;
  return {
    allToAllShare: (accelerators - domain) / (accelerators - 1),
    allReduceBytesPerByte: (2 * (domains - 1)) / (domains * domain),
    flatAllReduceBytesPerByte: (2 * (accelerators - 1)) / accelerators,
  };
}
