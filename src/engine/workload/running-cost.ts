/** Energy and cost of a training run; power and price come from the design. */
import type { DecimalString } from '../../units/money';
import { decimal, moneyString } from '../../units/money';

export interface TrainingEnergy {
  readonly megawattHours: number;
  readonly joulesPerToken: number;
}

/** `E = IT power x PUE x time`; power as measured at the racks, W. */
export function trainingEnergy(tokensPerSecond: number, tokens: number, itPowerW: number, pue: number): TrainingEnergy {
  const facilityW = itPowerW * pue;
  const seconds = tokens / tokensPerSecond;
  return { megawattHours: (facilityW * seconds) / 3.6e9, joulesPerToken: facilityW / tokensPerSecond };
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
  acceleratorHours: number,
  tokens: number,
  acceleratorHour: DecimalString,
  goodputPct: number,
  currency: string,
): TrainingCost {
  const total = decimal(acceleratorHour).times(acceleratorHours).times(100).div(goodputPct);
  return { total: moneyString(total, currency), perMillionTokens: total.times(1_000_000).div(tokens).toFixed(6) };
}

/** Accelerator-hours of a run at `tokensPerSecond` on `accelerators`. */
export function acceleratorHours(accelerators: number, tokens: number, tokensPerSecond: number): number {
  return (accelerators * (tokens / tokensPerSecond)) / 3600;
}
