import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createFolderStore } from '../../src/platform/folder-store';
import { previewOf } from '../../src/service/price-procedures';
import { createPriceShelf } from '../../src/service/price-shelf';
import { READ_LIMITS } from '../../src/prices/table';

let folder: string;
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'scaleplan-shelf-'))));
afterEach(() => rmSync(folder, { recursive: true }));

const open = () => createPriceShelf(createFolderStore(folder));
const book = (name: string, date: string) => ({
  format: 'scaleplan.prices/1',
  id: 'acme',
  name,
  currency: 'USD',
  date,
  mapping: { columns: { sku: 'Article', unitPrice: 'Net' } },
  prices: [{ sku: 'nvidia-qm9700', unitPrice: '31250.00', source: 'offer 7', confidence: 'vendor' }],
});

describe('the shelf of price books', () => {
  it('keeps many, dated, each with its mapping, and gives them back after a restart', async () => {
    await open().keep('00000001', book('Acme', '2026-10-01'));
    await open().keep('00000002', book('Acme', '2026-11-01'));
    await open().keep('00000003', book('Globex', '2026-01-01'));
    const books = await open().list();
    expect(books.map(({ id, book: { name, date } }) => [id, name, date])).toEqual([
      ['00000002', 'Acme', '2026-11-01'],
      ['00000001', 'Acme', '2026-10-01'],
      ['00000003', 'Globex', '2026-01-01'],
    ]);
    expect(books[0]!.book).toEqual(book('Acme', '2026-11-01'));
  });

  it('replaces a book of the same id whole, and deletes one only once', async () => {
    await open().keep('00000001', book('Acme', '2026-10-01'));
    await open().keep('00000001', book('Acme', '2026-11-01'));
    expect((await open().list()).map(({ book: { date } }) => date)).toEqual(['2026-11-01']);
    await open().forget('00000001');
    expect(await open().list()).toEqual([]);
    await expect(open().forget('00000001')).rejects.toThrow(/no price book is kept/);
  });

  it('refuses what is no price book, and leaves a file that cannot be read out of the list', async () => {
    await expect(open().keep('00000001', { ...book('Acme', '2026-10-01'), currency: 'dollars' })).rejects.toThrow(/currency/);
    writeFileSync(join(folder, 'prices-00000009.json'), '{"half": ');
    writeFileSync(join(folder, 'project-00000009.json'), '{}');
    expect(await open().list()).toEqual([]);
  });
});

describe('a list before it is read', () => {
  const csv = (text: string) => new File([text], 'list.csv');

  it('is shown with its first rows, the headings found and how it would be read', async () => {
    const [sheet] = await previewOf(csv('ACME Networks\n\nItem no.,Unit price (EUR)\nnvidia-qm9700,"31,250.00"\n'));
    expect(sheet).toMatchObject({
      name: 'list.csv',
      rows: 4,
      headingRow: 3,
      headings: ['Item no.', 'Unit price (EUR)'],
      mapping: { columns: { sku: 'Item no.', unitPrice: 'Unit price (EUR)' } },
      readable: true,
    });
    expect(sheet!.top[3]).toEqual(['nvidia-qm9700', '31,250.00']);
  });

  it('shows the fullest row where no headings are known, for a person to name the columns', async () => {
    const [sheet] = await previewOf(csv('our list\nRef,What,Net,MOQ\nA1,switch,5,1\n'));
    expect(sheet).toMatchObject({
      headingRow: 2,
      headings: ['Ref', 'What', 'Net', 'MOQ'],
      mapping: { columns: { minimumOrder: 'MOQ' } },
      readable: false,
    });
  });

  it('is bounded like any import, and ends when the caller has gone', async () => {
    await expect(previewOf(csv('x'.repeat(READ_LIMITS.fileBytes + 1)))).rejects.toThrow(/too large for a price list; at most 20 MiB/);
    await expect(previewOf(csv('a,b\n'.repeat(READ_LIMITS.rows + 1)))).rejects.toThrow(/more than 100,000 rows/);
    await expect(previewOf(csv(''))).rejects.toThrow(/holds nothing/);
    const gone = new Error('the page was closed');
    await expect(previewOf(csv('a,b\n'.repeat(5_000)), AbortSignal.abort(gone))).rejects.toBe(gone);
  });
});
