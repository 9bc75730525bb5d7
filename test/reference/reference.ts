import { readFileSync } from 'node:fs';

/** Published rows and worked vectors as data, and the form in which a test answers one. */

type Value = number | string | readonly number[] | null;

interface RowData {
  readonly id: string;
  readonly source: string;
  readonly inputs: Readonly<Record<string, unknown>>;
  readonly expected: Readonly<Record<string, Value>>;
  /** Relative; 0 means exact. */
  readonly tolerance: number;
}

/** A figure that is not ours to compute: measured, or priced by a method that its source does not print. */
export interface Quoted {
  readonly quoted: string;
}

export type Answer = Value | Quoted;
export type Answers = Readonly<Record<string, Answer>>;

/** Answers one row from its inputs alone. */
export type Case = (row: Row) => Answers;

export const quoted = (reason: string): Quoted => ({ quoted: reason });

export class Row {
  constructor(readonly data: RowData) {}

  /** A numeric input. */
  n(name: string): number {
    const value = this.data.inputs[name];
    if (typeof value !== 'number') throw new Error(`${this.data.id} has no number ${name}`);
    return value;
  }

  /** An input that is a list of numbers. */
  list(name: string): readonly number[] {
    const value = this.data.inputs[name];
    if (!Array.isArray(value)) throw new Error(`${this.data.id} has no list ${name}`);
    return value as readonly number[];
  }
}

const read = (file: string): Row[] =>
  (JSON.parse(readFileSync(new URL(file, import.meta.url), 'utf8')) as RowData[]).map((data) => new Row(data));

/** Tables and figures from documents: reference architectures, papers, data sheets. */
export const goldenRows = read('golden.json');
/** Small worked numbers for single formulas. */
export const vectorRows = read('vectors.json');
