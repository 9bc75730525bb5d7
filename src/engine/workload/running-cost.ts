/** Energy and cost of a training run; power and price come from the design or the price book. */
import type { DecimalString } from '../../units/money';
import { decimal, moneyString } from '../../units/money';
import type { StepResult } from './step-result';

/** What one accelerator with its share of hosts and fabrics draws and costs. */
export interface RunningTerms {
  /** Equipment, without cooling. */
  readonly itPowerW: number;
  readonly pue: number;
  readonly powerBasis: string;
  readonly price: {
    /** Everything that is counted, for one accelerator and hour. */
    readonly acceleratorHour: DecimalString;
    readonly currency: string;
    readonly basis: string;
  } | null;
  /** Share of time that is not lost to failures. */
  readonly goodputPct: number;
}

export interface RunningCost {
  readonly energy: {
    readonly itPowerWPerAccelerator: number;
    readonly pue: number;
    readonly joulesPerToken: number;
    readonly lowJoulesPerToken: number;
    readonly highJoulesPerToken: number;
    /** Of the whole run, where the tokens are known. */
    readonly megawattHours?: number;
    readonly basis: string;
  };
  readonly cost: {
    readonly currency: string;
    readonly acceleratorHour: DecimalString;
    readonly perMillionTokens: DecimalString;
    readonly lowPerMillionTokens: DecimalString;
    readonly highPerMillionTokens: DecimalString;
    readonly total?: DecimalString;
    readonly basis: string;
  } | null;
  readonly goodputPct: number;
}

/** Energy of one token, J: `IT power x PUE x n / (tokens/s x goodput)`. */
export function joulesPerToken(tokensPerSecond: number, itPowerW: number, pue: number, goodputPct = 100): number {
  return (itPowerW * pue) / (tokensPerSecond * (goodputPct / 100));
}

export interface TrainingCost {
  readonly perMillionTokens: DecimalString;
  readonly total: DecimalString;
}

/**
 * What a run costs when one accelerator-hour, everything included, costs `acceleratorHour`. `goodputPct` is the share of time that
 * is not lost to failures. (DeepSeek-V3, arXiv 2412.19437, Table 1: 2.788 M hours at 2 USD make 5.576 M USD.)
 */
export function trainingCost(
  hours: number,
  tokens: number,
  acceleratorHour: DecimalString,
  goodputPct: number,
  currency: string,
): TrainingCost {
  const total = decimal(acceleratorHour).times(hours).times(100).div(goodputPct);
  return { total: moneyString(total, currency), perMillionTokens: total.times(1_000_000).div(tokens).toFixed(6) };
}

/** Accelerator-hours of a run at `tokensPerSecond` on `accelerators`. */
export function acceleratorHours(accelerators: number, tokens: number, tokensPerSecond: number): number {
  return (accelerators * (tokens / tokensPerSecond)) / 3600;
}

/** Tokens that the unit price is reckoned on; the price of a token does not depend on how many are trained. */
const MILLION = 1_000_000;

/** Energy and cost of the step, with the band of the step's time: a slower step draws and costs the more. */
export function runningCost(step: StepResult, tokens: number | undefined, terms: RunningTerms): RunningCost {
  const { accelerators, tokensPerSecond, band } = step;
  const { itPowerW, pue, goodputPct, price } = terms;
  const joules = joulesPerToken(tokensPerSecond, itPowerW * accelerators, pue, goodputPct);
  const [low, high] = [1 - band.plusMinusPct / 100, 1 + band.plusMinusPct / 100];
  const costAt = (count: number, scale: number) =>
    trainingCost(
      acceleratorHours(accelerators, count, tokensPerSecond) * scale,
      count,
      price!.acceleratorHour,
      goodputPct,
      price!.currency,
    );
  return {
    energy: {
      itPowerWPerAccelerator: itPowerW,
      pue,
      joulesPerToken: joules,
      lowJoulesPerToken: joules * low,
      highJoulesPerToken: joules * high,
      ...(tokens === undefined ? {} : { megawattHours: (joules * tokens) / 3.6e9 }),
      basis: terms.powerBasis,
    },
    cost:
      price === null
        ? null
        : {
            currency: price.currency,
            acceleratorHour: price.acceleratorHour,
            perMillionTokens: costAt(MILLION, 1).perMillionTokens,
            lowPerMillionTokens: costAt(MILLION, low).perMillionTokens,
            highPerMillionTokens: costAt(MILLION, high).perMillionTokens,
            ...(tokens === undefined ? {} : { total: costAt(tokens, 1).total }),
            basis: price.basis,
          },
    goodputPct,
  };
}
