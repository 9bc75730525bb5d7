import { currencyOfSign } from './columns';
import type { Cell } from './table';

/** Values of cells: each reads one, or says in a sentence why it cannot. */
export type Read<T> = { readonly value: T } | { readonly fault: string };

export type DecimalMark = 'point' | 'comma';

const AMOUNT_SIGNS = /^\s*(US\$|[$€£¥￥]|[A-Z]{3}|元|RMB)?\s*([-+]?[\d.,'\u00a0\u202f ]+?)\s*([$€£¥￥]|[A-Z]{3}|元|RMB)?\s*$/;
const MOST_DECIMALS = 4;

/** The currency that an amount names itself, if any. */
export function currencyOfAmount(text: string): string | null {
  const match = AMOUNT_SIGNS.exec(text);
  const sign = match?.[1] ?? match?.[3];
  if (sign === undefined) return null;
  return /^[A-Z]{3}$/.test(sign) && sign !== 'RMB' ? sign : currencyOfSign(sign);
}

/** An amount as the price book writes it: "1234.5". */
export function readAmount(cell: Cell, mark: DecimalMark): Read<string> {
  if (cell.text === '=')
    return { fault: 'is a formula without a stored result; open the file in your spreadsheet, save it and import it again' };
  const digits = cell.numeric ? cell.text : plainDigits(cell.text, mark);
  if (digits === null || !/^\d+(\.\d+)?$/.test(digits))
    return { fault: `is "${shorten(cell.text)}", but an amount of at least 0 is needed, such as 1234.50; correct or empty the cell` };
  const [whole = '', fraction = ''] = digits.split('.');
  const kept = fraction.replace(/0+$/, '');
  if (kept.length > MOST_DECIMALS) return { fault: `is ${digits}, but a price has at most ${MOST_DECIMALS} decimals; round it` };
  const plain = whole.replace(/^0+(?=\d)/, '');
  if (plain.length > 12) return { fault: `is ${digits}, but a price has at most 12 digits before the point; correct it` };
  return { value: fraction === '' ? plain : `${plain}.${fraction.length > MOST_DECIMALS ? kept || '0' : fraction}` };
}

function plainDigits(text: string, mark: DecimalMark): string | null {
  const number = AMOUNT_SIGNS.exec(text)?.[2]?.replace(/['\u00a0\u202f ]/g, '');
  if (number === undefined) return null;
  const [group, point] = mark === 'point' ? [',', '.'] : ['.', ','];
  const [whole = '', ...rest] = number.split(point);
  if (rest.length > 1 || (rest[0] ?? '').includes(group)) return null;
  const groups = whole.split(group);
  const grouped = groups.slice(1).every((part) => part.length === 3) && groups[0]!.length <= (groups.length > 1 ? 3 : 15);
  if (!grouped) return null;
  return rest.length === 0 ? groups.join('') : `${groups.join('')}.${rest[0]}`;
}

/** The decimal mark that amounts in text agree on: by those that can be read one way only. Point unless any says comma. */
export function markOf(amounts: readonly Cell[]): DecimalMark {
  const text = amounts.filter((cell) => !cell.numeric);
  const onlyComma = text.filter((cell) => 'value' in readAmount(cell, 'comma') && !('value' in readAmount(cell, 'point'))).length;
  const onlyPoint = text.filter((cell) => 'value' in readAmount(cell, 'point') && !('value' in readAmount(cell, 'comma'))).length;
  return onlyComma > onlyPoint ? 'comma' : 'point';
}

export function readCount(cell: Cell, least: number): Read<number> {
  const text = cell.text.trim().replaceAll(/[,\s]/g, '');
  const value = Number(text);
  if (!/^\d{1,10}$/.test(text) || value < least)
    return { fault: `is "${shorten(cell.text)}", but a whole number of at least ${least} is needed; correct it` };
  return { value };
}

const DAY_MS = 86_400_000;
/** Day 0 of each count: Excel's 1900 has a 29 February that never was. */
const EPOCH_1900 = Date.UTC(1899, 11, 30);
const EPOCH_1904 = Date.UTC(1904, 0, 1);

/** A day as ISO date: a spreadsheet's day number, or text whose order cannot be mistaken. */
export function readDay(cell: Cell, from1904: boolean): Read<string> {
  const fault = { fault: `is "${shorten(cell.text)}", but a date is needed, such as 2026-11-24; correct or empty the cell` };
  if (cell.numeric) {
    const days = Math.floor(Number(cell.text));
    if (days < 1 || days > 200_000) return fault;
    return { value: new Date((from1904 ? EPOCH_1904 : EPOCH_1900) + days * DAY_MS).toISOString().slice(0, 10) };
  }
  const match = /^(\d{4})(?:[-/.]|年)(\d{1,2})(?:[-/.]|月)(\d{1,2})日?(?:T.*)?$/.exec(cell.text.trim());
  if (match === null) return fault;
  const value = `${match[1]}-${match[2]!.padStart(2, '0')}-${match[3]!.padStart(2, '0')}`;
  const time = Date.parse(`${value}T00:00:00Z`);
  return Number.isNaN(time) || !new Date(time).toISOString().startsWith(value) ? fault : { value };
}

export function shorten(text: string): string {
  return text.length > 40 ? `${text.slice(0, 37)}…` : text;
}
