// @vitest-environment node
import { describe, expect, it } from 'vitest';
import { parseBrief } from '../../../src/engine/brief/schema';
import { mediaOptions } from '../../../src/engine/media/media-options';
import { sizeBrief } from '../../../src/engine/design/size';
import { InfeasibleFault, InputFault } from '../../../src/units/fault';
import { inChinese } from '../../../src/renderer/locales/zh/sentences';
import { loadDependencies } from '../../../src/platform/dependencies';
import { builtIn } from '../../support/built-in';

/** What the engine really says, in Chinese: a sentence that the page shows must not stay English. */

const dependencies = loadDependencies(() => new Date('2026-11-24T00:00:00Z'));
const isChinese = (sentence: string) => /[\u4e00-\u9fff]/.test(sentence);
const untranslated = (sentences: readonly string[]) => [...new Set(sentences)].filter((one) => !isChinese(inChinese(one)));

/** A paper and a place in it stay as they are cited. */
const isCitation = (source: string) => /^[A-Z][\w ,.]+, arXiv [\d.]+/.test(source);

/** Every sentence of a design, or of the fault it ends in. */
function sentencesOf(document: unknown): string[] {
  try {
    const { design } = sizeBrief(parseBrief(document), builtIn);
    return [
      ...design.choices.map(({ reason }) => reason),
      ...design.warnings.map(({ message }) => message),
      ...design.derivations.flatMap(({ label, formula, source }) => [label, formula, ...(isCitation(source) ? [] : [source])]),
    ];
  } catch (error) {
    if (error instanceof InputFault) return error.issues.map(({ message }) => message);
    if (error instanceof InfeasibleFault)
      return error.limits.flatMap(({ message, fixes }) => [message, ...fixes.map(({ label }) => label)]);
    throw error;
  }
}

const brief = (fields: object) => ({ format: 'scaleplan.brief/1', ...fields });
const h100 = (fields: object) => brief({ accelerators: 512, supernode: 'nvidia-dgx-h100', ...fields });

const deadlineJob = {
  format: 'scaleplan.workload/1',
  model: { preset: 'llama-3-70b' },
  sequence: 8192,
  globalBatch: 1536,
  tokens: 2e12,
  deadlineDays: 45,
};

describe('the sentences of the engine in Chinese', () => {
  it('cover several sites: choices, notes and faults', () => {
    const sites = [
      { name: 'A', accelerators: 64 },
      { name: 'B', accelerators: 64, distanceKm: 20 },
      { name: 'C', accelerators: 64, distanceKm: 90 },
    ];
    const workload = {
      model: { preset: 'llama-3-405b' },
      sequence: 8192,
      globalBatch: 128,
      precision: 'bf16',
      parallelism: { tp: 8, pp: 16, dp: 1, cp: 1, ep: 1 },
    };
    const of = (fields: object) => sentencesOf(brief({ supernode: 'nvidia-dgx-h100', sites, ...fields }));
    const design = brief({
      supernode: 'nvidia-dgx-h100',
      sites,
      scaleAcross: { protectedPaths: true },
      fabrics: { compute: { switch: 'nvidia-qm9700' } },
    });
    const { choices, warnings } = sizeBrief(parseBrief(design), builtIn).design;
    const said = [
      ...choices.map(({ reason }) => reason),
      ...warnings.map(({ message }) => message),
      ...of({ accelerators: 1 }),
      ...of({ growth: [{ accelerators: 1, months: 1 }] }),
      ...of({ scaleAcross: { gbps: 1, oversubscription: 2 } }),
      ...of({ workload }),
      ...of({ sites: sites.map((site) => ({ ...site, name: 'A' })) }),
      ...of({ sites: sites.map((site, index) => ({ ...site, ...(index === 0 ? {} : { distanceKm: 0 }) })) }),
      ...of({ sites: sites.map((site, index) => ({ ...site, ...(index === 0 ? {} : { distanceKm: 5_000 }) })) }),
    ];
    expect(said.length).toBeGreaterThan(15);
    expect(untranslated(said)).toEqual([]);
  });

  it('cover the choices and notes of every template', () => {
    const said = dependencies.templates.flatMap((template) => sentencesOf(template.brief));
    expect(said.length).toBeGreaterThan(40);
    expect(untranslated(said)).toEqual([]);
  });

  it.each([
    ['a number of accelerators left to a deadline', brief({ supernode: 'nvidia-dgx-h100', workload: deadlineJob })],
    ['a hall too small for a deadline', brief({ supernode: 'nvidia-dgx-h100', workload: deadlineJob, site: { maxPowerKw: 400 } })],
    ['a workload without a deadline', brief({ workload: { ...deadlineJob, deadlineDays: undefined } })],
    [
      'degrees where a deadline is to decide',
      brief({ supernode: 'nvidia-dgx-h100', workload: { ...deadlineJob, parallelism: { tp: 8 } } }),
    ],
    ['degrees that do not multiply', h100({ workload: { ...deadlineJob, parallelism: { tp: 3, pp: 8, dp: 20 } } })],
    ['a field below its range', h100({ site: { pue: 0.5 } })],
    ['a field above its range', h100({ site: { pue: 4 } })],
    ['a fraction where a whole number belongs', h100({ site: { maxRacks: 1.5 } })],
    ['text where a number belongs', h100({ site: { maxRacks: 'many' } })],
    ['a value that is not on the list', h100({ fabrics: { compute: { topology: 'star' } } })],
    ['an unknown field', h100({ colour: 'blue' })],
    ['a currency that is none', h100({ pricing: { currency: 'dollars' } })],
    ['a percentage too high', h100({ pricing: { marginPct: { default: '120' } } })],
    ['an unknown switch', h100({ fabrics: { compute: { switch: 'nvidia-qm9999' } } })],
    ['a speed that the network card lacks', h100({ fabrics: { compute: { linkGbps: 123 } } })],
    [
      'a switch that does not speak with the network card',
      brief({ accelerators: 384, supernode: 'huawei-cloudmatrix384', fabrics: { compute: { switch: 'nvidia-qm9700' } } }),
    ],
    ['planes that the ports do not split into', h100({ fabrics: { compute: { topology: 'multi-plane', planes: 3 } } })],
    ['a dragonfly that grows', h100({ fabrics: { compute: { topology: 'dragonfly' } }, growth: [{ accelerators: 1024, months: 6 }] })],
    ['a Slim Fly', h100({ fabrics: { compute: { topology: 'slim-fly' } } })],
    ['an order without a Slim Fly', h100({ fabrics: { compute: { topology: 'slim-fly', slimFlyOrder: 6 } } })],
    ['tiers of a dragonfly', h100({ fabrics: { compute: { topology: 'dragonfly', tiers: 2 } } })],
    [
      'more endpoints than a Slim Fly holds',
      brief({
        accelerators: 40_000,
        supernode: 'nvidia-dgx-h100',
        fabrics: { compute: { topology: 'slim-fly', switch: 'nvidia-qm9700' } },
      }),
    ],
    ['an InfiniBand fabric without a subnet manager', h100({ fabrics: { compute: { switch: 'nvidia-qm9700' } } })],
    ['an Ethernet fabric with its routing open', h100({ fabrics: { compute: { switch: 'nvidia-sn5600' } } })],
    ['static routing of a dragonfly', h100({ fabrics: { compute: { topology: 'dragonfly', routing: 'static' } } })],
    ['a trunk speed that no switch has', h100({ fabrics: { compute: { trunkGbps: 123 } } })],
    [
      'pods filled evenly',
      h100({ accelerators: 1280, fabrics: { compute: { topology: 'fat-tree', tiers: 3, switch: 'nvidia-qm9700', railOptimized: false } } }),
    ],
    ['no number of accelerators', brief({ workload: { model: { preset: 'llama-3-405b' } } })],
    ['too little power', h100({ site: { maxPowerKw: 300 } })],
    ['too few racks', h100({ site: { maxRacks: 3 } })],
    ['too little power a rack', h100({ site: { rackPowerKw: 5 } })],
    ['too many endpoints for the tiers', h100({ accelerators: 4096, fabrics: { compute: { tiers: 2, switch: 'nvidia-qm9700' } } })],
    ['no medium that reaches', h100({ media: { allow: ['dac'] }, site: { rowPitchM: 20 } })],
  ])('cover %s', (_what, document) => {
    const said = sentencesOf(document);
    expect(said).not.toEqual([]);
    expect(untranslated(said)).toEqual([]);
  });

  it('cover why a medium does not fit a link', () => {
    const said = [
      ...mediaOptions(builtIn.catalog, builtIn.prices, { gbps: 400, lengthM: 30 }),
      ...mediaOptions(builtIn.catalog, builtIn.prices, { gbps: 800, lengthM: 400, fibre: 'mmf' }),
    ].flatMap(({ reasons }) => reasons);
    expect(said.length).toBeGreaterThan(20);
    expect(untranslated(said)).toEqual([]);
  });

  it('keep numbers and names as the engine wrote them', () => {
    expect(inChinese('is 0.5, but must be at least 1; raise it')).toBe('为 0.5，但必须不小于 1；请调高');
    expect(inChinese('raise maxPowerKw to 3,120')).toBe('将功率上限提高到 3,120');
    expect(inChinese('a sentence nobody wrote')).toBe('a sentence nobody wrote');
  });
});
