/** The paper a document is set for. */
export const PAPER_SIZES = ['a4', 'letter'] as const;
export type PaperSize = (typeof PAPER_SIZES)[number];

/** The spreadsheet's number for a paper (ECMA-376 part 1, 18.3.1.63). */
export function paperCode(paper: PaperSize): number {
  return paper === 'letter' ? 1 : 9;
}
