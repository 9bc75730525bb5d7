import type { BreakEven, MonteCarlo, PinnedDifferences, Sensitivity } from '../contract/procedures';
import { num } from '../units/format';
import { table } from './table';

/** What the command pins prints for a person. */

export interface Pins {
  readonly differences: PinnedDifferences;
  /** For each design but the first, what would have to be true for the first to cost no more than it. */
  readonly breakEven: readonly (readonly BreakEven[])[];
  readonly sensitivity: Sensitivity;
  readonly monteCarlo: MonteCarlo;
}

const nameOf = (at: number) => String.fromCharCode(65 + at);

export function printPins({ differences, breakEven, sensitivity, monteCarlo }: Pins): string {
  const { currency } = differences;
  const parts = [
    differences.designs.map((design, at) => `${nameOf(at)}  ${design}`).join('\n'),
    printDifferences(differences),
    ...breakEven.map((rows, at) => `for A to cost no more in total than ${nameOf(at + 1)}\n${printBreakEven(rows)}`),
    `total in ${currency} with each driver ${sensitivity.changePct} % lower and higher, all else as today\n${printTornado(sensitivity)}`,
    printMonteCarlo(monteCarlo, currency),
  ];
  return `${parts.join('\n\n')}\n`;
}

function printDifferences({ designs, currency, totals, categories, figures, lines }: PinnedDifferences): string {
  const others = designs.slice(1).map((_, at) => at + 1);
  const heads = [...designs.map((_, at) => nameOf(at)), ...others.map((at) => `${nameOf(at)} - A`), 'why'];
  const why = (reasons: readonly (string | null)[]) =>
    others.flatMap((at) => (reasons[at] ? [designs.length > 2 ? `${nameOf(at)}: ${reasons[at]}` : reasons[at]] : [])).join('; ');
  const changed = lines.filter((line) => others.some((at) => line.quantityDeltas[at] !== 0 || line.amountDeltas[at] !== '0.00'));
  return [
    table([
      [currency, ...heads],
      ...[...totals, ...categories].map(({ name, amounts, deltas, reasons }) => [
        name,
        ...amounts,
        ...others.map((at) => deltas[at]!),
        why(reasons),
      ]),
    ]),
    table([
      ['figure', ...heads],
      ...figures.map(({ name, unit, values, deltas, reasons }) => [
        `${name}${unit === '' ? '' : `, ${unit}`}`,
        ...values.map((value) => value ?? '-'),
        ...others.map((at) => deltas[at] ?? '-'),
        why(reasons),
      ]),
    ]),
    changed.length === 0
      ? 'the same lines are bought for all of them'
      : table([
          ['quantity', ...heads],
          ...changed.map(({ sku, quantities, quantityDeltas, reasons }) => [
            sku,
            ...quantities,
            ...others.map((at) => quantityDeltas[at]!),
            why(reasons),
          ]),
        ]),
  ].join('\n\n');
}

function printBreakEven(rows: readonly BreakEven[]): string {
  return table([
    ['driver', 'today', 'what would have to be true'],
    ...rows.map(({ driver, today, sentence }) => [driver, today, sentence]),
  ]);
}

function printTornado({ today, bars }: Sensitivity): string {
  return table([
    ['driver', ...today.flatMap((_, at) => [`${nameOf(at)} lower`, `${nameOf(at)} higher`])],
    ...bars.map(({ driver, low, high }) => [driver, ...today.flatMap((_, at) => [num(low[at]!, 0), num(high[at]!, 0)])]),
  ]);
}

function printMonteCarlo({ samples, seed, designs, beats }: MonteCarlo, currency: string): string {
  return `${num(samples)} draws, seed ${seed}, the same for all designs; total in ${currency}\n${table([
    ['design', 'P10', 'P50', 'P90', 'mean', ...designs.map((_, at) => `cheaper than ${nameOf(at)}`)],
    ...designs.map(({ p10, p50, p90, mean }, at) => [
      nameOf(at),
      ...[p10, p50, p90, mean].map((value) => num(value, 0)),
      ...beats[at]!.map((share, other) => (other === at ? '-' : `${num(100 * share, 1)} %`)),
    ]),
  ])}`;
}
