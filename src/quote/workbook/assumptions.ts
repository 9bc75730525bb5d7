import type { Derivation } from '../../engine/explain/derivation';
import { RATE } from './money-format';
import { isoDay, type Page, type Style } from './page';
import type { OpenDesign, OpenQuote } from './view';

/** What the figures rest on: prices and rounding, how counts were found, where part data come from. */
export const ASSUMPTION_WIDTHS: readonly number[] = [34, 58, 22, 46];

export function writeAssumptions(page: Page, quote: OpenQuote, design: OpenDesign): void {
  const { words } = page;
  const { word, sentence } = words;
  page.title(words.sheets.assumptions, `${quote.name}  ·  ${quote.number}`);
  page.heading(word.prices);
  page.note(sentence.pricesAsOf(quote.pricesAsOf, quote.totals.currency));
  if (quote.indicative) page.note(sentence.indicative, { bold: true });
  page.note(sentence.rounding[quote.rounding]);
  writeRates(page, quote);
  page.row += 1;
  if (design.derivations.length > 0) writeDerivations(page, design.derivations);
  writeSources(page, design);
  if (sentence.wording !== null) page.note(sentence.wording, { colour: 'muted' });
}

/** The rates that prices rest on, and those the total is told in. */
function writeRates(page: Page, { rates, alsoIn }: OpenQuote): void {
  const { word } = page.words;
  const all = [...rates, ...alsoIn];
  if (all.length === 0) return;
  page.row += 1;
  page.heading(word.exchangeRates);
  page.header([word.exchangeRate, word.source, word.value, word.date], ['left', 'left', 'right', 'apart']);
  for (const { from, to, rate, date, source } of all)
    page.line(
      [`1 ${from} → ${to}`, source || '–', Number(rate), date === null ? '–' : isoDay(date)],
      [
        { rule: 'bottom' },
        { rule: 'bottom', wrap: true },
        { rule: 'bottom', format: RATE },
        { rule: 'bottom', align: 'left', indent: 1, format: page.words.dateFormat },
      ],
    );
}

function writeDerivations(page: Page, derivations: readonly Derivation[]): void {
  const { word } = page.words;
  page.heading(word.derivations);
  page.header([word.figure, word.howFound, word.value, word.source], ['left', 'left', 'right', 'left']);
  for (const derivation of derivations) {
    const inputs = Object.entries(derivation.inputs)
      .map(([name, value]) => `${name} = ${value}`)
      .join(', ');
    const rule: Style = { rule: 'bottom', wrap: true };
    page.line(
      [derivation.label, inputs === '' ? derivation.formula : `${derivation.formula}\n${inputs}`, withUnit(derivation), derivation.source],
      [rule, rule, { ...rule, align: 'right' }, { ...rule, colour: 'muted', indent: 1 }],
    );
  }
  page.row += 1;
}

function withUnit({ value, unit }: Derivation): string {
  const shown = typeof value === 'number' ? value.toLocaleString('en-US', { maximumFractionDigits: 3 }) : value;
  return unit === undefined ? shown : `${shown} ${unit}`;
}

function writeSources(page: Page, design: OpenDesign): void {
  const { words } = page;
  const { word } = words;
  page.heading(word.sources);
  if (design.provenance.length === 0) return page.note(word.none);
  page.header([word.item, word.source, '', word.confidence], ['left', 'left', 'left', 'apart']);
  for (const entry of design.provenance) {
    const rule: Style = { rule: 'bottom', wrap: true };
    page.put(page.row, 1, entry.id, rule);
    page.put(page.row, 2, entry.source, { ...rule, span: 2 });
    page.put(page.row, 4, words.confidences[entry.confidence], { ...rule, indent: 1 });
    page.row += 1;
  }
}
