import { closeSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseBrief } from '../src/engine/brief/schema';
import { sizeBrief } from '../src/engine/design/size';
import { verifyDesign } from '../src/engine/verify/verify-design';
import { cableRows } from '../src/engine/wiring/cable-rows';
import { loadDependencies } from '../src/platform/dependencies';
import { cableScheduleCsv } from '../src/quote/cables/cable-csv';
import { cableScheduleWorkbook } from '../src/quote/cables/cable-workbook';
import { buildQuote } from '../src/quote/build-quote';
import { sizePlainly } from './size-plainly';

/** One case of bench/scale.mjs in a process of its own, so that its memory is its own. Prints one line of JSON. */

const [kind = '', count = ''] = process.argv.slice(2);
const accelerators = Number(count);

/** Whole pods of the largest switches that hold so many; DGX H100 at 400 Gb/s up to 524,288, DGX B300 at 800 Gb/s beyond. */
const brief = parseBrief(
  accelerators > 500_000
    ? {
        format: 'scaleplan.brief/1',
        accelerators,
        supernode: 'nvidia-dgx-b300',
        fabrics: { compute: { topology: 'fat-tree', tiers: 3, railOptimized: true, switch: 'nvidia-sn6800-ld', linkGbps: 800 } },
        site: { racksPerRow: 320 },
      }
    : {
        format: 'scaleplan.brief/1',
        accelerators,
        supernode: 'nvidia-dgx-h100',
        fabrics: {
          compute: {
            topology: 'fat-tree',
            railOptimized: true,
            switch: 'nvidia-sn5600',
            linkGbps: 400,
            ...(kind === 'csv' ? { tiers: 3 } : {}),
          },
          ...(kind === 'everything' ? { storage: {}, inBand: {}, outOfBand: {} } : {}),
        },
        site: { racksPerRow: 64 },
      },
);

const { catalog, prices } = loadDependencies();
const context = { catalog, prices };
const folder = mkdtempSync(join(tmpdir(), 'scaleplan-bench-'));

function write(name: string, pieces: Iterable<string | Uint8Array>): void {
  const file = openSync(join(folder, name), 'w');
  for (const piece of pieces) {
    if (typeof piece === 'string') writeSync(file, piece);
    else writeSync(file, piece);
  }
  closeSync(file);
}

/** Least of several runs: the first one compiles. */
function best(times: number, work: () => void): number {
  let least = Infinity;
  for (let run = 0; run < times; run++) {
    const start = performance.now();
    work();
    least = Math.min(least, performance.now() - start);
  }
  return least;
}

function run(): { readonly ms: number; readonly links: number } {
  const linksOf = (built: ReturnType<typeof sizeBrief>) => built.fabrics.reduce((sum, fabric) => sum + fabric.wiring.links, 0);
  if (kind === 'size') return { ms: best(15, () => void sizeBrief(brief, context)), links: linksOf(sizeBrief(brief, context)) };
  if (kind === 'plain') {
    const built = sizeBrief(brief, context);
    return { ms: best(3, () => void sizePlainly(built, context)), links: linksOf(built) };
  }
  const start = performance.now();
  const built = sizeBrief(brief, context);
  write('cables.csv', cableScheduleCsv(cableRows(built, catalog)));
  if (kind === 'everything') {
    write('cables.xlsx', cableScheduleWorkbook(cableRows(built, catalog), { date: '2026-01-01' }));
    const verification = verifyDesign(built);
    if (!verification.ok) throw new Error('the design does not verify');
    const date = '2026-01-01';
    buildQuote(built.design, { ...context, date, priceBook: prices.book });
  }
  return { ms: performance.now() - start, links: linksOf(built) };
}

try {
  const { ms, links } = run();
  console.log(JSON.stringify({ ms, links, memoryMB: process.resourceUsage().maxRSS / 1024 }));
} finally {
  rmSync(folder, { recursive: true, force: true });
}
