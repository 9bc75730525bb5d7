import { readFileSync } from 'node:fs';
import { mount } from '@vue/test-utils';
import { createRouterClient } from '@orpc/server';
import { createPinia, setActivePinia } from 'pinia';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createCatalog } from '../../../src/catalog/catalog';
import { createPriceList } from '../../../src/catalog/price-book';
import { nextTick } from 'vue';
import type { PriceBook } from '../../../src/contract/procedures';
import { i18n } from '../../../src/renderer/app/i18n';
import type { Client } from '../../../src/renderer/client/transport';
import { provideClient } from '../../../src/renderer/stores/client';
import { useProjectStore } from '../../../src/renderer/stores/project-store';
import { usePriceBooks } from '../../../src/renderer/stores/price-books';
import { useUiStore } from '../../../src/renderer/stores/ui-store';
import ImportDrawer from '../../../src/renderer/views/prices/ImportDrawer.vue';
import PriceBooks from '../../../src/renderer/views/prices/PriceBooks.vue';
import { createRouter } from '../../../src/service/router';

/** The price books of the page over the program's own procedures, with a shelf in memory. */

const resource = (path: string) => JSON.parse(readFileSync(`resources/${path}`, 'utf8')) as unknown;
const catalog = createCatalog(['switches', 'transceivers'].map((name) => ({ name, content: resource(`catalog/${name}.json`) })));
const prices = createPriceList(resource('prices/built-in.json'));

let shelf: Map<string, string>;

beforeEach(() => {
  window.localStorage.clear();
  setActivePinia(createPinia());
  shelf = new Map();
  const router = createRouter({
    catalog,
    prices,
    templates: [],
    documentFont: () => Promise.reject(new Error('no document is made here')),
    now: () => new Date('2026-11-24T00:00:00Z'),
    documents: {
      names: () => Promise.resolve([...shelf.keys()]),
      read: (name) => Promise.resolve(shelf.get(name) ?? null),
      write: (name, text) => Promise.resolve(void shelf.set(name, text)),
      remove: (name) => Promise.resolve(void shelf.delete(name)),
    },
  });
  provideClient(createRouterClient(router) as unknown as Client);
});
afterEach(() => {
  provideClient(null);
  useUiStore().locale = 'en';
  document.body.replaceChildren();
});

const mounted = (component: typeof PriceBooks | typeof ImportDrawer, props: object = {}) =>
  mount(component as typeof PriceBooks, { props, global: { plugins: [i18n] }, attachTo: document.body });
const list = (name: string, text: string) => new File([text], name, { type: 'text/csv' });
const page = () => document.body;
const shown = (test: string) => page().querySelector<HTMLElement>(`[data-test="${test}"]`);
const until = (what: () => unknown) => vi.waitFor(() => expect(what()).toBeTruthy(), { timeout: 5_000 });

async function openList(file: File): Promise<void> {
  await until(() => shown('import-file'));
  const input = shown('import-file') as HTMLInputElement;
  Object.defineProperty(input, 'files', { value: [file], configurable: true });
  input.dispatchEvent(new Event('change'));
  await until(() => shown('imported-rows') ?? shown('import-faults') ?? page().textContent.includes('Name the column'));
}

const keepButton = () => shown('import-keep') as HTMLButtonElement;
const keep = async () => {
  await until(() => !keepButton().disabled);
  keepButton().click();
};
const kept = () => [...shelf.values()].map((text) => JSON.parse(text) as PriceBook);

describe('importing a price list', () => {
  const ACME = 'Article,Net price (EUR),100+,MOQ\nnvidia-qm9700,30000,28000,2\nnvidia-mms4x00-nm,900,850,\n';

  it('reads the columns by their headings, keeps the book, and prices the project with it', async () => {
    mounted(ImportDrawer, { modelValue: true });
    await openList(list('acme.csv', ACME));
    expect(shown('imported-rows')!.textContent).toContain('Prices read: 2, in EUR');
    expect(shown('imported-rows')!.textContent).toContain('100+: 28,000');
    await keep();
    await until(() => shelf.size === 1);
    expect(kept()[0]).toMatchObject({ name: 'acme', currency: 'EUR', mapping: { columns: { sku: 'Article' } } });
    await until(() => useProjectStore().priceBook);
    expect(useProjectStore().priceBook).toMatchObject([
      'built-in',
      { name: 'acme', prices: [{ sku: 'nvidia-qm9700', minimumOrder: 2 }, {}] },
    ]);
    useProjectStore().undo();
    expect(useProjectStore().priceBook).toBeUndefined();
  });

  it('takes the column that the person names, reads the next list of that form alike, and shows what is new, changed and gone', async () => {
    const first = mounted(ImportDrawer, { modelValue: true });
    await openList(list('acme.csv', 'SKU,Price,Transfer\nnvidia-qm9700,9,30000\nnvidia-sn5600,9,70000\n'));
    await until(() => shown('import-faults')?.textContent.includes('currency'));
    await setText('mapping-unitPrice', 'Transfer');
    await setText('import-currency', 'USD');
    await until(() => shown('imported-rows')?.textContent.includes('30,000'));
    await keep();
    await until(() => shelf.size === 1);
    first.unmount();

    mounted(ImportDrawer, { modelValue: true });
    await until(() => usePriceBooks().shelved.length === 1);
    await openList(list('acme later.csv', 'SKU,Price,Transfer\nnvidia-qm9700,9,33000\nnvidia-sn5400,9,38000\n'));
    await until(() => shown('price-difference'));
    expect(shown('price-difference')!.textContent).toContain('1 new, 1 changed, 1 gone, 0 unchanged');
    const rows = [...shown('price-difference')!.querySelectorAll('tbody tr')].map((row) => row.textContent);
    expect(rows).toEqual([
      expect.stringMatching(/nvidia-sn5400.*new.*38,000/),
      expect.stringMatching(/nvidia-qm9700.*changed.*30,000.*33,000.*\+10 %/),
      expect.stringMatching(/nvidia-sn5600.*gone.*70,000/),
    ]);
    await keep();
    await until(() => shelf.size === 2);
    expect(kept().map(({ mapping }) => mapping?.columns['unitPrice'])).toEqual(['Transfer', 'Transfer']);
  });

  it('says what is wrong by sheet and cell, in both languages, and keeps nothing until told to leave such rows out', async () => {
    mounted(ImportDrawer, { modelValue: true });
    await openList(list('acme.csv', 'SKU,Price (USD),MOQ\nnvidia-qm9700,soon,1\n,7,1\nnvidia-sn5600,60000,0.5\nnvidia-sn5400,38000,3\n'));
    await until(() => shown('import-issues'));
    const rows = () => [...shown('import-issues')!.querySelectorAll('tbody tr')].map((row) => row.textContent);
    expect(rows()).toEqual([
      expect.stringMatching(/acme\.csvB2.*"soon", but an amount/),
      expect.stringMatching(/acme\.csvA3.*is empty, but the row has a price/),
      expect.stringMatching(/acme\.csvC4.*whole number of at least 1/),
    ]);
    expect(keepButton().disabled).toBe(true);
    useUiStore().locale = 'zh';
    await until(() => rows().every((row) => /[\u4e00-\u9fff]/.test(row)));
    shown('import-skip')!.querySelector('input')!.click();
    await keep();
    await until(() => shelf.size === 1);
    expect(kept()[0]!.prices.map(({ sku }) => sku)).toEqual(['nvidia-sn5400']);
  });

  it('tells why a file is no list at all', async () => {
    mounted(ImportDrawer, { modelValue: true });
    await openList(new File(['PK nothing'], 'list.xlsx'));
    expect(shown('import-faults')!.textContent).toMatch(/not an Excel workbook/);
    expect(keepButton().disabled).toBe(true);
  });
});

describe('the price books of a project', () => {
  const book = (name: string, date: string, more: object = {}) => ({
    format: 'scaleplan.prices/1',
    id: name.toLowerCase(),
    name,
    currency: 'USD',
    date,
    prices: [{ sku: 'nvidia-qm9700', unitPrice: '1', source: 'list', confidence: 'vendor', ...more }],
  });

  it('are those kept, with the ones that have ended flagged; deleting one leaves the project its own', async () => {
    shelf.set('prices-00000000-acme.json', JSON.stringify(book('Acme', '2026-10-01', { validTo: '2026-10-31' })));
    const own = book('Globex', '2026-11-01');
    useProjectStore().setPriceBook([own]);
    mounted(PriceBooks);
    await until(() => page().querySelectorAll('[data-test="price-book"]').length === 2);
    const text = () => [...page().querySelectorAll('[data-test="price-book"]')].map((row) => row.textContent);
    expect(text()[0]).toMatch(/Acme.*2026-10-01.*ended: 1/);
    expect(text()[1]).toMatch(/Globex/);
    expect(text()[1]).not.toMatch(/ended/);
    shown('prices-fill-gaps')!.querySelector('input')!.click();
    await until(() => Array.isArray(useProjectStore().priceBook) && (useProjectStore().priceBook as unknown[])[0] === 'built-in');
    shown('prices-forget')!.click();
    await until(() => shelf.size === 0);
    expect(useProjectStore().priceBook).toEqual(['built-in', own]);
  });
});

async function setText(test: string, text: string): Promise<void> {
  const input = shown(test) as HTMLInputElement;
  input.value = text;
  input.dispatchEvent(new Event('change'));
  await nextTick();
}
