import { InfeasibleFault, InputFault } from '../../units/fault';
import type { Brief } from '../brief/schema';
import type { BuiltDesign } from './build-design';
import { NO_EDGE, type SizingContext } from './candidates';
import { leavesNumberToDeadline } from './demand';
import { withFewerAccelerators, withFurtherLimits, withMoreDays } from './nearest-size';
import { mergeRefusals } from './refusals';
import { searchBest } from './search';
import { sizeSites } from './size-sites';

export type { SizingContext } from './candidates';

/** Answers a brief: fills in what it leaves open by its objective, and builds the design. */
export function sizeBrief(brief: Brief, context: SizingContext): BuiltDesign {
  if (brief.sites !== undefined) return sizeSites(brief, context);
  if (brief.scaleAcross !== undefined)
    throw InputFault.of('scaleAcross', 'plans the network between sites, but the brief names one site; add sites, or leave it out');
  const { best, refusals, least } = searchBest(brief, context);
  if (best !== null) return best;
  const refused = mergeRefusals(refusals);
  if (!(refused instanceof InfeasibleFault)) throw refused;
  const fault = withFurtherLimits(refused, brief, context);
  throw leavesNumberToDeadline(brief) ? withMoreDays(fault, brief, least, context) : withFewerAccelerators(fault, brief, context, NO_EDGE);
}

/** A comparison is of one site's designs. */
export function refuseSites(brief: Brief): void {
  if (brief.sites === undefined) return;
  throw InputFault.of(
    'sites',
    'names several sites, but a comparison is made for one site at a time; compare with a brief of one site (site instead of sites), and size the whole',
  );
}
