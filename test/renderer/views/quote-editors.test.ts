import { mount } from '@vue/test-utils';
import { createPinia, setActivePinia } from 'pinia';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { nextTick, type Component } from 'vue';
import type { Quote, QuoteLine } from '../../../src/contract/procedures';
import { parseBrief } from '../../../src/engine/brief/schema';
import { i18n } from '../../../src/renderer/app/i18n';
import type { Client } from '../../../src/renderer/client/transport';
import { provideClient } from '../../../src/renderer/stores/client';
import { useProjectStore } from '../../../src/renderer/stores/project-store';
import { useUiStore } from '../../../src/renderer/stores/ui-store';
import AddedLines from '../../../src/renderer/views/quote/AddedLines.vue';
import QuoteBundles from '../../../src/renderer/views/quote/QuoteBundles.vue';
import QuoteLines from '../../../src/renderer/views/quote/QuoteLines.vue';
import QuoteOptions from '../../../src/renderer/views/quote/QuoteOptions.vue';
import QuoteSender from '../../../src/renderer/views/quote/QuoteSender.vue';
import QuoteTerms from '../../../src/renderer/views/quote/QuoteTerms.vue';
import QuoteWords from '../../../src/renderer/views/quote/QuoteWords.vue';

const line = (sku: string, more: Partial<QuoteLine> = {}): QuoteLine => ({
  sku,
  category: 'switches',
  description: sku,
  vendor: 'NVIDIA',
  quantity: 2,
  unitCost: '90.00',
  unitPrice: '100.00',
  amount: '200.00',
  discountPct: '0',
  discount: '0.00',
  net: '200.00',
  marginPct: '10',
  priceSource: 'list',
  priceConfidence: 'vendor',
  origin: 'design',
  ...more,
});
const quoteOf = (...lines: QuoteLine[]) =>
  ({ sections: [{ category: 'switches', lines, net: '200.00' }], options: [], totals: { currency: 'USD' } }) as unknown as Quote;

beforeEach(() => {
  window.localStorage.clear();
  setActivePinia(createPinia());
  provideClient({ design: { size: () => new Promise(() => undefined) } } as unknown as Client);
  useProjectStore().set('accelerators', 64);
});
afterEach(() => {
  useUiStore().locale = 'en';
  provideClient(null);
  document.body.replaceChildren();
});

const shown = <T extends HTMLElement>(test: string) => document.body.querySelector<T>(`[data-test="${test}"]`);
const mounted = (component: Component, props: object) =>
  mount(component as typeof AddedLines, { props: props as never, global: { plugins: [i18n] }, attachTo: document.body });
const press = async (test: string) => {
  shown(test)!.click();
  await nextTick();
};
async function type(path: string, text: string): Promise<void> {
  const input = document.body.querySelector<HTMLInputElement>(`[data-path="${path}"] input, [data-path="${path}"] textarea`)!;
  input.value = text;
  input.dispatchEvent(new Event('input'));
  await nextTick();
}
/** The brief as the engine reads it: a form must not make one that it refuses. */
const brief = () => parseBrief(useProjectStore().brief);

describe('what the quote says beside the design', () => {
  it('takes services with a price, each line sound from the moment it is added', async () => {
    mounted(AddedLines, { path: 'quote.lines' });
    await press('add-quote.lines');
    expect(brief().quote?.lines).toEqual([{ description: 'New line' }]);
    await type('quote.lines[0].description', 'Cabling');
    await type('quote.lines[0].unitPrice', '25.50');
    expect(brief().quote?.lines).toEqual([{ description: 'Cabling', unitPrice: '25.50' }]);
    const project = useProjectStore();
    while (project.canUndo && project.brief.quote !== undefined) project.undo();
    expect(project.brief).toEqual({ format: 'scaleplan.brief/1', accelerators: 64 });
  });

  it('takes options with their lines', async () => {
    mounted(QuoteOptions, { quote: quoteOf(line('nvidia-qm9700')) });
    await press('add-option');
    await type('quote.options[0].title', 'Cold spares');
    expect(brief().quote?.options).toEqual([{ id: 'o1', title: 'Cold spares', lines: [{ description: 'New line' }] }]);
  });

  it('takes bundles of the lines there are', async () => {
    mounted(QuoteBundles, { quote: quoteOf(line('nvidia-qm9700')) });
    await press('add-bundle');
    await type('quote.bundles[0].title', 'Fabric');
    expect(brief().quote?.bundles).toEqual([{ id: 'b1', title: 'Fabric', skus: ['nvidia-qm9700'] }]);
  });

  it('takes sender, terms in words and notes; an emptied one is open again', async () => {
    mounted(QuoteSender, {});
    mounted(QuoteWords, {});
    await type('quote.sender.name', 'Northern Systems');
    await press('add-term');
    await type('quote.terms[0]', 'Title passes on payment.');
    await type('quote.internalNotes', 'walk away below 4 %');
    expect(brief().quote).toEqual({
      sender: { name: 'Northern Systems' },
      terms: ['Title passes on payment.'],
      internalNotes: 'walk away below 4 %',
    });
    await type('quote.internalNotes', '');
    expect(brief().quote?.internalNotes).toBeUndefined();
  });

  it('takes a picture as logo, and says why another file is none', async () => {
    mounted(QuoteSender, {});
    const pick = (file: File) => {
      const input = shown<HTMLInputElement>('logo-file')!;
      Object.defineProperty(input, 'files', { value: [file], configurable: true });
      input.dispatchEvent(new Event('change'));
    };
    pick(new File(['<svg/>'], 'logo.svg', { type: 'image/svg+xml' }));
    await nextTick();
    expect(document.body.textContent).toContain('logo.svg is no PNG or JPEG of at most 256 KiB');
    pick(new File([new Uint8Array([137, 80, 78, 71])], 'logo.png', { type: 'image/png' }));
    await vi.waitFor(() => expect(brief().quote?.sender?.logo).toBe('data:image/png;base64,iVBORw=='), { timeout: 5_000 });
  });

  it('takes rates, a target margin and the discount of a section', async () => {
    mounted(QuoteTerms, {});
    await type('pricing.targetMarginPct', '18');
    await press('add-pricing.rates');
    await type('pricing.rates[0].rate', '1.08');
    expect(brief().pricing).toMatchObject({ targetMarginPct: '18', rates: [{ currency: 'EUR', rate: '1.08' }] });
  });
});

describe('the lines of a quote', () => {
  it('take terms of their own, also where the SKU has a dot, and give them up when emptied', async () => {
    mounted(QuoteLines, { quote: quoteOf(line('nvidia-mcp4y10@0.5m')), internal: true });
    const field = () => shown<HTMLInputElement>('term-discountPct-nvidia-mcp4y10@0.5m')!;
    const set = (text: string) => {
      field().value = text;
      field().dispatchEvent(new Event('change'));
    };
    set('7.5');
    expect(brief().pricing?.lines).toEqual({ 'nvidia-mcp4y10@0.5m': { discountPct: '7.5' } });
    set('');
    expect(useProjectStore().brief.pricing).toBeUndefined();
  });

  it('say in both languages what is on its way out or not sold everywhere, and only to us what concerns our buying', async () => {
    const remarks = [
      { code: 'end-of-life', message: '', values: ['QM8700'] },
      { code: 'superseded', message: '', values: ['QM8700', 'nvidia-qm9700'] },
      { code: 'region', message: '', values: ['H20', 'CN'] },
      { code: 'price-expired', message: '', values: ['Acme', '2026-10-31'] },
    ] as const;
    const lines = mounted(QuoteLines, { quote: quoteOf(line('nvidia-qm8700', { remarks })), internal: false });
    const texts = () => [...document.body.querySelectorAll('[data-test^="remark-"]')].map((one) => one.textContent);
    expect(texts()).toEqual(['QM8700 is no longer made', 'QM8700 is superseded by nvidia-qm9700', 'H20 is sold only in CN']);
    await lines.setProps({ internal: true } as never);
    expect(texts()[3]).toBe('Price of “Acme” ended on 2026-10-31');
    useUiStore().locale = 'zh';
    await vi.waitFor(() =>
      expect(texts()).toEqual([
        'QM8700 已停产',
        'QM8700 的后继型号为 nvidia-qm9700',
        'H20 仅在 CN 销售',
        '“Acme”的价格已于 2026-10-31 失效',
      ]),
    );
  });
});
