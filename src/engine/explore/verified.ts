import type { SizingContext } from '../design/candidates';
import { sizeBrief } from '../design/size';
import { verifyDesign } from '../verify/verify-design';
import type { DesignPoint } from './comparison';

/** What the independent check of a comparison's front found: each design sized in full and recounted from its own graph. */
export interface Verified {
  readonly designs: number;
  readonly checks: number;
  /** Checks that do not hold; none when all is well. */
  readonly failed: readonly { readonly id: string; readonly check: string; readonly detail: string }[];
}

/** Sizes and checks the designs one after the other, in steps, so that other calls come in between. */
export function* verifyPoints(points: readonly DesignPoint[], context: SizingContext): Generator<number, Verified, void> {
  let checks = 0;
  const failed: Verified['failed'][number][] = [];
  for (const [done, { id, brief, capex, itKw, racks }] of points.entries()) {
    yield done;
    const built = sizeBrief(brief, context);
    const { design } = built;
    const own = verifyDesign(built).checks;
    checks += own.length + 1;
    for (const check of own) if (!check.ok) failed.push({ id, check: check.name, detail: check.detail });
    // The comparison has figures of its own making: they must be those of the full design.
    if (design.cost.capex !== capex || design.power.itKw !== itKw || design.racks !== racks)
      failed.push({
        id,
        check: 'the figures of the comparison are those of the design',
        detail: `capital ${capex} against ${design.cost.capex}, ${itKw} kW against ${design.power.itKw}, ${racks} racks against ${design.racks}`,
      });
  }
  return { designs: points.length, checks, failed };
}
