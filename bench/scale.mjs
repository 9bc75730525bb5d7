/**
 * The engine at size: time and memory of whole designs, each in a process of its own, beside a reference measured in the same run.
 * `node bench/scale.mjs [--quick]` leaves out the largest.
 */
import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const CASE = fileURLToPath(new URL('scale-case.ts', import.meta.url));
const quick = process.argv.includes('--quick');

/** @param {string} kind @param {number} accelerators @returns {{ ms: number, links: number, memoryMB: number }} */
function measure(kind, accelerators) {
  const text = execFileSync(process.execPath, ['--import', 'tsx', CASE, kind, String(accelerators)], { encoding: 'utf8' });
  return JSON.parse(text.trim().split('\n').at(-1) ?? '');
}

/** Python's csv module, writing as many rows of as many columns. @param {number} rows */
function pythonCsv(rows) {
  const program = `
import csv, os, sys, tempfile, time
rows = int(sys.argv[1])
with tempfile.NamedTemporaryFile('w', newline='') as file:
    writer = csv.writer(file)
    start = time.perf_counter()
    for i in range(rows):
        node, leaf = i // 8 + 1, i // 256 + 1
        writer.writerow((f'C{i:05}', 'compute', 'endpoint', f'node-{node:05}', f'A{node % 40:02}', node % 40, f'nic{i % 8}', f'leaf-{leaf:03}',
            f'B{leaf % 40:02}', leaf % 40, f'{i % 64 // 2}/{i % 2}', 'sku@10m', 'a cord of 10 m', 10, 400, 'module', 'module', f'node-{node:05}/nic{i % 8} - leaf-{leaf:03}/{i % 64}'))
    file.flush()
    print(time.perf_counter() - start)`;
  return Number(execFileSync('python3', ['-c', program, String(rows)], { encoding: 'utf8' })) * 1000;
}

const seconds = (/** @type {number} */ ms) => (ms < 1000 ? `${ms.toFixed(1)} ms` : `${(ms / 1000).toFixed(2)} s`);
/** @type {string[][]} */
const table = [['work', 'links', 'time', 'memory', 'reach', 'reference in the same run']];
/** @param {string} work @param {{ ms: number, links: number, memoryMB: number }} got @param {string} reach @param {string} reference */
const add = (work, got, reach, reference) =>
  table.push([work, String(got.links), seconds(got.ms), `${got.memoryMB.toFixed(0)} MB`, reach, reference]);

const sized = measure('size', 16_384);
add('size 16,384 accelerators', sized, '50 ms', `media link by link, nothing else: ${seconds(measure('plain', 16_384).ms)}`);

const large = measure('csv', 131_072);
add('131,072 accelerators, cables CSV', large, '5 s, 1 GB', `Python csv, rows alone: ${seconds(pythonCsv(large.links))}`);

if (!quick) {
  const million = measure('csv', 1_000_000);
  add('1,000,000 accelerators, cables CSV', million, '60 s, 2 GB', `Python csv, rows alone: ${seconds(pythonCsv(million.links))}`);
}

const everything = measure('everything', 16_384);
add('16,384, four fabrics, all exports', everything, '10 s, 600 MB', `Python csv, rows alone: ${seconds(pythonCsv(everything.links))}`);

/** Growth of time with links: the slope between sizes on a log scale. */
const sizes = [1_024, 8_192, 65_536, ...(quick ? [] : [500_000])].map((accelerators) => measure('csv', accelerators));
const [first, last] = [sizes[1], sizes[sizes.length - 1]];
for (const got of sizes) add('cables CSV', got, 'linear', '');
const slope = (/** @type {'ms' | 'memoryMB'} */ of) =>
  (Math.log((last?.[of] ?? 1) / (first?.[of] ?? 1)) / Math.log((last?.links ?? 2) / (first?.links ?? 1))).toFixed(2);

const widths = (table[0] ?? []).map((_, column) => Math.max(...table.map((row) => row[column]?.length ?? 0)));
for (const row of table) console.log(row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  '));
console.log(`exponent over links: time ${slope('ms')}, memory ${slope('memoryMB')} (reach: below 1.1)`);
