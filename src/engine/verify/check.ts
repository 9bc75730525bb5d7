/** One thing that was checked, and what was found. */
export interface Check {
  readonly name: string;
  readonly ok: boolean;
  readonly detail: string;
}

export type Finding = Omit<Check, 'name'>;

export const pass = (detail: string): Finding => ({ ok: true, detail });
export const fail = (detail: string): Finding => ({ ok: false, detail });
