import { readFileSync, readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { createCatalog } from '../../src/catalog/catalog';
import { createPriceList } from '../../src/catalog/price-book';

const read = (url: URL) => JSON.parse(readFileSync(url, 'utf8')) as unknown;
const folder = new URL('../../resources/catalog/', import.meta.url);
const catalog = createCatalog(
  readdirSync(folder)
    .sort()
    .map((name) => ({ name, content: read(new URL(name, folder)) })),
);
const list = createPriceList(read(new URL('../../resources/prices/built-in.json', import.meta.url)), { name: 'built-in' });

/** Things sold that are no catalog entry: parts of custom scale-up domains, and work. */
const OTHER_SKUS = [
  'custom-host-node',
  'scaleup-switch-chip',
  'scaleup-copper-pair',
  'scaleup-optical-module',
  'service-install-link',
  'service-install-rack',
];
const FREE = ['co-packaged-engine', 'co-packaged-engine-mmc'];

/** Accelerators of which too little is published to estimate what they cost: quotes say "on request". */
const ON_REQUEST = ['nvidia-gh200-96gb', 'nvidia-vr300', 'amd-mi300a', 'amd-mi308x', 'amd-mi350x', 'intel-gaudi2', 'alibaba-al128-slot'];

describe('the built-in price book', () => {
  it('says that it is indicative, in dollars, of a date', () => {
    expect(list.book).toMatchObject({ id: 'built-in', currency: 'USD', date: '2026-11-24' });
    expect(list.book.name).toContain('INDICATIVE');
  });

  it('prices every part that can be bought', () => {
    const sold = catalog.entries.filter((entry) => entry.kind !== 'failure-rate' && entry.kind !== 'figure');
    expect(sold.filter((entry) => !list.bySku.has(entry.id)).map((entry) => entry.id)).toEqual(ON_REQUEST);
  });

  it('prices nothing that does not exist', () => {
    expect([...list.bySku.keys()].filter((sku) => !catalog.byId.has(sku)).toSorted()).toEqual(OTHER_SKUS.toSorted());
  });

  it('gives nothing away but optics that are part of their switch', () => {
    expect(list.book.prices.filter((price) => Number(price.unitPrice) === 0).map((price) => price.sku)).toEqual(FREE);
  });

  it('prices by the metre exactly what is sold by length', () => {
    const byLength = catalog.entries.filter((entry) => entry.kind === 'cable' || entry.kind === 'fibre').map((entry) => entry.id);
    expect(
      list.book.prices
        .filter((price) => price.perMetre !== undefined)
        .map((price) => price.sku)
        .filter((sku) => !byLength.includes(sku)),
    ).toEqual([]);
    expect(byLength.filter((id) => list.bySku.get(id)?.perMetre === undefined)).toEqual([]);
  });

  it('explains every estimate', () => {
    expect(
      list.book.prices.filter((price) => price.confidence === 'estimate' && price.notes === undefined).map((price) => price.sku),
    ).toEqual([]);
  });

  it.each([
    ['nvidia-dgx-h100', '310000.00'],
    ['nvidia-qm9700', '36000.00'],
    ['nvidia-q3400-ra', '149939.00'],
    ['nvidia-gb200-nvl72', '3100000.00'],
    ['huawei-cloudmatrix384', '8200000.00'],
    ['generic-400g-osfp-dr4', '879.00'],
    ['generic-800g-osfp-2xdr4', '1000.00'],
    ['fs-100g-qsfp28-sr4', '129.00'],
  ])('takes the published price of %s, %s', (sku, unitPrice) => {
    expect(list.bySku.get(sku)).toMatchObject({ unitPrice, confidence: 'secondary' });
  });

  it('makes the listed 45 dollars of a 100G copper cable of one metre', () => {
    const { unitPrice, perMetre } = list.bySku.get('generic-100g-qsfp28-dac')!;
    expect(Number(unitPrice) + Number(perMetre)).toBe(45);
  });

  it('never lets a passive cable cost more than the active one of the same plugs', () => {
    const metre = (sku: string) => Number(list.bySku.get(sku)!.unitPrice) + Number(list.bySku.get(sku)!.perMetre);
    expect(metre('generic-800g-qsfp-dd800-dac')).toBeLessThan(metre('generic-800g-qsfp-dd800-aec'));
    expect(metre('generic-800g-qsfp-dd800-aec')).toBeLessThan(metre('generic-800g-qsfp-dd800-aoc'));
    expect(metre('nvidia-mcp4y10')).toBeLessThan(metre('nvidia-mca4j80'));
  });
});
