import { computed } from 'vue';
import { useUiStore } from '../stores/ui-store';

/** Numbers, money and lengths as the page shows them, by the language chosen. */
export function useFormat() {
  const ui = useUiStore();
  const tag = computed(() => (ui.locale === 'zh' ? 'zh-CN' : 'en-US'));
  const number = (value: number, digits = 0) => new Intl.NumberFormat(tag.value, { maximumFractionDigits: digits }).format(value);
  /** A decimal string shown with its own digits; money is never turned into a float to be calculated with. */
  const money = (amount: string | null | undefined, currency: string, whole = false) => {
    if (amount === null || amount === undefined) return '–';
    const digits = whole ? 0 : (amount.split('.')[1]?.length ?? 0);
    return new Intl.NumberFormat(tag.value, {
      style: 'currency',
      currency,
      currencyDisplay: 'code',
      minimumFractionDigits: digits,
      maximumFractionDigits: digits,
    }).format(amount as unknown as number);
  };
  /** An amount in a column that names its currency once, rounded to whole units. */
  const wholeAmount = (amount: string) =>
    new Intl.NumberFormat(tag.value, { maximumFractionDigits: 0 }).format(amount as unknown as number);
  const compact = (value: number, digits = 1) =>
    new Intl.NumberFormat(tag.value, { notation: 'compact', maximumFractionDigits: digits }).format(value);
  const kw = (value: number) => (value >= 1000 ? `${number(value / 1000, 2)} MW` : `${number(value, 1)} kW`);
  const metres = (value: number) => `${number(value, value < 10 ? 1 : 0)} m`;
  const seconds = (value: number) => `${number(value, 2)} s`;
  return { number, money, wholeAmount, compact, kw, metres, seconds };
}
