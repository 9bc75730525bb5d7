import { toFault } from '../../contract/faults';
import { useUiStore } from '../stores/ui-store';
import { inChinese } from '../locales/zh/sentences';

/** The engine's sentences in the language of the page; one that has no translation stays as the engine wrote it. */
export function useSentence(): (sentence: string) => string {
  const ui = useUiStore();
  return (sentence) => (ui.locale === 'zh' ? inChinese(sentence) : sentence);
}

/** What went wrong, as a sentence. */
export function sentenceOf(error: unknown): string {
  const fault = toFault(error);
  return fault instanceof Error ? fault.message : String(fault);
}
