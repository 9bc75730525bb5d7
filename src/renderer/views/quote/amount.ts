import { useUiStore } from '../../stores/ui-store';

/** A decimal string grouped for reading, with its own digits and no currency: the table names it once. */
export function useAmount() {
  const ui = useUiStore();
  return (amount: string): string => {
    const digits = amount.split('.')[1]?.length ?? 0;
    // A string keeps every digit; through a float large sums would lose some.
    return new Intl.NumberFormat(ui.locale === 'zh' ? 'zh-CN' : 'en-US', {
      minimumFractionDigits: digits,
      maximumFractionDigits: digits,
    }).format(amount as unknown as number);
  };
}
