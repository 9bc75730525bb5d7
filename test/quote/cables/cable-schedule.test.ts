import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { CableRow } from '../../../src/engine/wiring/cable-row';
import { cableScheduleCsv } from '../../../src/quote/cables/cable-csv';
import { csvField } from '../../../src/units/csv';
import { cableScheduleWorkbook, type CableWorkbookOptions } from '../../../src/quote/cables/cable-workbook';
import { joinBytes } from '../../../src/quote/long-workbook/zip-stream';
import { convert, readBook } from '../../workbook/recalculate';

const DATE = '2026-11-24';

function cable(index: number, over: Partial<CableRow> = {}): CableRow {
  return {
    cableId: `C-${String(index).padStart(6, '0')}`,
    fabric: 'compute',
    segment: 'endpoint',
    fromName: `dgx-${index}`,
    fromRack: 'R01-01',
    fromUnit: 4,
    fromPort: 'OSFP1/1',
    toName: 'leaf-1',
    toRack: 'R01-11',
    toUnit: 20,
    toPort: `sw${index}`,
    sku: 'MFP7E10-N020',
    description: 'Multimode fibre MPO-12/APC, 20 m',
    lengthM: 20,
    gbps: 400,
    moduleFrom: 'MMA4Z00-NS400',
    moduleTo: 'MMA4Z00-NS',
    label: `R01-01:U4:OSFP1/1 - R01-11:U20:sw${index}`,
    ...over,
  };
}

function* cables(count: number): Generator<CableRow> {
  for (let index = 1; index <= count; index++) yield cable(index);
}

/** A reader of RFC 4180, to read back what was written. */
function parseCsv(text: string): string[][] {
  const records: string[][] = [];
  let record: string[] = [];
  let field = '';
  let quoted = false;
  for (let at = 0; at < text.length; at++) {
    const letter = text[at] as string;
    if (quoted) {
      if (letter !== '"') field += letter;
      else if (text[at + 1] === '"') {
        field += '"';
        at += 1;
      } else quoted = false;
    } else if (letter === '"') quoted = true;
    else if (letter === ',') {
      record.push(field);
      field = '';
    } else if (letter === '\r' && text[at + 1] === '\n') {
      record.push(field);
      records.push(record);
      record = [];
      field = '';
      at += 1;
    } else field += letter;
  }
  return records;
}

describe('the cable schedule as CSV', () => {
  it('has a head, then one record a cable, each ended by CR LF', () => {
    const text = [...cableScheduleCsv(cables(3))].join('');
    const records = parseCsv(text);
    expect(records).toHaveLength(4);
    expect(records[0]).toEqual([
      'Cable ID',
      'Fabric',
      'Segment',
      'From',
      'From rack',
      'From unit',
      'From port',
      'To',
      'To rack',
      'To unit',
      'To port',
      'Part number',
      'Description',
      'Length, m',
      'Speed, Gb/s',
      'From module',
      'To module',
      'Label',
    ]);
    expect(records[1]?.slice(0, 7)).toEqual(['C-000001', 'Compute', 'Host to leaf', 'dgx-1', 'R01-01', '4', 'OSFP1/1']);
    expect(text.endsWith('\r\n')).toBe(true);
  });

  it('reads back as written, whatever the text', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: 'binary', maxLength: 20 }), { minLength: 1, maxLength: 5 }), (texts) => {
        const records = parseCsv([...cableScheduleCsv(texts.map((text, index) => cable(index, { label: text })))].join(''));
        expect(records.slice(1).map((record) => record[17]?.replace(/^'/, ''))).toEqual(texts.map((text) => text.replace(/^'/, '')));
      }),
    );
  });

  it('never begins a text with what a spreadsheet takes for a formula', () => {
    for (const text of ['=1+1', '+1', '-1', '@A1', '\t=1', '\r=1', '  =1', '\uFF1D1+1', "=cmd|' /C calc'!A0"]) {
      expect(csvField(text).replace(/^"/, ''), JSON.stringify(text)).toMatch(/^'/);
    }
    expect(csvField(-1)).toBe('-1');
    expect(csvField('R01-01')).toBe('R01-01');
  });

  it('streams: the first chunk comes before the last row is asked for', () => {
    let asked = 0;
    function* counted(): Generator<CableRow> {
      for (const row of cables(5_000)) {
        asked += 1;
        yield row;
      }
    }
    const chunks = cableScheduleCsv(counted());
    chunks.next();
    chunks.next();
    expect(asked).toBeLessThan(2_000);
    let rest = 0;
    for (const chunk of chunks) rest += chunk.length;
    expect(rest).toBeGreaterThan(0);
    expect(asked).toBe(5_000);
  });

  it('speaks Chinese and starts with a byte order mark where asked', () => {
    const text = [...cableScheduleCsv(cables(1), { language: 'zh', byteOrderMark: true })].join('');
    expect(text.startsWith('\uFEFF线缆编号,网络,区段,本端,本端机柜')).toBe(true);
  });

  it('is a head alone where there is no cable', () => {
    expect(parseCsv([...cableScheduleCsv([])].join(''))).toHaveLength(1);
  });
});

function workbookOf(rows: Iterable<CableRow>, options: CableWorkbookOptions = {}): Uint8Array {
  return joinBytes([...cableScheduleWorkbook(rows, { date: DATE, ...options })]);
}

describe('the cable schedule as a workbook', () => {
  it('reads back with every cable, numbers as numbers, a frozen head and a filter', async () => {
    const book = await readBook(workbookOf(cables(2_500)));
    const sheet = book.worksheets[0];
    expect(sheet?.name).toBe('Cables');
    expect(sheet?.rowCount).toBe(2_501);
    expect(sheet?.getRow(1).getCell(1).text).toBe('Cable ID');
    expect(sheet?.getRow(2_501).getCell(4).value).toBe('dgx-2500');
    expect(sheet?.getRow(2).getCell(14).value).toBe(20);
    expect(sheet?.getRow(2_501).getCell(14).numFmt).toBe('#,##0.0');
    expect(sheet?.getRow(2_501).getCell(1).font).toMatchObject({ name: 'Arial', size: 10 });
    expect(sheet?.getRow(1).getCell(1).fill).toMatchObject({ pattern: 'solid', fgColor: { argb: 'FF1F4E79' } });
    expect(sheet?.views[0]).toMatchObject({ state: 'frozen', ySplit: 1 });
    expect(sheet?.autoFilter).toBeTruthy();
    expect(sheet?.pageSetup).toMatchObject({ orientation: 'landscape', fitToWidth: 1, paperSize: 9, printTitlesRow: '1:1' });
    expect(book.creator).toBe('Scaleplan');
  });

  it('reads back as written, whatever the text', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.string({ unit: 'grapheme', maxLength: 20 }), { minLength: 1, maxLength: 5 }), async (texts) => {
        const book = await readBook(workbookOf(texts.map((text, index) => cable(index, { label: text, description: text }))));
        const sheet = book.worksheets[0]!;
        const columnOf = (column: number) => texts.map((_, index) => sheet.getRow(index + 2).getCell(column).value ?? '');
        const shown = texts.map((text) => text.replace(/\r\n?/g, '\n').replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/g, ''));
        expect(columnOf(18)).toEqual(shown);
        expect(columnOf(13)).toEqual(shown);
      }),
      { numRuns: 40 },
    );
  });

  it('keeps text that looks like a formula as text', async () => {
    const book = await readBook(workbookOf([cable(1, { label: '=1+1', toName: '@x', sku: 'a\u0000b' })]));
    const row = book.worksheets[0]?.getRow(2);
    expect(row?.getCell(18).value).toBe('=1+1');
    expect(row?.getCell(18).formula).toBeFalsy();
    expect(row?.getCell(18).numFmt).toBe('@');
    expect(row?.getCell(8).value).toBe('@x');
    expect(row?.getCell(12).value).toBe('ab');
  });

  it('opens in LibreOffice with the same contents', async () => {
    const converted = await convert(
      new Map([['cables', workbookOf([cable(1), cable(2, { fabric: 'inBand', label: '=1' })], { language: 'zh' })]]),
      'csv:Text - txt - csv (StarCalc):44,34,76',
    );
    const text = new TextDecoder().decode(converted.get('cables'));
    expect(text).toContain('线缆编号');
    expect(text).toContain('带内管理网络');
    expect(text).toContain('=1');
  }, 120_000);

  it('streams: bytes come while rows are taken, and stopping early takes no more', () => {
    let asked = 0;
    let released = false;
    function* counted(): Generator<CableRow> {
      try {
        for (const row of cables(50_000)) {
          asked += 1;
          yield row;
        }
      } finally {
        released = true;
      }
    }
    const pieces = cableScheduleWorkbook(counted());
    let bytes = 0;
    while (bytes === 0) bytes += (pieces.next().value as Uint8Array).length;
    expect(asked).toBeLessThan(5_000);
    pieces.return();
    expect(released).toBe(true);
    expect(asked).toBeLessThan(5_000);
  });

  it('is a head alone where there is no cable, and the same file for the same rows', async () => {
    expect((await readBook(workbookOf([]))).worksheets[0]?.rowCount).toBe(1);
    expect(workbookOf(cables(300))).toEqual(workbookOf(cables(300)));
  });
});
