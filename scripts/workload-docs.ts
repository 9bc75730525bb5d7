/**
 * Writes docs/validation.md and docs/supernode-size.md with its pictures from the engine itself: `npm run docs:workload`.
 * Run it after a change of the workload model, so that the pages say what the program says.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { init } from 'echarts';
import { format } from 'prettier';
import { curveOfWorkload, type NetworkCurvePoint, type WorkloadCurve } from '../src/engine/design/workload-curve';
import { outOfOrder, summarize, validationTable, type ValidationRow } from '../src/engine/workload/validation';
import { loadDependencies } from '../src/platform/dependencies';

const docs = new URL('../docs/', import.meta.url);
const page = async (name: string, text: string) =>
  writeFileSync(new URL(name, docs), await format(text, { parser: 'markdown', printWidth: 140 }));
const figure = (value: number, digits = 3) => String(Number(value.toFixed(digits)));
const cell = (text: string | number) => String(text).replaceAll('|', '/');
const table = (heads: readonly string[], rows: readonly (readonly (string | number)[])[]) =>
  [
    `| ${heads.join(' | ')} |`,
    `| ${heads.map((_, at) => (at === 0 ? '---' : '---:')).join(' | ')} |`,
    ...rows.map((row) => `| ${row.map(cell).join(' | ')} |`),
  ].join('\n');

function summaryOf(rows: readonly ValidationRow[]): string {
  const line = (name: string, choose: (row: ValidationRow) => boolean, bar: string) => {
    const { rows: count, meanPct, maxPct } = summarize(rows, choose);
    return [name, count, figure(meanPct, 2), figure(maxPct, 2), bar];
  };
  return table(
    ['rows', 'number', 'mean error %', 'largest %', 'bar'],
    [
      line(
        'dense steps that set no constant',
        (row) => row.kind === 'dense step' && !row.calibrated && row.otherSoftware === undefined,
        'mean 5, largest 12',
      ),
      line('dense steps that set a constant', (row) => row.kind === 'dense step' && row.calibrated, 'mean 2'),
      line(
        'dense steps on other software than the calibration',
        (row) => row.kind === 'dense step' && row.otherSoftware !== undefined,
        'none; shown for what a change of software does',
      ),
      line('mixture-of-experts steps', (row) => row.kind === 'mixture step', 'band of 30'),
      line('memory, GiB', (row) => row.kind === 'memory' && row.unit === 'GiB', '1'),
      line('operations', (row) => row.kind === 'operations', '0.5'),
    ],
  );
}

async function writeValidation(): Promise<void> {
  const rows = validationTable();
  const outside = rows.filter((row) => row.kind === 'mixture step' && Math.abs(row.errorPct) > 30);
  const mixtures = rows.filter((row) => row.kind === 'mixture step').length;
  const source = (row: ValidationRow) =>
    [
      `${row.source}${row.confidence === 'recalled' ? ' (recalled, not re-read)' : ''}`,
      row.note,
      row.recipe === undefined ? undefined : `recipe: ${row.recipe}`,
      row.otherSoftware === undefined ? undefined : `other software: ${row.otherSoftware}`,
    ]
      .filter((text) => text !== undefined)
      .join('; ');
  await page(
    'validation.md',
    `# Validation of the workload model

Every published row that the model is held to: ours, theirs, the error, and whether the row calibrated the model. Made by
\`npm run docs:workload\`; \`npx scaleplan validate\` prints the same rows.

${summaryOf(rows)}

## Dense training on A100

The rows of 2021 and 2022 share one calibration. What differs between them is counted, not fitted: the software of 2021 adds the
gradients of every microbatch by a kernel of its own (8 bytes a parameter), later software inside the weight-gradient product; without
sequence parallelism a pipeline stage gathers what it received over scale-up (arXiv 2104.04473, section 4.1). A document does not say which
software runs: replicas without sequence parallelism are taken for that of 2021. ZeRO-3 rows are DeepSpeed of 2021, whose gathers run at a
fifth of a large collective's rate and start late for each layer; on other devices no published run says so.

## Mixtures of experts

${mixtures - outside.length} of ${mixtures} published runs of mixtures lie within the band of 30 %${outside.length === 0 ? '' : `, but not ${outside.map((row) => row.id).join(', ')}`}. What their time follows from: the work of the
active experts at half the rate of dense products, a ramp for each expert's own product (few tokens an expert, small products), dispatch and
combine on two levels, the prediction module where a run trains it, and the host, which launches the kernels of a layer and of every local
expert in every microbatch. The host sets the pace of small microbatches. Where the published recipe overlaps the exchange of one microbatch with
the computation of another (\`expertOverlap\`), half the exchange stays exposed and the host launches 1.74 times as long. Degrees are those of the
table; where the recipe of the same release says otherwise, those of the recipe, noted in the row.

## Order of configurations

The model keeps the published order of every pair of dense runs in a table, but for the pairs below. Each is closer than the
difference of two of our figures can tell: the standard error of such a difference is the root of twice the mean square error of the
table's rows.

${table(
  ['published higher', 'published lower', 'apart %', 'standard error %'],
  outOfOrder(rows).map(({ higher, lower, gapPct, errorOfGapPct }) => [
    `${higher.id} ${higher.published}`,
    `${lower.id} ${lower.published}`,
    figure(gapPct, 2),
    figure(errorOfGapPct, 2),
  ]),
)}

## Rows

${table(
  ['row', 'quantity', 'unit', 'published', 'ours', 'error %', 'calibrated', 'source'],
  rows.map((row) => [
    row.id,
    row.quantity,
    row.unit,
    figure(row.published),
    figure(row.ours),
    figure(row.errorPct),
    row.calibrated ? 'yes' : '',
    source(row),
  ]),
)}
`,
  );
}

const WIDTH = 760;
const HEIGHT = 380;
const COLOURS = ['#1f6f8b', '#c2552d', '#6a7f3f', '#7a5c99'];

interface Line {
  readonly name: string;
  readonly values: readonly (number | null)[];
}

/** A line chart over supernode sizes as an SVG file; returns the Markdown that shows it. */
function draw(
  name: string,
  title: string,
  unit: string,
  sizes: readonly number[],
  lines: readonly Line[],
  scale: 'value' | 'log' = 'value',
): string {
  const chart = init(null, null, { renderer: 'svg', ssr: true, width: WIDTH, height: HEIGHT });
  chart.setOption({
    animation: false,
    backgroundColor: '#ffffff',
    color: COLOURS,
    textStyle: { fontFamily: 'Helvetica, Arial, sans-serif' },
    title: { text: unit === '' ? title : `${title}, ${unit}`, left: 16, top: 10, textStyle: { fontSize: 15, fontWeight: 600 } },
    legend: { top: 38, left: 16, itemGap: 18 },
    grid: { left: 76, right: 24, top: 84, bottom: 52 },
    xAxis: { type: 'category', data: sizes.map(String), name: 'accelerators of a supernode', nameLocation: 'middle', nameGap: 30 },
    yAxis: {
      type: scale,
      axisLabel: { formatter: (value: number) => value.toLocaleString('en-US') },
    },
    series: lines.map(({ name: label, values }) => ({
      type: 'line',
      name: label,
      data: [...values],
      symbolSize: 6,
      connectNulls: false,
      lineStyle: { width: 2 },
    })),
  });
  writeFileSync(new URL(`figures/${name}.svg`, docs), `${chart.renderToSVGString()}\n`);
  chart.dispose();
  return `![${title}](figures/${name}.svg)`;
}

interface CurveJob {
  readonly preset: string;
  readonly sequence: number;
  readonly globalBatch: number;
}
interface JobCurve {
  readonly job: CurveJob;
  readonly curve: WorkloadCurve;
}
const DENSE: CurveJob = { preset: 'llama-3-405b', sequence: 8192, globalBatch: 2_304 };
const MIXTURE: CurveJob = { preset: 'deepseek-v3', sequence: 4096, globalBatch: 18_432 };
const ACCELERATORS = 9_216;

function curveOf(job: CurveJob): JobCurve {
  const { catalog } = loadDependencies();
  const workload = {
    format: 'scaleplan.workload/1',
    model: { preset: job.preset },
    accelerator: 'nvidia-gb200',
    accelerators: ACCELERATORS,
    scaleOutGbps: 400,
    sequence: job.sequence,
    globalBatch: job.globalBatch,
    precision: 'fp8',
  };
  return { job, curve: curveOfWorkload(catalog, { workload }) };
}

function section({ job, curve }: JobCurve): string {
  const rows = curve.points.map((point) => [
    point.supernodeSize,
    figure(point.stepTimeS, 2),
    `±${point.band.plusMinusPct} %`,
    figure(point.exposedS, 2),
    figure(point.exposedScaleOutS, 2),
    figure(point.neededScaleOutGbps, 0),
    point.needed?.tiers ?? '-',
    point.needed?.switches.toLocaleString('en-US') ?? '-',
    point.needed?.optics.toLocaleString('en-US') ?? '-',
    point.scaleUp?.switches.toLocaleString('en-US') ?? '-',
    point.scaleUp?.optics.toLocaleString('en-US') ?? '-',
    `tp ${point.plan.tp} pp ${point.plan.pp} dp ${point.plan.dp} cp ${point.plan.cp} ep ${point.plan.ep}`,
  ]);
  const heads = [
    'size',
    'step s',
    'band',
    'exposed s',
    'outside s',
    'needs Gb/s',
    'tiers',
    'switches',
    'optics',
    'scale-up chips',
    'scale-up optics',
    'plan',
  ];
  return `## ${curve.model}

Sequence ${job.sequence.toLocaleString('en-US')}, global batch ${job.globalBatch.toLocaleString('en-US')}, FP8.

${table(heads, rows)}`;
}

async function writeCurve(): Promise<void> {
  mkdirSync(new URL('figures/', docs), { recursive: true });
  const dense = curveOf(DENSE);
  const mixture = curveOf(MIXTURE);
  const sizes = dense.curve.points.map((point) => point.supernodeSize);
  const both = (of: (point: NetworkCurvePoint) => number | null): Line[] => [
    { name: dense.curve.model, values: dense.curve.points.map(of) },
    { name: mixture.curve.model, values: mixture.curve.points.map(of) },
  ];
  const relative = ({ curve }: JobCurve) => curve.points.map((point) => Number((point.stepTimeS / curve.points[0]!.stepTimeS).toFixed(4)));
  const pictures = [
    draw('supernode-step', 'Step time, relative to supernodes of 8', '', sizes, [
      { name: dense.curve.model, values: relative(dense) },
      { name: mixture.curve.model, values: relative(mixture) },
    ]),
    draw(
      'supernode-exposed',
      'Communication that computation does not hide, scale-out',
      's of each step',
      sizes,
      both((point) => Number(point.exposedScaleOutS.toFixed(4))),
    ),
    draw(
      'supernode-bandwidth',
      'Scale-out bandwidth that the job needs',
      'Gb/s an accelerator',
      sizes,
      both((point) => Math.round(point.neededScaleOutGbps)),
    ),
    draw(
      'supernode-switches',
      'Scale-out switches for that bandwidth',
      '',
      sizes,
      both((point) => point.needed?.switches ?? null),
      'log',
    ),
    draw(
      'supernode-optics',
      'Scale-out optical modules for that bandwidth',
      '',
      sizes,
      both((point) => point.needed?.optics ?? null),
      'log',
    ),
  ];
  await page(
    'supernode-size.md',
    `# What the size of the supernode does

Two jobs on ${ACCELERATORS.toLocaleString('en-US')} GB200 accelerators, with scale-up domains of 8 to 1,024: the same accelerator and scale-up bandwidth throughout, the
best plan for each size. Made by \`npm run docs:workload\`; \`npx scaleplan curve WORKLOAD\` gives the same for a job of your own.

- **exposed**: communication that computation does not hide; **outside**: the part of it on the scale-out network.
- **needs**: the least scale-out rate of one accelerator at which the step takes at most 5 % longer than with unlimited scale-out bandwidth.
- **tiers, switches, optics**: a scale-out network of just that bandwidth, from ports of ${dense.curve.linkGbps} Gb/s and switches of ${dense.curve.radix} ports; a module at
  each end of each link.
- **scale-up chips, optics**: what the domains themselves are wired with, all together; beyond a rack copper no longer reaches.
- The band is the model's own uncertainty (see [validation](validation.md)); differences between sizes are surer than the figures.

${pictures.join('\n\n')}

${section(dense)}

${section(mixture)}
`,
  );
}

await writeValidation();
await writeCurve();
