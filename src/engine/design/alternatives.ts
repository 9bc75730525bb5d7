import { entriesOf, isSold } from '../../catalog/catalog';
import { ceilDiv } from '../../units/integer';
import { InfeasibleFault, InputFault, type BindingLimit } from '../../units/fault';
import { num } from '../../units/format';
import { MEDIA_POLICIES, type Brief } from '../brief/schema';
import type { Design, DesignSummary } from './design';
import { supernodeSpecs, type SizingContext } from './candidates';
import { sizeBrief } from './size';

/** What a step of the wizard could be decided to be, each way sized in full beside the others. */

/** One way to fill what a step of the wizard decides, beside the others. */
export interface DesignAlternative {
  readonly id: string;
  readonly label: string;
  /** True for what the current brief leads to. */
  readonly current: boolean;
  /** The brief with this alternative taken. */
  readonly brief: Brief;
  readonly summary: DesignSummary | null;
  /** Numbers for charts: power, cost and counts by part. */
  readonly figures: Readonly<Record<string, number>>;
  /** Why it is not possible. */
  readonly limits: readonly BindingLimit[];
}

export type AlternativeAxis = 'supernode' | 'scaleOut' | 'media';

interface Variant {
  readonly id: string;
  readonly label: string;
  readonly brief: Brief;
}

/** All alternatives of one axis, in one go. */
export function listAlternatives(brief: Brief, axis: AlternativeAxis, context: SizingContext): DesignAlternative[] {
  const work = stepAlternatives(brief, axis, context);
  for (;;) {
    const step = work.next();
    if (step.done === true) return step.value;
  }
}

/** The same, one design at a time, so that whoever drives it can do other work in between or stop. */
export function* stepAlternatives(brief: Brief, axis: AlternativeAxis, context: SizingContext): Generator<void, DesignAlternative[], void> {
  const variants =
    axis === 'supernode'
      ? supernodeVariants(brief, context)
      : axis === 'scaleOut'
        ? scaleOutVariants(brief, context)
        : mediaVariants(brief);
  const current = tryFingerprint(brief, axis, context);
  const found = new Map<string, DesignAlternative>();
  for (const variant of variants) {
    yield;
    const alternative = size(variant, context);
    const key = alternative.summary === null ? variant.id : fingerprint(alternative.summary, axis);
    // Two ways that lead to the same design are one alternative.
    if (!found.has(key)) found.set(key, { ...alternative, current: key === current });
  }
  return [...found.values()];
}

function tryFingerprint(brief: Brief, axis: AlternativeAxis, context: SizingContext): string | null {
  try {
    return fingerprint(summarizeDesign(sizeBrief(brief, context).design), axis);
  } catch {
    return null;
  }
}

function fingerprint(summary: DesignSummary, axis: AlternativeAxis): string {
  return axis === 'media' ? summary.mediaPolicy : summary.id;
}

function size(variant: Variant, context: SizingContext): DesignAlternative {
  const base = { id: variant.id, label: variant.label, brief: variant.brief, current: false };
  try {
    const { design } = sizeBrief(variant.brief, context);
    return { ...base, summary: summarizeDesign(design), figures: figuresOf(design), limits: [] };
  } catch (error) {
    if (error instanceof InfeasibleFault) return { ...base, summary: null, figures: {}, limits: error.limits };
    if (error instanceof InputFault)
      return {
        ...base,
        summary: null,
        figures: {},
        limits: error.issues.map((issue) => ({ limit: 'input', path: issue.path, message: issue.message, fixes: [] })),
      };
    throw error;
  }
}

function supernodeVariants(brief: Brief, { catalog }: SizingContext): Variant[] {
  const specs = supernodeSpecs({ ...brief, supernode: undefined }, catalog);
  const own =
    typeof brief.supernode === 'object' && !Array.isArray(brief.supernode)
      ? supernodeSpecs(brief, catalog).map((spec) => ({ id: spec.id, label: spec.name, brief }))
      : [];
  return [
    ...own,
    ...specs.map((spec) => {
      // A switch, speed or unit chosen for another supernode would rule this one out for no good reason.
      const { oversubscription, railOptimized, reservedEndpoints } = brief.fabrics?.compute ?? {};
      const compute = { oversubscription, railOptimized, reservedEndpoints };
      const keeps = typeof brief.supernode === 'string' && brief.supernode === spec.id;
      return {
        id: spec.id,
        label: spec.name,
        brief: keeps ? brief : { ...brief, supernode: spec.id, fabrics: { ...brief.fabrics, compute } },
      };
    }),
  ];
}

function scaleOutVariants(brief: Brief, context: SizingContext): Variant[] {
  const chosen = chosenSupernode(brief, context);
  const compute = brief.fabrics?.compute ?? {};
  const switches = entriesOf(context.catalog, 'switch').filter((entry) => entry.role === undefined && isSold(entry));
  const speeds = compute.linkGbps === undefined ? {} : { linkGbps: compute.linkGbps };
  const shapes: readonly { readonly id: string; readonly label: string; readonly fabric: NonNullable<Brief['fabrics']>['compute'] }[] = [
    { id: 'single', label: '1 tier', fabric: { topology: 'single-switch' } },
    { id: 'ft2-rail', label: '2 tiers, rail-optimized', fabric: { topology: 'fat-tree', tiers: 2, railOptimized: true } },
    { id: 'ft2', label: '2 tiers', fabric: { topology: 'fat-tree', tiers: 2, railOptimized: false } },
    { id: 'ft3', label: '3 tiers, rail-optimized', fabric: { topology: 'fat-tree', tiers: 3, railOptimized: true } },
    { id: 'ft2-o2', label: '2 tiers, 2:1', fabric: { topology: 'fat-tree', tiers: 2, oversubscription: 2 } },
    { id: 'rail-only', label: 'rail-only', fabric: { topology: 'rail-only' } },
    { id: 'planes-2', label: '2 planes', fabric: { topology: 'multi-plane', planes: 2 } },
  ];
  const keep = {
    ...speeds,
    ...(compute.scalableUnitSupernodes === undefined ? {} : { scalableUnitSupernodes: compute.scalableUnitSupernodes }),
    ...(compute.reservedEndpoints === undefined ? {} : { reservedEndpoints: compute.reservedEndpoints }),
  };
  // A direct topology takes the switches that suit it best; each is one alternative.
  const direct = [
    { id: 'dragonfly', label: 'dragonfly', topology: 'dragonfly' },
    { id: 'dragonfly-plus', label: 'dragonfly+', topology: 'dragonfly-plus' },
    { id: 'slim-fly', label: 'Slim Fly', topology: 'slim-fly' },
  ] as const;
  const usable = switches.filter((entry) => fits(brief, chosen, entry.id, context)).slice(0, 6);
  return [
    { id: 'current', label: 'as in the brief', brief },
    ...direct.map(({ id, label, topology }) => ({
      id,
      label,
      brief: { ...brief, supernode: chosen, fabrics: { ...brief.fabrics, compute: { ...keep, topology } } },
    })),
    ...shapes.flatMap((shape) =>
      usable.map((entry) => ({
        id: `${shape.id}/${entry.id}`,
        label: `${shape.label}, ${entry.model}`,
        brief: { ...brief, supernode: chosen, fabrics: { ...brief.fabrics, compute: { ...keep, ...shape.fabric, switch: entry.id } } },
      })),
    ),
  ].slice(0, 40);
}

function chosenSupernode(brief: Brief, context: SizingContext): Brief['supernode'] {
  if (brief.supernode !== undefined && !Array.isArray(brief.supernode)) return brief.supernode;
  try {
    return sizeBrief(brief, context).design.supernode.id;
  } catch {
    return Array.isArray(brief.supernode) ? brief.supernode[0] : undefined;
  }
}

/** Whether the switch speaks with the supernode's NIC at all: sized with one supernode, which costs nothing. */
function fits(brief: Brief, supernode: Brief['supernode'], switchId: string, context: SizingContext): boolean {
  const compute = brief.fabrics?.compute?.linkGbps === undefined ? {} : { linkGbps: brief.fabrics.compute.linkGbps };
  try {
    sizeBrief({ format: brief.format, accelerators: 1, supernode, fabrics: { compute: { ...compute, switch: switchId } } }, context);
    return true;
  } catch (error) {
    return error instanceof InfeasibleFault && error.limits.some((limit) => limit.limit === 'endpoints');
  }
}

const POLICY_LABEL: Readonly<Record<(typeof MEDIA_POLICIES)[number], string>> = {
  'lowest-cost': 'Lowest price',
  'lowest-power': 'Lowest power',
  'lowest-tco': 'Lowest price, energy and failures',
  'copper-first': 'Copper where it reaches',
  'optics-only': 'Optics only',
};

function mediaVariants(brief: Brief): Variant[] {
  return MEDIA_POLICIES.map((policy) => ({
    id: policy,
    label: POLICY_LABEL[policy],
    brief: { ...brief, media: { ...brief.media, policy } },
  }));
}

export function summarizeDesign(design: Design): DesignSummary {
  const { compute } = design.fabrics;
  return {
    id: [
      design.supernode.id,
      compute.topology,
      `${compute.tiers.length}t`,
      compute.switchIds.join('+'),
      `${compute.linkGbps}g`,
      `o${num(compute.oversubscription, 2)}`,
      compute.planes > 1 ? `p${compute.planes}` : '',
      compute.railOptimized ? 'rail' : '',
    ]
      .filter(Boolean)
      .join('/'),
    supernode: design.supernode.id,
    supernodeSize: design.supernode.size,
    topology: compute.topology,
    tiers: compute.tiers.length,
    linkGbps: compute.linkGbps,
    oversubscription: compute.oversubscription,
    mediaPolicy: design.brief.media?.policy ?? 'lowest-cost',
    switches: compute.switches,
    transceivers: design.transceivers,
    cables: design.cables,
    racks: design.racks,
    itKw: design.power.itKw,
    capex: design.cost.capex,
    tco: design.cost.tco,
    stepTimeS: design.performance?.stepTimeS ?? null,
    latencyUs: compute.latencyNs === null ? null : compute.latencyNs / 1000,
  };
}

/** Plain numbers for charts. Money here is drawn, not added up. */
function figuresOf(design: Design): Record<string, number> {
  const { scaleUp, compute } = design.fabrics;
  const money = (category: 'systems' | 'switches' | 'optics' | 'cables') => Number(design.cost.byCategory[category] ?? 0);
  return {
    accelerators: design.accelerators,
    supernodes: design.supernodes,
    scaleUpTbps: (scaleUp.gbpsPerAccelerator * scaleUp.accelerators) / 1000,
    scaleUpGbpsPerAccelerator: scaleUp.gbpsPerAccelerator,
    scaleUpTransceivers: scaleUp.transceivers * design.supernodes,
    scaleUpSwitches: scaleUp.switches * design.supernodes,
    switches: compute.switches,
    trunks: compute.links.trunk,
    transceivers: design.transceivers,
    cables: design.cables,
    systemsKw: design.power.systemsKw,
    switchesKw: design.power.switchesKw,
    opticsKw: design.power.opticsKw,
    networkCapex: money('switches') + money('optics') + money('cables'),
    opticsCapex: money('optics'),
    cablesCapex: money('cables'),
    switchesCapex: money('switches'),
    systemsCapex: money('systems'),
    racksPerSupernode: ceilDiv(design.racks, design.supernodes),
    failuresPerYear: design.reliability.firstFailureHours > 0 ? 8_760 / design.reliability.firstFailureHours : 0,
  };
}
