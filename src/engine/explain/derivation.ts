/** How a figure came about: what an interface shows behind "why". */
export interface Derivation {
  readonly id: string;
  readonly label: string;
  readonly formula: string;
  readonly inputs: Readonly<Record<string, string | number>>;
  readonly value: string | number;
  readonly unit?: string;
  readonly source: string;
}
