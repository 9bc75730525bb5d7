import { execFileSync } from 'node:child_process';
import { closeSync, mkdtempSync, openSync, statSync, writeFileSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { bench, describe } from 'vitest';
import type { CableRow } from '../src/engine/wiring/cable-row';
import { cableScheduleCsv } from '../src/quote/cables/cable-csv';
import { cableScheduleWorkbook } from '../src/quote/cables/cable-workbook';
import { cableColumns } from '../src/quote/cables/columns';

/**
 * 100,000 styled rows of 18 columns beside Python's XlsxWriter in constant-memory mode, in the same run (Debian: python3-xlsxwriter).
 * Bar: 0.6 of its time, under 300 MB. The reference is timed inside Python, without its start and without reading the rows.
 */
const ROWS = 100_000;
const PYTHON = process.env['PYTHON'] ?? '/usr/bin/python3';
const folder = mkdtempSync(join(tmpdir(), 'scaleplan-bench-'));

function cable(index: number): CableRow {
  const node = Math.floor(index / 8) + 1;
  const nic = (index % 8) + 1;
  const leaf = Math.floor(index / 256) * 8 + nic;
  const port = `${(node % 32) + 1}/${(nic % 2) + 1}`;
  return {
    cableId: `C${String(index + 1).padStart(5, '0')}`,
    fabric: 'compute',
    segment: 'endpoint',
    fromName: `gpu-${String(node).padStart(4, '0')}`,
    fromRack: `R${Math.floor(node / 32) + 1}-${(node % 32) + 1}`,
    fromUnit: 4,
    fromPort: `nic${nic}`,
    toName: `leaf-${leaf}`,
    toRack: `R${Math.floor(leaf / 16) + 1}-33`,
    toUnit: (leaf % 16) * 2 + 1,
    toPort: port,
    sku: 'MFP7E10-N030',
    description: 'Multimode fibre MPO-12/APC to MPO-12/APC, 30 m',
    lengthM: 5 + (index % 9) * 2.5,
    gbps: 400,
    moduleFrom: 'MMA4Z00-NS400',
    moduleTo: 'MMA4Z00-NS',
    label: `gpu-${node}/nic${nic} - leaf-${leaf}/${port}`,
  };
}

function* cables(): Generator<CableRow> {
  for (let index = 0; index < ROWS; index++) yield cable(index);
}

function writeOurs(): { readonly seconds: number; readonly memoryMB: number } {
  const file = openSync(join(folder, 'ours.xlsx'), 'w');
  const start = performance.now();
  for (const piece of cableScheduleWorkbook(cables())) writeSync(file, piece);
  const seconds = (performance.now() - start) / 1000;
  closeSync(file);
  return { seconds, memoryMB: process.resourceUsage().maxRSS / 1024 };
}

function writeReference(): number {
  const columns = cableColumns('en');
  const lines = [columns.map(({ title }) => title), ...Array.from(cables(), (row) => columns.map(({ value }) => String(value(row))))];
  writeFileSync(join(folder, 'rows.tsv'), lines.map((line) => line.join('\t')).join('\n'));
  const numeric = columns.flatMap(({ value }, index) => (typeof value(cable(0)) === 'number' ? [index] : []));
  const script = fileURLToPath(new URL('cables-xlsxwriter.py', import.meta.url));
  return Number(
    execFileSync(PYTHON, [script, join(folder, 'rows.tsv'), join(folder, 'theirs.xlsx'), numeric.join(',')], { encoding: 'utf8' }),
  );
}

/** What the bar asks for, from the best run of each. */
function tell(ours: readonly ReturnType<typeof writeOurs>[], theirs: readonly number[]): void {
  const [best, reference] = [Math.min(...ours.map(({ seconds }) => seconds)), Math.min(...theirs)];
  const megabytes = (name: string) => `${(statSync(join(folder, name)).size / 1e6).toFixed(1)} MB`;
  process.stdout.write(
    `workbook ${best.toFixed(2)} s (${megabytes('ours.xlsx')}), XlsxWriter ${reference.toFixed(2)} s (${megabytes('theirs.xlsx')}): ` +
      `ratio ${(best / reference).toFixed(2)} (bar 0.6); most memory of this process ${Math.round(Math.max(...ours.map(({ memoryMB }) => memoryMB)))} MB (bar 300)\n`,
  );
}

describe(`cable schedule, ${ROWS} rows`, () => {
  const ours: ReturnType<typeof writeOurs>[] = [];
  const theirs: number[] = [];
  let longest = 0;
  const twice = { iterations: 2, time: 0, warmupIterations: 0, warmupTime: 0 };
  bench('workbook', () => void ours.push(writeOurs()), twice);
  bench(
    'CSV',
    () => {
      for (const text of cableScheduleCsv(cables())) longest = Math.max(longest, text.length);
    },
    twice,
  );
  bench(
    'XlsxWriter, constant memory',
    () => {
      theirs.push(writeReference());
      tell(ours, theirs);
    },
    twice,
  );
});
