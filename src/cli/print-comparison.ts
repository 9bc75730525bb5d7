import type { Comparison, CompareProgress, DesignPoint, Verified, WhyNot } from '../contract/procedures';
import { num } from '../units/format';
import { table } from './table';

/** What the command compare prints for a person. */

export function printProgress({ phase, done, total, exact, front }: CompareProgress): string {
  if (phase === 'space') return 'counting the designs the brief leaves open\n';
  if (phase === 'verify') return `checking the designs of the front: ${num(done)} of ${num(total)}\n`;
  const share = total === 0 ? 0 : Math.floor((100 * done) / total);
  return phase === 'bounds'
    ? `bounding every design: ${share} %\n`
    : `working out what is left: ${share} %, ${num(exact)} designs exactly, ${num(front)} that nothing beats so far\n`;
}

export function printComparison(comparison: Comparison): string {
  const { certificate, infeasible, pareto, objectives } = comparison;
  const best = comparison.table.filter((point) => !point.pareto);
  const parts = [
    `${num(comparison.evaluated)} designs evaluated in ${num(comparison.elapsedMs / 1000, 1)} s, ${num(comparison.feasible)} feasible, ${num(pareto.length)} that no other beats`,
    printPoints(pareto),
    best.length === 0 ? '' : `best of those that another beats\n${printPoints(best)}`,
    infeasible.length === 0
      ? ''
      : `ruled out\n${table([['designs', 'limit', 'why'], ...infeasible.map((refusal) => [refusal.count, refusal.limit, `${refusal.path}: ${refusal.message}`])])}`,
    `compared by ${objectives.map(({ name, unit, step }) => `${name} (steps of ${num(step)} ${unit})`).join(', ')}`,
    `proof: ${num(certificate.pruned)} designs cannot beat the front by their lower bounds, ${num(certificate.exact)} were worked out exactly, ${certificate.open} are open; bounds on capital are ${num(certificate.meanGapPct, 2)} % below the designs on average, ${num(certificate.mostGapPct, 2)} % at most`,
    comparison.verified === undefined ? '' : printVerified(comparison.verified),
  ];
  return `${parts.filter(Boolean).join('\n\n')}\n`;
}

function printVerified({ designs, checks, failed }: Verified): string {
  const what = `${num(checks)} checks of the ${num(designs)} designs of the front against their own graphs`;
  return failed.length === 0
    ? `${what}: all hold`
    : `${what}: ${num(failed.length)} do not hold\n${failed.map(({ id, check, detail }) => `${id}: ${check}: ${detail}`).join('\n')}`;
}

export function printWhyNot(why: WhyNot): string {
  if (why.verdict === 'front') return 'the design is on the front: no other beats it\n';
  if (why.verdict === 'infeasible')
    return `the design cannot be built\n${why.limits.map(({ path, message }) => `${path} ${message}`).join('\n')}\n`;
  const [other, how] =
    why.verdict === 'beaten'
      ? [why.by, 'is no worse in anything, to the step, and better in something']
      : [why.to, 'is as good in everything, to the step'];
  const rows = why.objectives.map(({ name, unit, own, other: theirs }) => [`${name}, ${unit}`, own, theirs, theirs - own]);
  return `${other.id} ${how}\n${table([['', 'the design', 'that one', 'difference'], ...rows])}\n`;
}

function printPoints(points: readonly DesignPoint[]): string {
  return table([
    ['supernode', 'fabric', 'switch', 'Gb/s', 'oversub.', 'media', 'switches', 'optics', 'racks', 'kW', 'capital', 'total', 'step s', 'us'],
    ...points.map((point) => [
      point.supernode,
      formOf(point),
      [...new Set(point.switchIds)].join('+'),
      point.linkGbps,
      point.oversubscription,
      point.mediaPolicy,
      point.switches,
      point.transceivers,
      point.racks,
      point.itKw,
      point.capex,
      point.tco,
      point.stepTimeS ?? '-',
      point.softwareLatencyUs,
    ]),
  ]);
}

function formOf({ topology, tiers, planes, railOptimized }: DesignPoint): string {
  const parts = [topology, tiers > 1 ? `${tiers} tiers` : '', planes > 1 ? `${planes} planes` : '', railOptimized ? 'rails' : ''];
  return parts.filter(Boolean).join(', ');
}
