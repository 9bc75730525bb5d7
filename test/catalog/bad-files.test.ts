import { describe, expect, it } from 'vitest';
import { createCatalog } from '../../src/catalog/catalog';
import { createPriceList } from '../../src/catalog/price-book';
import { InputFault } from '../../src/units/fault';

type Json = Record<string, unknown>;
const source = { source: 'a test', confidence: 'estimate', notes: 'made up' };
const accelerator: Json = { kind: 'accelerator', id: 'chip', vendor: 'V', model: 'M', peakTflops: { bf16: 1000 }, tdpW: 700, ...source };
const nic: Json = {
  kind: 'nic',
  id: 'card',
  vendor: 'V',
  model: 'M',
  protocols: ['ethernet'],
  cage: { count: 1, form: 'osfp', heatSink: 'flat-top', modes: [{ gbps: 400, laneGbps: 100, portsPerCage: 1 }] },
  ...source,
};
const supernode: Json = {
  kind: 'supernode',
  id: 'box',
  vendor: 'V',
  model: 'M',
  accelerator: 'chip',
  accelerators: 8,
  nodes: 1,
  powerW: 10000,
  cooling: 'air',
  mounting: { type: 'chassis', rackUnits: 8 },
  scaleUp: {
    technology: 'X',
    structure: 'switched',
    gbpsPerAccelerator: 3600,
    linkGbps: 200,
    laneGbps: 100,
    switches: 4,
    links: 144,
    transceivers: 0,
    copperPairs: 0,
    medium: 'board',
  },
  ports: { compute: { nic: 'card', ports: 8 } },
  ...source,
};
const load = (...entries: Json[]) => createCatalog([{ name: 'mine', content: { format: 'scaleplan.catalog/1', entries } }]);

function issuesOf(act: () => unknown): { path: string; message: string }[] {
  try {
    act();
  } catch (fault) {
    if (fault instanceof InputFault) return fault.issues.map(({ path, message }) => ({ path, message }));
    throw fault;
  }
  throw new Error('accepted');
}

describe('a catalog file of the user', () => {
  it('loads when it is sound', () => {
    expect(load(accelerator, nic, supernode).entries).toHaveLength(3);
  });

  it('replaces a built-in entry of the same id', () => {
    const base = { name: 'base', content: { format: 'scaleplan.catalog/1', entries: [accelerator] } };
    const mine = { name: 'mine', content: { format: 'scaleplan.catalog/1', entries: [{ ...accelerator, tdpW: 650 }] } };
    expect(createCatalog([base, mine]).byId.get('chip')).toMatchObject({ tdpW: 650 });
  });

  it.each([
    ['an unknown kind', () => load({ ...accelerator, kind: 'toaster' }), 'mine.entries[0].kind', /"toaster"/],
    ['a negative power', () => load({ ...accelerator, tdpW: -5 }), 'mine.entries[0].tdpW', /-5.*at least 0/],
    ['a peak of nothing', () => load({ ...accelerator, peakTflops: { bf16: 0 } }), 'mine.entries[0].peakTflops.bf16', /above 0/],
    ['a missing source', () => load({ ...accelerator, source: undefined }), 'mine.entries[0].source', /missing/],
    [
      'an unknown confidence',
      () => load({ ...accelerator, confidence: 'sure' }),
      'mine.entries[0].confidence',
      /"sure"; allowed: .*datasheet/,
    ],
    ['a misspelt field', () => load({ ...accelerator, tdp: 700 }), 'mine.entries[0]', /unknown field "tdp"/],
    ['an id with capitals', () => load({ ...accelerator, id: 'Chip' }), 'mine.entries[0].id', /lower-case/],
    [
      'a cage without a mode',
      () => load({ ...nic, cage: { count: 1, form: 'osfp', modes: [] } }),
      'mine.entries[0].cage.modes',
      /at least 1 item/,
    ],
    ['half a cage', () => load({ ...nic, cage: { ...(nic['cage'] as Json), count: 0.5 } }), 'mine.entries[0].cage.count', /whole number/],
    ['text for a number', () => load({ ...accelerator, tdpW: '700' }), 'mine.entries[0].tdpW', /"700".*a number/],
    ['an id twice', () => load(accelerator, accelerator), 'mine.chip', /stands twice/],
    ['a supernode without its NIC', () => load(accelerator, supernode), 'box.ports.compute.nic', /names nic "card".*does not have/],
    ['a supernode without its accelerator', () => load(nic, supernode), 'box.accelerator', /names accelerator "chip"/],
    [
      'an accelerator where a NIC belongs',
      () => load(accelerator, nic, { ...supernode, ports: { compute: { nic: 'chip', ports: 8 } } }),
      'box.ports.compute.nic',
      /names nic "chip"/,
    ],
    ['a successor that does not exist', () => load({ ...accelerator, supersededBy: 'gone' }), 'chip.supersededBy', /"gone"/],
  ])('is refused with a sentence for %s', (_, act, path, message) => {
    const issue = issuesOf(act).find((candidate) => candidate.path === path);
    expect(issue?.message).toMatch(message);
  });

  it('is refused when its format is another', () => {
    const issues = issuesOf(() => createCatalog([{ name: 'mine', content: { format: 'scaleplan.catalog/9', entries: [] } }]));
    expect(issues).toEqual([{ path: 'mine.format', message: expect.stringContaining('scaleplan.catalog/1') as string }]);
  });

  it('reports every fault at once', () => {
    expect(issuesOf(() => load({ ...accelerator, tdpW: -1, vendor: '' }))).toHaveLength(2);
  });
});

describe('a price book of the user', () => {
  const price = { sku: 'chip', unitPrice: '25000.00', source: 'a test', confidence: 'vendor' };
  const book = (...prices: Json[]) => ({
    format: 'scaleplan.prices/1',
    id: 'mine',
    name: 'Mine',
    currency: 'USD',
    date: '2026-11-24',
    prices,
  });

  it('loads when it is sound', () => {
    expect(createPriceList(book(price)).bySku.get('chip')?.unitPrice).toBe('25000.00');
  });

  it.each([
    ['a negative price', book({ ...price, unitPrice: '-3' }), 'priceBook.prices[0].unitPrice', /"-3".*without a sign/],
    ['a price that is a number', book({ ...price, unitPrice: 25000 }), 'priceBook.prices[0].unitPrice', /text is needed/],
    ['a thousands separator', book({ ...price, unitPrice: '25,000' }), 'priceBook.prices[0].unitPrice', /decimal/],
    ['a currency in words', { ...book(price), currency: 'dollars' }, 'priceBook.currency', /"dollars"/],
    ['a part priced twice', book(price, price), 'priceBook.chip', /priced twice/],
  ])('is refused with a sentence for %s', (_, content, path, message) => {
    const issue = issuesOf(() => createPriceList(content)).find((candidate) => candidate.path === path);
    expect(issue?.message).toMatch(message);
  });
});
