// @vitest-environment node
import { readdirSync, readFileSync } from 'node:fs';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';
import { leastAccelerators } from '../../../src/engine/workload/demand';
import { layerCatalog } from '../../../src/catalog/catalog';
import { parseBrief } from '../../../src/engine/brief/schema';
import { sizeBrief } from '../../../src/engine/design/size';
import { calibrateSite } from '../../../src/engine/design/workload-calibrate';
import { curveOfWorkload } from '../../../src/engine/design/workload-curve';
import { serveWorkload } from '../../../src/engine/design/workload-serve';
import { estimateWorkload } from '../../../src/engine/design/workload-step';
import { plainNetwork } from '../../../src/engine/workload/facts';
import { serveWith } from '../../../src/engine/workload/inference';
import { findModelPreset } from '../../../src/engine/workload/presets';
import { parseWorkload } from '../../../src/engine/workload/schema';
import { inChinese } from '../../../src/renderer/locales/zh/sentences';
import { InfeasibleFault, InputFault } from '../../../src/units/fault';
import { builtIn } from '../../support/built-in';
import { H100 } from '../../engine/workload/sample';

/** Every sentence that the workload model has, as the engine really says it, and its Chinese. */

const { prices } = builtIn;
/** With an accelerator whose peaks nobody published. */
const catalog = layerCatalog(builtIn.catalog, [
  {
    name: 'dark.json',
    content: {
      format: 'scaleplan.catalog/1',
      title: 'dark',
      asOf: '2026-11-24',
      entries: [{ ...builtIn.catalog.byId.get('nvidia-h100-sxm5'), id: 'dark', peakTflops: {} }],
    },
  },
]);

/** What an answer says, or the fault it ends in. */
function say(work: () => readonly string[]): readonly string[] {
  try {
    return work();
  } catch (error) {
    if (error instanceof InputFault) return error.issues.map(({ message }) => message);
    if (error instanceof InfeasibleFault)
      return error.limits.flatMap(({ message, fixes }) => [message, ...fixes.map(({ label }) => label)]);
    throw error;
  }
}

const JOB = {
  format: 'scaleplan.workload/1',
  model: { preset: 'llama-3-70b' },
  accelerator: 'nvidia-h100-sxm5',
  accelerators: 512,
  supernodeSize: 8,
  scaleOutGbps: 400,
  sequence: 8192,
  globalBatch: 512,
  precision: 'bf16',
};
const SMALL = { layers: 4, hidden: 1024, ffn: 4096, heads: 8, vocab: 32_000 };

const step = (change: object) =>
  say(() => {
    const { warnings, band, derivations, demand } = estimateWorkload(catalog, prices, { ...JOB, ...change });
    return [...warnings, band.reason, ...derivations.map(({ label }) => label), ...(demand === undefined ? [] : [demand.reason])];
  });
const planned = (parallelism: object, change: object = {}) => step({ parallelism, ...change });
const model = (change: object) => step({ model: { ...SMALL, ...change } });
const deadline = (change: object) => step({ accelerators: undefined, tokens: 1e12, deadlineDays: 60, ...change });
const curve = (change: object) =>
  say(() => {
    const { skipped, derivations } = curveOfWorkload(catalog, { workload: { ...JOB, ...change }, sizes: [8, 1024] });
    return [...skipped.map(({ reason }) => reason), ...derivations.map(({ label }) => label)];
  });
const SERVING = {
  format: 'scaleplan.serving/1',
  model: { preset: 'llama-3-70b' },
  accelerator: 'nvidia-h100-sxm5',
  supernodeSize: 8,
  scaleOutGbps: 400,
  precision: 'fp8',
  promptTokens: 1024,
  outputTokens: 256,
  tokenLatencyMs: 50,
};
const serve = (change: object) => say(() => serveWorkload(catalog, { ...SERVING, ...change }).derivations.map(({ label }) => label));
const calibrate = (text: string, change: object = {}, query: object = {}) =>
  say(() => {
    calibrateSite(catalog, { accelerator: 'nvidia-h100-sxm5', files: [{ name: 'run.txt', text, ...change }], ...query });
    return [];
  });
const brief = (fields: object) =>
  say(() => {
    const { design } = sizeBrief(parseBrief({ format: 'scaleplan.brief/1', supernode: 'nvidia-dgx-h100', ...fields }), builtIn);
    return design.choices.map(({ reason }) => reason);
  });
const { accelerator: _accelerator, accelerators: _accelerators, supernodeSize: _size, scaleOutGbps: _gbps, ...IN_BRIEF } = JOB;

const run = (change: object) =>
  JSON.stringify({
    operation: 'all-reduce',
    ranks: 16,
    nodes: 2,
    measurements: [
      { bytes: 2 ** 20, timeUs: 60, busGBps: 30 },
      { bytes: 2 ** 30, timeUs: 6000, busGBps: 330 },
    ],
    ...change,
  });
const report = JSON.stringify({
  config: { nthreads: 1, ngpus: 8, devices: [{ hostname: 'a' }] },
  results: [{ size: 1024, out_of_place: { time: 10, bus_bw: 1, nwrong: 3 } }],
});
const HEADER = '#       size         count      type   redop    root     time   algbw   busbw #wrong';

const said = [
  ...step({ siteCalibration: { format: 'scaleplan.site-calibration/1', site: 's', accelerator: 'nvidia-b200-sxm', levels: [] } }),
  ...step({ accelerator: 'amd-mi300x' }),
  ...step({ model: { preset: 'mixtral-8x7b' }, parallelism: { tp: 1, pp: 1, dp: 512, ep: 8 } }),
  ...step({ accelerator: undefined }),
  ...step({ accelerators: undefined }),
  ...step({ deadlineDays: 3 }),
  ...step({ model: { preset: 'llama-9' } }),
  ...step({ economics: { currency: 'EUR' } }),
  ...step({ accelerators: 8, globalBatch: 8, model: { preset: 'megatron-1t' } }),
  ...step({ accelerators: 509, globalBatch: 512, model: SMALL }),
  ...step({ accelerator: 'dark' }),
  ...planned({ tp: 8, pp: 4, dp: 15 }),
  ...planned({ tp: 3, pp: 4, dp: 42 }),
  ...planned({ tp: 1, pp: 128, dp: 4 }),
  ...planned({ tp: 8, pp: 16, dp: 4, interleave: 9 }),
  ...planned({ tp: 8, pp: 1, dp: 64, interleave: 2 }),
  ...planned({ tp: 8, pp: 16, dp: 4, ep: 2 }),
  ...planned({ tp: 8, pp: 16, dp: 4, expertOverlap: true }),
  ...planned({ tp: 1, pp: 1, dp: 512, ep: 3 }, { model: { preset: 'mixtral-8x7b' } }),
  ...planned({ tp: 1, pp: 256, dp: 2, ep: 8 }, { model: { preset: 'mixtral-8x7b' } }),
  ...planned({ tp: 8, pp: 1, dp: 64 }, { globalBatch: 500 }),
  ...planned({ tp: 1, pp: 1, cp: 512, dp: 1 }, { sequence: 8191 }),
  ...planned({ tp: 16, pp: 16, dp: 2, interleave: 3 }),
  ...planned({ tp: 8, pp: 16, dp: 4, interleave: 2 }, { globalBatch: 12 }),
  ...planned({ tp: 8, pp: 1, dp: 1, zeroStage: 0 }, { accelerators: 8, globalBatch: 8 }),
  ...model({ kvHeads: 3 }),
  ...model({ heads: 7 }),
  ...model({ experts: 4, activeExperts: 8 }),
  ...model({ experts: 4, denseLayers: 4 }),
  ...deadline({ parallelism: { tp: 8 } }),
  ...deadline({}),
  ...deadline({ tokens: 1e9, deadlineDays: 10_000 }),
  ...deadline({ tokens: 1e9, deadlineDays: 10_000, supernodeSize: 512 }),
  ...deadline({ globalBatch: 8, tokens: 1e14, deadlineDays: 1 }),
  ...deadline({ model: { preset: 'llama-3-405b' }, sequence: 8192, globalBatch: 2048, tokens: 15.6e12 }),
  ...say(() => [
    leastAccelerators(parseWorkload({ ...JOB, deadlineDays: 1 }), { accelerator: H100, network: plainNetwork(400, 8) }).reason,
  ]),
  ...say(() => [leastAccelerators(parseWorkload({ ...JOB, tokens: 1 }), { accelerator: H100, network: plainNetwork(400, 8) }).reason]),
  ...curve({}),
  ...curve({ accelerators: undefined }),
  ...serve({}),
  ...serve({ accelerator: 'dark' }),
  ...serve({ replicaSize: 7 }),
  ...serve({ tp: 7 }),
  ...serve({ tokenLatencyMs: 0.01 }),
  ...serve({ firstTokenMs: 0.01 }),
  ...serve({ model: { preset: 'megatron-1t' }, precision: 'bf16', supernodeSize: 1 }),
  ...say(() => {
    const setting = {
      model: findModelPreset('llama-3-70b'),
      accelerator: H100,
      network: plainNetwork(400, 8),
      precision: 'fp8',
      promptTokens: 0,
      outputTokens: 256,
      cacheBytes: 2,
    } as const;
    serveWith(setting, { size: 8, tp: 8 }, { tokenS: 1 });
    return [];
  }),
  ...calibrate(`${HEADER}\n1024 256 float sum -1 here 1 1 0`, { operation: 'all-reduce', ranks: 8, nodes: 1 }),
  ...calibrate(`${HEADER}\n1024 256 float sum -1 10 1 1 7 10 1 1 0`, { operation: 'all-reduce', ranks: 8, nodes: 1 }),
  ...calibrate('{ "operation": '),
  ...calibrate(report),
  ...calibrate(run({ nodes: 32 })),
  ...calibrate(run({ ranks: 15 })),
  ...calibrate(run({})),
  ...calibrate(run({}), {}, { scaleOutGbps: 1 }),
  ...brief({ workload: { ...IN_BRIEF, tokens: 1e12, deadlineDays: 60 } }),
  ...brief({ workload: IN_BRIEF }),
  ...brief({}),
];

/** Literal beginnings, middles and ends of a sentence in the source; of a choice between two, of both. */
function piecesOf(node: ts.Node): string[] {
  if (ts.isStringLiteralLike(node)) return [node.text];
  if (ts.isTemplateExpression(node)) return [node.head.text, ...node.templateSpans.map((span) => span.literal.text)];
  if (ts.isConditionalExpression(node)) return [...piecesOf(node.whenTrue), ...piecesOf(node.whenFalse)];
  return [];
}

/** Every literal that a source file gives a fault, a warning, a label or a reason. */
function literalsOf(path: string): string[] {
  const source = ts.createSourceFile(path, readFileSync(path, 'utf8'), ts.ScriptTarget.Latest, true);
  const found: string[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isCallExpression(node)) {
      const callee = node.expression.getText(source);
      if (callee === 'InputFault.of') found.push(...piecesOf(node.arguments[1]!));
      if (callee === 'warnings.push') found.push(...piecesOf(node.arguments[0]!));
    }
    if (ts.isPropertyAssignment(node) && ['message', 'label', 'reason'].includes(node.name.getText(source)))
      found.push(...piecesOf(node.initializer));
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

const engine = new URL('../../../src/engine/', import.meta.url);
const files = (folder: string, of: RegExp) =>
  readdirSync(new URL(folder, engine))
    .filter((name) => of.test(name))
    .map((name) => new URL(`${folder}${name}`, engine).pathname);

describe('the sentences of the workload model in Chinese', () => {
  it('are all said here: a sentence new in the engine needs a case above', () => {
    const literals = [
      ...files('workload/', /\.ts$/),
      ...files('design/', /^workload-.*\.ts$/),
      ...files('design/', /^demand\.ts$/),
    ].flatMap(literalsOf);
    const sentences = literals.map((piece) => piece.trim()).filter((piece) => /^(?=.*[a-z]{4}.* .*[a-z]).{12,}$/.test(piece));
    expect(sentences.length).toBeGreaterThan(60);
    expect(sentences.filter((piece) => !said.some((sentence) => sentence.includes(piece)))).toEqual([]);
  });

  it('are all translated', () => {
    const untranslated = [...new Set(said)].filter((sentence) => !/[\u4e00-\u9fff]/.test(inChinese(sentence)));
    expect(untranslated).toEqual([]);
  });
});
