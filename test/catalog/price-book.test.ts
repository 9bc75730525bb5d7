import { describe, expect, it } from 'vitest';
import { createPriceList, tierAt } from '../../src/catalog/price-book';
import { partPrice } from '../../src/engine/cost/part-price';
import { ratedPrices, resolvePricing } from '../../src/engine/cost/pricing';

const book = (prices: readonly object[], more: object = {}) => ({
  format: 'scaleplan.prices/1',
  id: 'x',
  name: 'List',
  currency: 'USD',
  date: '2026-05-01',
  prices: prices.map((price) => ({ source: 's', confidence: 'vendor', ...price })),
  ...more,
});

describe('the days a price holds', () => {
  const prices = [
    { sku: 'a', unitPrice: '10', validTo: '2026-06-30' },
    { sku: 'a', unitPrice: '12', validFrom: '2026-07-01', validTo: '2026-12-31' },
  ];
  it.each([
    ['2026-06-30', '10', 'valid'],
    ['2026-07-01', '12', 'valid'],
    ['2027-01-01', '12', 'expired'],
  ])('on %s it is %s, %s', (date, unitPrice, standing) => {
    expect(createPriceList(book(prices), { date }).bySku.get('a')).toMatchObject({ unitPrice, standing });
  });

  it('are those of the book where the price has none', () => {
    const list = createPriceList(book([{ sku: 'a', unitPrice: '1' }], { validTo: '2026-01-31' }), { date: '2026-02-01' });
    expect(list.bySku.get('a')).toMatchObject({ standing: 'expired', validTo: '2026-01-31' });
  });

  it('may not overlap, nor end before they begin', () => {
    expect(() => createPriceList(book([prices[0]!, { sku: 'a', unitPrice: '11' }]))).toThrow(/priced twice for the same days/);
    expect(() => createPriceList(book([{ sku: 'a', unitPrice: '1', validFrom: '2026-02-01', validTo: '2026-01-01' }]))).toThrow(
      /before validFrom/,
    );
  });
});

describe('volume steps', () => {
  const entry = {
    sku: 'a',
    unitPrice: '10',
    tiers: [
      { fromQuantity: 10, unitPrice: '9' },
      { fromQuantity: 100, unitPrice: '8' },
    ],
  };
  it.each([
    [1, '10'],
    [9, '10'],
    [10, '9'],
    [99, '9'],
    [100, '8'],
  ])('%i pieces cost %s each', (quantity, price) => {
    const listed = createPriceList(book([entry])).bySku.get('a')!;
    expect(tierAt(listed, quantity).unitPrice.toFixed()).toBe(price);
  });

  it('rise in quantity and never in price', () => {
    expect(() => createPriceList(book([{ ...entry, tiers: [...entry.tiers].reverse() }]))).toThrow(/rising quantity/);
    expect(() => createPriceList(book([{ ...entry, tiers: [{ fromQuantity: 2, unitPrice: '11' }] }]))).toThrow(/more than fewer pieces/);
  });
});

describe('several books', () => {
  const dollars = book([
    { sku: 'a', unitPrice: '10' },
    { sku: 'b', unitPrice: '20' },
  ]);
  const yuan = book([{ sku: 'a', unitPrice: '70' }], { name: 'Yuan', currency: 'CNY' });

  it('a later one goes before an earlier one, part by part', () => {
    const list = createPriceList([dollars, yuan]);
    expect([list.book.name, list.bySku.get('a')?.book, list.bySku.get('b')?.book]).toEqual(['Yuan', 'Yuan', 'List']);
  });

  it('compare by the rates of the brief, and are refused without', () => {
    const brief = {
      currency: 'EUR',
      rates: [
        { currency: 'CNY', rate: '0.125' },
        { currency: 'USD', rate: '0.9' },
      ],
    };
    const list = ratedPrices(createPriceList([dollars, yuan]), brief);
    expect(partPrice(list, 'b')?.unit.toFixed()).toBe('144');
    expect(resolvePricing(brief, list.book).rateOf('USD').toFixed()).toBe('0.9');
    expect(() => ratedPrices(createPriceList([dollars, yuan]), { currency: 'CNY' })).toThrow(/no rate for USD/);
  });
});
