/**
 * Writes docs/claims.md and its pictures: what the engine itself says of the claims that larger supernodes, copper, fewer tiers and
 * scale-up are said to make. Run with `npm run claims`.
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { BarChart } from 'echarts/charts';
import { GridComponent, LegendComponent, TitleComponent } from 'echarts/components';
import { init, use } from 'echarts/core';
import { SVGRenderer } from 'echarts/renderers';
import { sizeBrief } from '../src/engine/design/size';
import { vectorOf } from '../src/engine/explore/design-vector';
import { AT } from '../src/engine/explore/objectives';
import { HOP_LATENCY, messageLatencyUs } from '../src/engine/fabric/hop-latency';
import { InfeasibleFault, InputFault } from '../src/units/fault';
import { loadDependencies } from '../src/platform/dependencies';

use([BarChart, GridComponent, LegendComponent, TitleComponent, SVGRenderer]);

const context = loadDependencies(() => new Date('2026-11-24T00:00:00Z'));
const FOLDER = new URL('../docs/claims/', import.meta.url);
mkdirSync(FOLDER, { recursive: true });

/** @param {number} value */
const number = (value, digits = 0) => value.toLocaleString('en-US', { maximumFractionDigits: digits });
const site = { racksPerRow: 16 };

/**
 * A brief sized in full; null where it cannot be built.
 * @param {Omit<import('../src/engine/brief/schema').Brief, 'format'>} fields
 */
function size(fields) {
  try {
    return sizeBrief({ format: 'scaleplan.brief/1', site, ...fields }, context);
  } catch (error) {
    if (error instanceof InfeasibleFault || error instanceof InputFault) return null;
    throw error;
  }
}

/** @param {import('../src/engine/design/build-design').BuiltDesign} built */
function figuresOf(built) {
  const { design } = built;
  const { compute } = design.fabrics;
  const vector = vectorOf(built);
  /** @param {'switches' | 'optics' | 'cables'} category */
  const money = (category) => Number(design.cost.byCategory[category] ?? 0);
  return {
    tiers: compute.tiers.length,
    switches: compute.switches,
    trunks: compute.links.trunk,
    transceivers: design.transceivers,
    opticsKw: design.power.opticsKw,
    networkM: (money('switches') + money('optics') + money('cables')) / 1e6,
    mediaM: (money('optics') + money('cables')) / 1e6,
    latencyUs: (vector[AT.latency] ?? 0) / 1000,
    failures: (vector[AT.failures] ?? 0) / 1000,
  };
}

/** @param {string[]} head @param {(string | number)[][]} rows */
function table(head, rows) {
  return [head, head.map(() => '---'), ...rows].map((row) => `| ${row.join(' | ')} |`).join('\n');
}

/** @param {string} name @param {string} title @param {string[]} categories @param {{ name: string, data: (number | null)[] }[]} series */
function picture(name, title, categories, series) {
  const chart = init(null, null, { renderer: 'svg', ssr: true, width: 720, height: 320 });
  chart.setOption({
    animation: false,
    title: { text: title, textStyle: { fontSize: 14 } },
    legend: { bottom: 0 },
    grid: { left: 70, right: 20, top: 40, bottom: 50 },
    xAxis: { type: 'category', data: categories },
    yAxis: { type: 'value' },
    series: series.map((own) => ({ type: 'bar', ...own })),
  });
  writeFileSync(new URL(`${name}.svg`, FOLDER), chart.renderToSVGString());
  chart.dispose();
  return `![${title}](claims/${name}.svg)`;
}

/** A scale-up domain of B200, one NIC to each. @param {number} size */
const domainOfB200 = (size) => ({
  accelerator: 'nvidia-b200-sxm',
  size,
  scaleUpGbps: 7_200,
  scaleUpLinkGbps: 400,
  scaleUpRadix: 144,
  nics: 1,
  nicGbps: 400,
});

/** The larger the supernode, the simpler the scale-out. */
function largerSupernodes() {
  const sizes = [8, 16, 32, 64, 128, 256, 512];
  /** @param {number} domain @param {'fat-tree' | 'rail-only'} topology */
  const at = (domain, topology) =>
    size({
      accelerators: 16_384,
      supernode: domainOfB200(domain),
      fabrics: { compute: { topology, switch: 'nvidia-qm9700', linkGbps: 400 } },
    });
  const rows = sizes.map((domain) => ({ domain, tree: at(domain, 'fat-tree'), rails: at(domain, 'rail-only') }));
  /** @param {import('../src/engine/design/build-design').BuiltDesign | null} built */
  const cell = (built) =>
    built === null ? ['-', '-', '-'] : [figuresOf(built).tiers, number(figuresOf(built).switches), number(figuresOf(built).trunks)];
  return [
    picture('larger-supernodes', 'Scale-out switches for 16,384 accelerators by size of the supernode', sizes.map(String), [
      { name: 'fat tree', data: rows.map(({ tree }) => (tree === null ? null : figuresOf(tree).switches)) },
      { name: 'rail-only', data: rows.map(({ rails }) => (rails === null ? null : figuresOf(rails).switches)) },
    ]),
    table(
      ['supernode', 'fat tree: tiers', 'switches', 'trunks', 'rail-only: tiers', 'switches', 'trunks'],
      rows.map(({ domain, tree, rails }) => [domain, ...cell(tree), ...cell(rails)]),
    ),
  ].join('\n\n');
}

/** Copper against light. */
function copperAgainstLight() {
  const policies = /** @type {const} */ (['copper-first', 'lowest-cost', 'lowest-power', 'optics-only']);
  // A low tray and little slack, so that copper has a chance between racks.
  const close = { racksPerRow: 16, trayHeightM: 0.2, slackM: 0.3 };
  /** @param {string} name @param {number} accelerators @param {string} supernode @param {string} leaf */
  const caseOf = (name, accelerators, supernode, leaf) => ({
    name,
    fields: { accelerators, supernode, fabrics: { compute: { switch: leaf } }, site: close },
  });
  const cases = [
    caseOf('256 x MI300X', 256, 'amd-mi300x-ubb8', 'arista-7060x6-64pe'),
    caseOf('256 x H100, DGX', 256, 'nvidia-dgx-h100', 'nvidia-qm9700'),
    caseOf('768 in CloudMatrix 384', 768, 'huawei-cloudmatrix384', 'nvidia-sn5600'),
  ];
  const rows = cases.flatMap(({ name, fields }) =>
    policies.flatMap((policy) => {
      const built = size({ ...fields, media: { policy } });
      return built === null ? [] : [{ name, policy, ...figuresOf(built) }];
    }),
  );
  return [
    picture(
      'copper-against-light',
      'Optics and cables, million USD, by media policy',
      [...policies],
      cases.map(({ name }) => ({
        name,
        data: policies.map((policy) => rows.find((row) => row.name === name && row.policy === policy)?.mediaM ?? null),
      })),
    ),
    table(
      ['system', 'policy', 'optics and cables, M USD', 'modules', 'kW of media', 'failures a year'],
      rows.map((row) => [
        row.name,
        row.policy,
        number(row.mediaM, 3),
        number(row.transceivers),
        number(row.opticsKw, 1),
        number(row.failures, 1),
      ]),
    ),
  ].join('\n\n');
}

/** Copper against light inside the supernode: a domain of B200 of each size. */
function scaleUpMedia() {
  const sizes = [8, 72, 144, 256, 576];
  const rows = sizes.flatMap((domain) => {
    const built = size({
      accelerators: domain,
      supernode: domainOfB200(domain),
      site: { racksPerRow: 16, rackPowerKw: 140 },
    });
    return built === null ? [] : [{ domain, ...built.design.fabrics.scaleUp }];
  });
  return table(
    ['domain', 'medium', 'switch chips', 'copper pairs', 'optical modules', 'kW of switches and optics', 'W an accelerator'],
    rows.map((row) => [
      row.domain,
      row.medium,
      number(row.switches),
      number(row.copperPairs),
      number(row.transceivers),
      number(row.powerW / 1000, 1),
      number(row.powerW / row.domain),
    ]),
  );
}

/** Two tiers against three. */
function twoTiersAgainstThree() {
  const sizes = [512, 1_024, 2_048, 4_096];
  const rows = sizes.flatMap((accelerators) =>
    /** @type {const} */ ([2, 3]).map((tiers) => ({
      accelerators,
      tiers,
      built: size({
        accelerators,
        supernode: 'nvidia-dgx-b200',
        fabrics: { compute: { topology: 'fat-tree', tiers, switch: 'nvidia-qm9700' } },
      }),
    })),
  );
  /** @param {number} accelerators @param {number} tiers */
  const value = (accelerators, tiers) => {
    const built = rows.find((row) => row.accelerators === accelerators && row.tiers === tiers)?.built ?? null;
    return built === null ? null : figuresOf(built).networkM;
  };
  return [
    picture(
      'two-tiers-against-three',
      'Network, million USD, by accelerators (DGX B200, 64-port switches)',
      sizes.map((accelerators) => number(accelerators)),
      [2, 3].map((tiers) => ({ name: `${tiers} tiers`, data: sizes.map((accelerators) => value(accelerators, tiers)) })),
    ),
    table(
      ['accelerators', 'tiers', 'switches', 'trunks', 'modules', 'network, M USD', 'latency as software sees it, us'],
      rows.map(({ accelerators, tiers, built }) => {
        if (built === null) return [number(accelerators), tiers, 'does not fit', '', '', '', ''];
        const own = figuresOf(built);
        return [
          number(accelerators),
          tiers,
          number(own.switches),
          number(own.trunks),
          number(own.transceivers),
          number(own.networkM, 2),
          number(own.latencyUs, 2),
        ];
      }),
    ),
  ].join('\n\n');
}

/** Scale-out latency by protocol and tiers; what a scale-up hop takes, software sees only where it was measured. */
function latencies() {
  const rows = Object.entries(HOP_LATENCY).flatMap(([protocol, latency]) =>
    [1, 2, 3].map((tiers) => ({ protocol, tiers, us: messageLatencyUs(latency, 2 * tiers - 1) })),
  );
  return [
    picture(
      'scale-up-against-scale-out',
      'End to end for 64 bytes as software sees it, us (NVLink measured: 3.33)',
      ['1 tier', '2 tiers', '3 tiers'],
      Object.keys(HOP_LATENCY).map((protocol) => ({
        name: protocol,
        data: rows.filter((row) => row.protocol === protocol).map((row) => row.us),
      })),
    ),
    table(
      ['protocol', 'tiers', 'us', 'basis'],
      rows.map(({ protocol, tiers, us }) => [protocol, tiers, number(us, 2), tiers < 3 ? 'measured' : 'extrapolated']),
    ),
  ].join('\n\n');
}

const sections = {
  larger: largerSupernodes(),
  media: copperAgainstLight(),
  scaleUp: scaleUpMedia(),
  tiers: twoTiersAgainstThree(),
  latency: latencies(),
};
/** The words of docs/claims.md stay; what stands between its marks is written anew. */
const PAGE = new URL('../docs/claims.md', import.meta.url);
const page = readFileSync(PAGE, 'utf8');
writeFileSync(
  PAGE,
  Object.entries(sections).reduce(
    (text, [name, section]) =>
      text.replace(new RegExp(`<!-- ${name} -->[\\s\\S]*?<!-- end -->`), () => `<!-- ${name} -->\n\n${section}\n\n<!-- end -->`),
    page,
  ),
);
