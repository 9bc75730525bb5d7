import { requireNumber } from '../fabric/bounds';

export interface CheckpointRequest {
  /** Time a checkpoint keeps training from running, s. */
  readonly checkpointS: number;
  /** Time from a failure until training runs again, without the work lost, s. */
  readonly restartS: number;
  /** Mean time between interruptions, s. */
  readonly mtbfS: number;
}

export interface Goodput {
  readonly intervalS: number;
  /** Share of time spent on work that lasts, 0 to 1. */
  readonly goodput: number;
}

/** J. W. Young, "A First Order Approximation to the Optimum Checkpoint Interval", CACM 1974: `sqrt(2 C M)`. */
export function youngInterval(checkpointS: number, mtbfS: number): number {
  requireTimes(checkpointS, mtbfS);
  return Math.sqrt(2 * checkpointS * mtbfS);
}

/**
 * J. T. Daly, "A Higher Order Estimate of the Optimum Checkpoint Interval", FGCS 2006, equation 37:
 * `sqrt(2 C M) (1 + sqrt(x) / 3 + x / 9) - C` with `x = C / (2 M)`, and `M` where `C >= 2 M`.
 */
export function dalyInterval(checkpointS: number, mtbfS: number): number {
  requireTimes(checkpointS, mtbfS);
  const x = checkpointS / (2 * mtbfS);
  if (x >= 1) return mtbfS;
  return youngInterval(checkpointS, mtbfS) * (1 + Math.sqrt(x) / 3 + x / 9) - checkpointS;
}

/** Share of useful time with checkpoints every `intervalS` of work: `tau / (M e^(R/M) (e^((tau + C)/M) - 1))`, Daly 2006, equation 13. */
export function goodputAt(intervalS: number, { checkpointS, restartS, mtbfS }: CheckpointRequest): number {
  requireTimes(checkpointS, mtbfS);
  requireNumber({ intervalS: [intervalS, 1e-6, 1e12], restartS: [restartS, 0, 1e9] });
  return intervalS / (mtbfS * Math.exp(restartS / mtbfS) * Math.expm1((intervalS + checkpointS) / mtbfS));
}

/** Goodput at Daly's interval; 1 where nothing ever fails. */
export function bestGoodput(request: CheckpointRequest): Goodput {
  if (request.mtbfS === Infinity) return { intervalS: Infinity, goodput: 1 };
  const intervalS = dalyInterval(request.checkpointS, request.mtbfS);
  return { intervalS, goodput: goodputAt(intervalS, request) };
}

/**
 * Most work that one interruption throws away, in accelerator-days: everything since the last checkpoint, which is up to
 * one step less than the interval. 100,000 GPUs, steps of 2 s, a checkpoint every 100: 229 GPU-days.
 */
export function mostWorkLost(accelerators: number, stepS: number, stepsPerCheckpoint: number): number {
  requireNumber({ accelerators: [accelerators, 1, 1e9], stepS: [stepS, 1e-6, 1e6], stepsPerCheckpoint: [stepsPerCheckpoint, 1, 1e9] });
  return (accelerators * stepS * (stepsPerCheckpoint - 1)) / 86_400;
}

function requireTimes(checkpointS: number, mtbfS: number): void {
  requireNumber({ checkpointS: [checkpointS, 1e-6, 1e9], mtbfS: [mtbfS, 1e-3, 1e15] });
}
