import type { Alternative, DesignSummary } from '../../../contract/procedures';

/** An alternative that a design meets. */
export type PossibleAlternative = Alternative & { readonly summary: DesignSummary };

/** Those that fit the brief: small domains first, the cheaper before the dearer. */
export function listPossible(alternatives: readonly Alternative[]): readonly PossibleAlternative[] {
  return alternatives
    .flatMap((alternative) => (alternative.summary === null ? [] : [{ ...alternative, summary: alternative.summary }]))
    .sort((a, b) => a.summary.supernodeSize - b.summary.supernodeSize || Number(a.summary.capex) - Number(b.summary.capex));
}
