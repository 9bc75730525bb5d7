import { createPinia, setActivePinia } from 'pinia';
import { beforeEach, describe, expect, it } from 'vitest';
import { useFormat } from '../../../src/renderer/format/format';
import { useUiStore } from '../../../src/renderer/stores/ui-store';

beforeEach(() => {
  window.localStorage.clear();
  setActivePinia(createPinia());
});

describe('numbers on the page', () => {
  it('have thousands separators and their own unit', () => {
    const { number, kw, metres } = useFormat();
    expect(number(16_384)).toBe('16,384');
    expect(kw(940.25)).toBe('940.3 kW');
    expect(kw(1_930)).toBe('1.93 MW');
    expect(metres(2.5)).toBe('2.5 m');
    expect(metres(30)).toBe('30 m');
  });

  it('keep every digit of an amount, more than a float holds', () => {
    const { money, wholeAmount } = useFormat();
    expect(money('90071992547409931.27', 'USD').replace(/\s/g, ' ')).toBe('USD 90,071,992,547,409,931.27');
    expect(money(null, 'USD')).toBe('–');
    expect(wholeAmount('50132735.24')).toBe('50,132,735');
  });

  it('follow the language', () => {
    useUiStore().locale = 'zh';
    const { compact } = useFormat();
    expect(compact(25_000)).toContain('万');
  });
});
