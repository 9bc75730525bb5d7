import type { DataValidation } from 'exceljs';
import type { Messages } from '../language';

/** What may be typed into the open cells. */
export function quantityRule(words: Messages): DataValidation {
  return {
    type: 'whole',
    operator: 'between',
    formulae: [0, 1_000_000_000],
    allowBlank: false,
    ...alert(words, words.sentence.quantityRule),
  };
}

export function percentRule(words: Messages): DataValidation {
  return { type: 'decimal', operator: 'between', formulae: [0, 100], allowBlank: false, ...alert(words, words.sentence.percentRule) };
}

export function marginRule(words: Messages): DataValidation {
  return { type: 'decimal', operator: 'between', formulae: [0, 99], allowBlank: false, ...alert(words, words.sentence.marginRule) };
}

export function rateRule(words: Messages): DataValidation {
  return { type: 'decimal', operator: 'greaterThan', formulae: [0], allowBlank: false, ...alert(words, words.sentence.rateRule) };
}

export function costRule(words: Messages): DataValidation {
  return { type: 'decimal', operator: 'greaterThanOrEqual', formulae: [0], allowBlank: true, ...alert(words, words.sentence.costRule) };
}

function alert(words: Messages, text: string): Partial<DataValidation> {
  return { showErrorMessage: true, errorStyle: 'stop', errorTitle: words.sentence.wrongEntry, error: text };
}
