import fc from 'fast-check';
import { MEDIA_KINDS, MEDIA_POLICIES, OBJECTIVES, TOPOLOGIES, type Brief } from '../../src/engine/brief/schema';
import { entriesOf } from '../../src/catalog/catalog';
import { builtIn } from './built-in';

/**
 * Random briefs over everything a brief can ask for: supernodes of the catalog and custom ones, every topology, tiers,
 * switch, speed, oversubscription, planes, rails, scalable units, service fabrics, media, site limits and growth.
 * Many are infeasible, as they should be: then the fault is what is tested.
 */

const optional = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined });
/** Present in about one brief of `outOf`. */
const rarely = <T>(outOf: number, arbitrary: fc.Arbitrary<T>) =>
  fc.oneof({ weight: outOf - 1, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary });

const supernodes = entriesOf(builtIn.catalog, 'supernode');
const supernodeIds = supernodes.map((entry) => entry.id);
const switches = entriesOf(builtIn.catalog, 'switch');
const switchIds = switches.map((entry) => entry.id);
const treeTopology = fc.constantFrom('single-switch' as const, 'rail-only' as const, 'fat-tree' as const, 'multi-plane' as const);

interface Choice {
  readonly switch?: string;
  readonly linkGbps?: number;
}

/** Switches and speeds that a NIC can be cabled to: most briefs should ask for what exists. */
function choicesFor(nicId: string): readonly Choice[] {
  const nic = builtIn.catalog.byId.get(nicId);
  if (nic?.kind !== 'nic') throw new Error(`no NIC ${nicId}`);
  return switches
    .filter((entry) => nic.protocols.includes(entry.protocol))
    .flatMap((entry) =>
      nic.cage.modes
        .filter((mode) => entry.cages.some((cage) => cage.modes.some((own) => own.gbps === mode.gbps && own.laneGbps === mode.laneGbps)))
        .map((mode) => ({ switch: entry.id, linkGbps: mode.gbps })),
    );
}

const customSupernode = fc.record(
  {
    accelerator: fc.constantFrom(
      ...entriesOf(builtIn.catalog, 'accelerator')
        .filter((entry) => entry.tdpW !== undefined)
        .map((entry) => entry.id),
    ),
    size: fc.constantFrom(8, 16, 24, 32, 64, 72, 128, 256, 384, 512),
    scaleUpGbps: fc.constantFrom(1_600, 3_600, 7_200),
    nics: fc.constantFrom(1, 2),
    nicGbps: fc.constantFrom(200, 400, 800),
    acceleratorsPerNode: fc.constantFrom(4, 8),
  },
  { requiredKeys: ['accelerator', 'size', 'scaleUpGbps'] },
);

const anySwitch = fc.constantFrom(...switchIds);

function computeFor(choices: readonly Choice[]) {
  const choice: fc.Arbitrary<Choice> = fc.oneof(
    { weight: 16, arbitrary: fc.constantFrom(...choices) },
    { weight: 2, arbitrary: fc.constant({}) },
    { weight: 1, arbitrary: fc.record({ switch: optional(anySwitch), linkGbps: optional(fc.constantFrom(100, 200, 400, 800)) }) },
  );
  return fc
    .record({
      choice,
      topology: rarely(3, fc.oneof({ weight: 9, arbitrary: treeTopology }, { weight: 1, arbitrary: fc.constantFrom(...TOPOLOGIES) })),
      tiers: rarely(4, fc.constantFrom(1 as const, 2 as const, 3 as const)),
      spineSwitch: rarely(20, anySwitch),
      oversubscription: optional(fc.constantFrom(1, 1.33, 1.5, 2, 3, 4, 7)),
      reservedEndpoints: rarely(3, fc.integer({ min: 1, max: 12 })),
      railOptimized: rarely(3, fc.boolean()),
      planes: rarely(6, fc.constantFrom(1, 2, 4, 8)),
      scalableUnitSupernodes: rarely(3, fc.integer({ min: 1, max: 40 })),
      protocol: rarely(12, fc.constantFrom('infiniband' as const, 'ethernet' as const)),
    })
    .map(({ choice: chosen, ...compute }) => ({ ...compute, ...chosen }));
}

/** A supernode and a compute fabric that mostly suits its NIC. */
const machine = fc.oneof(
  {
    weight: 8,
    arbitrary: fc.constantFrom(...supernodes).chain((entry) => {
      return fc.record({ supernode: fc.constant(entry.id), compute: computeFor(choicesFor(entry.ports.compute.nic)) });
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      supernode: fc.subarray(supernodeIds, { minLength: 2, maxLength: 3 }),
      compute: computeFor([{}]),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({ supernode: customSupernode, compute: computeFor(choicesFor('nvidia-connectx-7-osfp')) }),
  },
);

const service = (speeds: readonly number[]) =>
  rarely(
    3,
    fc.record({
      linkGbps: rarely(5, fc.constantFrom(...speeds)),
      oversubscription: optional(fc.constantFrom(1, 1.33, 2, 3)),
      portsPerNode: optional(fc.constantFrom(1, 2)),
      reservedEndpoints: rarely(3, fc.integer({ min: 1, max: 30 })),
    }),
  );

const site = fc.record({
  rackPowerKw: rarely(2, fc.constantFrom(22, 45, 60, 140, 300)),
  rackUnits: rarely(3, fc.constantFrom(42, 48, 52)),
  racksPerRow: optional(fc.integer({ min: 2, max: 24 })),
  rowPitchM: rarely(3, fc.constantFrom(2.4, 3, 4.8)),
  trayHeightM: rarely(3, fc.constantFrom(0.3, 0.8, 2)),
  slackM: rarely(3, fc.constantFrom(0, 1, 3)),
  maxRacks: rarely(5, fc.integer({ min: 1, max: 80 })),
  maxPowerKw: rarely(5, fc.integer({ min: 10, max: 4_000 })),
  pue: optional(fc.constantFrom(1, 1.2, 1.45)),
});

const media = fc.record({
  policy: optional(fc.constantFrom(...MEDIA_POLICIES)),
  allow: rarely(8, fc.subarray([...MEDIA_KINDS], { minLength: 2 })),
  fibre: rarely(5, fc.constantFrom('auto' as const, 'smf' as const, 'mmf' as const)),
});

const pricing = fc.record({
  currency: fc.constantFrom('USD', 'EUR', 'JPY', 'KWD'),
  exchangeRate: fc.constantFrom('1', '0.9217', '151.37', '0.30745'),
  discountPct: fc.record({ optics: fc.constantFrom('0', '7.25', '33.333333'), default: fc.constantFrom('0', '3.5') }),
  marginPct: fc.record({ default: fc.constantFrom('0', '12', '17.75') }),
  years: fc.integer({ min: 1, max: 7 }),
});

/** @param maxAccelerators largest machine; most are far smaller */
export function randomBrief(maxAccelerators: number): fc.Arbitrary<Brief> {
  const accelerators = fc.oneof(
    { weight: 5, arbitrary: fc.integer({ min: 1, max: Math.min(160, maxAccelerators) }) },
    { weight: 3, arbitrary: fc.integer({ min: 1, max: Math.min(600, maxAccelerators) }) },
    { weight: 1, arbitrary: fc.integer({ min: 1, max: maxAccelerators }) },
  );
  return (
    fc
      .record({
        accelerators,
        machine,
        storage: service([100, 200, 400]),
        inBand: service([25, 100, 200]),
        outOfBand: service([1]),
        site,
        media: optional(media),
        pricing: rarely(3, pricing),
        growthBy: rarely(4, fc.array(fc.integer({ min: 1, max: 300 }), { minLength: 1, maxLength: 3 })),
        objective: rarely(3, fc.constantFrom(...OBJECTIVES)),
      })
      .map(({ machine: { supernode, compute }, storage, inBand, outOfBand, growthBy, ...brief }) => ({
        format: 'scaleplan.brief/1' as const,
        ...brief,
        supernode,
        fabrics: { compute, storage, inBand, outOfBand },
        growth: growthBy?.map((_, index) => ({
          accelerators: brief.accelerators + growthBy.slice(0, index + 1).reduce((sum, added) => sum + added, 0),
          months: 12 * (index + 1),
        })),
      }))
      // What is left open is absent, as in a file.
      .map((brief) => JSON.parse(JSON.stringify(brief)) as Brief)
  );
}
