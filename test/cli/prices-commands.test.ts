import { mkdtempSync, existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import ExcelJS from 'exceljs';
import { afterAll, describe, expect, it } from 'vitest';
import { run } from '../../src/cli/run';
import { EXAMPLES } from '../support/built-in';

const folder = mkdtempSync(join(tmpdir(), 'scaleplan-prices-'));
afterAll(() => rmSync(folder, { recursive: true }));

async function call(...args: string[]) {
  let out = '';
  let err = '';
  const exit = await run(args, { out: (text) => (out += text), err: (text) => (err += text) });
  return { exit, out, err, json: () => JSON.parse(out) as Record<string, unknown> };
}

const at = (name: string) => join(folder, name);
function file(name: string, text: string): string {
  writeFileSync(at(name), text);
  return at(name);
}
interface Book {
  readonly name: string;
  readonly currency: string;
  readonly date: string;
  readonly mapping: { readonly columns: Readonly<Record<string, string>> };
  readonly prices: readonly { readonly sku: string; readonly unitPrice: string }[];
}
const book = (name: string) => JSON.parse(readFileSync(at(name), 'utf8')) as Book;

describe('prices import', () => {
  const LIST = 'Ref,Price,Transfer,MOQ\nnvidia-qm9700,9,30000,2\nnvidia-sn5600,9,70000,\n';

  it('takes the columns named, and reads the next list of that form alike, telling what is new, changed and gone', async () => {
    const first = await call(
      'prices', 'import', file('october.csv', LIST), '--out', at('acme.json'), '--map', 'sku=Ref', 'unitPrice=Transfer',
      '--currency', 'USD', '--name', 'Acme', '--date', '2026-10-01', '--json',
    ); // prettier-ignore
    expect([first.exit, first.err]).toEqual([0, '']);
    expect(first.json()).toMatchObject({ name: 'Acme', currency: 'USD', rows: 2, issues: [], unknown: [], difference: null });
    expect(book('acme.json')).toMatchObject({
      date: '2026-10-01',
      prices: [{ sku: 'nvidia-qm9700', unitPrice: '30000' }, {}],
    });

    const second = file('november.csv', 'Ref,Price,Transfer\nnvidia-qm9700,9,33000\nnvidia-sn5400,9,38000\n');
    const next = await call('prices', 'import', second, '--out', at('acme.json'), '--currency', 'USD');
    expect(next.exit).toBe(0);
    expect(next.out).toContain('unitPrice from "Transfer"');
    expect(next.out).toContain('1 new, 1 changed, 1 gone, 0 unchanged');
    expect(next.out).toContain('~ nvidia-qm9700: 30000 to 33000 (10 %)');
  });

  it('refuses a list with faults by sheet, row and column, writes nothing, and leaves such rows out when told to', async () => {
    const list = file('faulty.csv', 'SKU,Price (USD),MOQ\nnvidia-qm9700,soon,1\n,7,1\nnvidia-sn5400,38000,3\n');
    const refused = await call('prices', 'import', list, '--out', at('faulty.json'), '--json');
    expect(refused.exit).toBe(2);
    expect(refused.json()).toMatchObject({ error: { issues: [{ path: 'faulty.csv!B2' }, { path: 'faulty.csv!A3' }] } });
    expect(existsSync(at('faulty.json'))).toBe(false);
    const taken = await call('prices', 'import', list, '--out', at('faulty.json'), '--skip-faulty');
    expect(taken.exit).toBe(0);
    expect(taken.err).toMatch(/faulty\.csv!B2: .*the row is left out/);
    expect(book('faulty.json').prices.map(({ sku }) => sku)).toEqual(['nvidia-sn5400']);
  });

  it.each([
    ['an ending that is none', ['import', 'x.csv', '--out', 'book.txt'], /--out.*\.json/],
    ['a mapping that is no pair', ['import', 'LIST', '--out', 'BOOK', '--map', 'sku'], /--map.*pairs/],
    ['a field that no list holds', ['import', 'LIST', '--out', 'BOOK', '--map', 'colour=Ref'], /mapping\.columns.*colour/],
    ['a heading that is not there', ['import', 'LIST', '--out', 'BOOK', '--map', 'sku=Ref', 'unitPrice=Net'], /"Ref" and "Net"/],
    ['a list that is no list', ['import', 'PDF', '--out', 'BOOK'], /neither \.xlsx nor \.csv/],
    ['a file that is not there', ['import', 'gone.csv', '--out', 'BOOK'], /gone\.csv/],
  ])('refuses %s', async (_, args, fault) => {
    const names: Readonly<Record<string, string>> = { LIST: file('list.csv', LIST), PDF: file('list.pdf', '%PDF'), BOOK: at('never.json') };
    const { exit, err } = await call('prices', ...args.map((arg) => names[arg] ?? arg));
    expect(exit).toBe(2);
    expect(err).toMatch(fault);
    expect(existsSync(at('never.json'))).toBe(false);
  });
});

describe('prices diff and export', () => {
  it('writes a book as a list that comes back without loss, as CSV and as a workbook', async () => {
    await call('prices', 'import', file('own.csv', 'SKU,Price (EUR),100+,Valid to\n=part,7.25,6.5,2027-01-31\n'), '--out', at('own.json'));
    for (const name of ['own-list.csv', 'own-list.xlsx']) {
      expect((await call('prices', 'export', at('own.json'), '--out', at(name))).exit).toBe(0);
      expect((await call('prices', 'import', at(name), '--out', at('back.json'))).exit).toBe(0);
      expect({ ...book('back.json'), mapping: null }).toEqual({ ...book('own.json'), mapping: null });
      rmSync(at('back.json'));
    }
    const same = await call('prices', 'diff', at('own.json'), at('own.json'), '--json');
    expect(same.json()).toEqual({ added: [], changed: [], gone: [], unchanged: 1 });
  });

  it('exports the built-in book, and a quote by a book of its own says what has no price', async () => {
    expect((await call('prices', 'export', 'built-in', '--out', at('built-in.xlsx'))).exit).toBe(0);
    const workbook = new ExcelJS.Workbook();
    await workbook.xlsx.readFile(at('built-in.xlsx'));
    expect(workbook.worksheets[0]!.rowCount).toBeGreaterThan(150);
    await call('prices', 'import', file('one.csv', 'SKU,Price (USD)\nnvidia-qm9700,30000\n'), '--out', at('one.json'));
    const quote = await call(
      'quote',
      join(EXAMPLES, 'smallest.brief.json'),
      '--prices',
      at('one.json'),
      '--out',
      at('quote.xlsx'),
      '--json',
    );
    expect([quote.exit, quote.json()]).toMatchObject([0, { complete: false }]);
  });
});
