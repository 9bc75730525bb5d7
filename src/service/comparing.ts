import type { CompareEvent } from '../contract/procedures';
import { parseBrief, type Brief, type Objective } from '../engine/brief/schema';
import type { SizingContext } from '../engine/design/candidates';
import type { Design } from '../engine/design/design';
import { sizeBrief } from '../engine/design/size';
import { breakEven, growthBreakEven, type BreakEven } from '../engine/explore/break-even';
import { DEFAULT_TOP, describeComparison, type Comparison } from '../engine/explore/comparison';
import { costModelOf } from '../engine/explore/cost-model';
import { differDesigns, type PinnedDifferences } from '../engine/explore/differences';
import type { Exploration } from '../engine/explore/explore';
import { DEFAULT_RANGES, simulate, type DriverRanges, type MonteCarlo, type Range } from '../engine/explore/monte-carlo';
import type { FloorShapes } from '../engine/explore/floor-shapes';
import { tornado, type Driver, type GrowingCost, type Sensitivity } from '../engine/explore/sensitivity';
import { verifyPoints, type Verified } from '../engine/explore/verified';
import { whyNot, type WhyNot } from '../engine/explore/why-not';
import { HOURS_PER_YEAR } from '../engine/reliability/failure-rate';
import { InfeasibleFault } from '../units/fault';
import { exploreInTurns } from './exploration';
import type { ServiceDependencies } from './dependencies';
import { ExploreTeam } from './explore-team';
import { createLast } from './last';
import { Pace } from './pace';
import { placedKey } from './placed-key';
import type { Sizing, SizingInput } from './sizing';

/** The procedures around a comparison. The last exploration is kept for questions about it, and its floors for other prices. */

interface ComparedInput extends SizingInput {
  readonly digits?: number | undefined;
}

export interface CompareInput extends ComparedInput {
  readonly objective?: Objective | undefined;
  readonly top?: number | undefined;
  readonly verify?: boolean | undefined;
}

export interface WhyNotInput extends ComparedInput {
  readonly candidate?: unknown;
}

type Pinned = Omit<SizingInput, 'brief'> & { readonly pins: readonly unknown[] };

const DEFAULT_CHANGE_PCT = 20;
/** Draws: the median then stands within 3 % of the spread (method, section 6). */
const DEFAULT_SAMPLES = 2_000;

export type Comparing = ReturnType<typeof createComparing>;

export function createComparing(sizing: Sizing, { now, threads }: Pick<ServiceDependencies, 'now' | 'threads'>) {
  const team = threads === undefined || threads.most < 1 ? null : new ExploreTeam(threads);
  const explorations = createLast<Exploration>();
  const shapes = createLast<Map<string, Map<string, FloorShapes>>>();
  // The threads help one exploration at a time; another one meanwhile does without.
  let isExploring = false;

  /** The exploration of this input: the last one when it is the same, else a new one. */
  async function* explored(
    input: ComparedInput,
    brief: Brief,
    context: SizingContext,
    pace: Pace,
  ): AsyncGenerator<CompareEvent, Exploration, void> {
    const { digits, ...rest } = input;
    const key = JSON.stringify([rest, digits, sizing.today()]);
    const known = explorations.get(key);
    if (known !== undefined) return known;
    const placed = placedKey(brief, input);
    const kept = shapes.getOr(placed, () => new Map());
    const job = { input: { brief: input.brief, priceBook: input.priceBook, catalogs: input.catalogs }, today: sizing.today() };
    const help = team === null || isExploring ? null : { team, job, placed };
    if (help !== null) isExploring = true;
    let found: Exploration;
    try {
      found = yield* exploreInTurns(brief, context, { digits, kept, help }, pace);
    } finally {
      if (help !== null) isExploring = false;
    }
    explorations.set(key, found);
    return found;
  }

  async function* run(input: CompareInput, pace: Pace): AsyncGenerator<CompareEvent, void, void> {
    const { objective, top, verify, ...compared } = input;
    const brief = parseBrief(input.brief);
    const context = sizing.contextOf(brief, compared);
    const exploration = yield* explored(compared, brief, context, pace);
    // Says why nothing fits, with the nearest changes that would.
    if (exploration.front.length === 0) sizeBrief(brief, context);
    const comparison = describeComparison(exploration, { objective: objective ?? brief.objective ?? 'capex', top: top ?? DEFAULT_TOP });
    const verified = verify === true ? yield* verifiedInTurns(comparison, context, pace) : undefined;
    yield {
      type: 'result',
      comparison: { ...comparison, ...(verified === undefined ? {} : { verified }), elapsedMs: pace.elapsedMs() },
    };
  }

  function designOf(brief: Brief, input: Omit<SizingInput, 'brief'>): Design {
    return sizeBrief(brief, sizing.contextOf(brief, input)).design;
  }

  function* growingCosts({ pins, ...input }: Pinned, factors: readonly number[]): Generator<void, readonly GrowingCost[], void> {
    const costs: GrowingCost[] = [];
    for (const pin of pins) {
      const brief = parseBrief(pin);
      const sizes: GrowingCost['sizes'][number][] = [];
      let energyPerKwh = 0;
      for (const growth of [...new Set(factors)].sort((a, b) => a - b)) {
        yield;
        const design = sizedAt(brief, growth, (sized) => designOf(sized, input));
        if (design === null) continue;
        energyPerKwh = Number(design.cost.energyPerYear) / (design.power.facilityKw * HOURS_PER_YEAR);
        sizes.push({ growth, model: costModelOf(design, sizing.catalogOf(input)) });
      }
      costs.push({ energyPerKwh, sizes });
    }
    return costs;
  }

  return {
    run: (input: CompareInput, signal?: AbortSignal) => run(input, new Pace(now, signal)),

    async whyNot({ candidate, ...input }: WhyNotInput, signal?: AbortSignal): Promise<WhyNot> {
      const brief = parseBrief(input.brief);
      const context = sizing.contextOf(brief, input);
      const work = explored(input, brief, context, new Pace(now, signal));
      for (;;) {
        const step = await work.next();
        if (step.done === true) return whyNot(step.value, parseBrief(candidate), context);
      }
    },

    differences({ pins, ...input }: Pinned): PinnedDifferences {
      return differDesigns(pins.map((pin) => designOf(parseBrief(pin), input)));
    },

    *breakEven(
      input: Omit<SizingInput, 'brief'> & { readonly chosen?: unknown; readonly rival?: unknown },
    ): Generator<void, readonly BreakEven[], void> {
      const [chosen, rival] = [parseBrief(input.chosen), parseBrief(input.rival)];
      const found = breakEven(designOf(chosen, input), designOf(rival, input));
      yield;
      const accelerators = chosen.accelerators ?? 1;
      const tcoAt = (brief: Brief, size: number) =>
        sizedAt(brief, size / (brief.accelerators ?? size), (sized) => designOf(sized, input))?.cost.tco ?? null;
      return [...found, growthBreakEven(chosen, rival, accelerators, tcoAt)];
    },

    *sensitivity({
      changePct = DEFAULT_CHANGE_PCT,
      ...pinned
    }: Pinned & { readonly changePct?: number | undefined }): Generator<void, Sensitivity, void> {
      const costs = yield* growingCosts(pinned, [1 - changePct / 100, 1, 1 + changePct / 100]);
      return tornado(costs, changePct);
    },

    *monteCarlo({
      seed,
      samples = DEFAULT_SAMPLES,
      ranges = {},
      ...pinned
    }: Pinned & {
      readonly seed: number;
      readonly samples?: number | undefined;
      readonly ranges?: Partial<Record<Driver, Range>> | undefined;
    }): Generator<void, MonteCarlo, void> {
      const all: DriverRanges = { ...DEFAULT_RANGES, ...ranges };
      const { low, mode, high } = all.growth;
      const costs = yield* growingCosts(pinned, [low, mode, high]);
      return simulate(costs, all, samples, seed);
    },
  };
}

async function* verifiedInTurns(
  { pareto, certificate }: Omit<Comparison, 'elapsedMs'>,
  context: SizingContext,
  pace: Pace,
): AsyncGenerator<CompareEvent, Verified, void> {
  const work = verifyPoints(pareto, context);
  for (;;) {
    const step = work.next();
    if (step.done === true) return step.value;
    const { exact, front } = certificate;
    if (pace.isReportDue()) yield { type: 'progress', phase: 'verify', done: step.value, total: pareto.length, exact, front };
    await pace.turn();
  }
}

/** A closed brief at another size; null where no design fits there, except at its own size, where that is the caller's fault. */
function sizedAt<T>(brief: Brief, growth: number, size: (brief: Brief) => T): T | null {
  const accelerators = Math.max(1, Math.round((brief.accelerators ?? 1) * growth));
  try {
    return size(growth === 1 ? brief : { ...brief, accelerators });
  } catch (error) {
    if (growth !== 1 && error instanceof InfeasibleFault) return null;
    throw error;
  }
}
