import { num } from '../../units/format';
import type { Derivation } from '../explain/derivation';
import type { Pricing } from '../cost/pricing';
import type { Site } from '../floor/site';
import { costDerivations } from './cost-derivations';
import { scaleOutOf, type Design } from './design';
import { fabricDerivations } from './fabric-derivations';
import { floorDerivations } from './floor-derivations';
import { reliabilityDerivations } from './reliability-derivations';
import { siteDerivations } from './site-derivations';

/**
 * Formula, inputs and source behind each figure of a design: the records that `size --explain`, the page and the workbook
 * show. `scaleUp` are those of a supernode that is sized here; one of the catalog comes with published counts.
 */
export function derivationsOf(
  design: Omit<Design, 'derivations' | 'provenance' | 'warnings'>,
  scaleUp: readonly Derivation[],
  site: Site,
  pricing: Pricing,
): Derivation[] {
  return [
    ...demandDerivations(design.demand),
    ...sizeDerivations(design),
    ...(scaleUp.length > 0 ? scaleUp : scaleUpDerivations(design)),
    ...scaleOutOf(design.fabrics).flatMap((fabric) => fabricDerivations(fabric, design.lengths)),
    ...siteDerivations(design, site),
    ...floorDerivations(design),
    ...costDerivations(design, pricing),
    ...reliabilityDerivations(design),
    ...(design.performance?.derivations ?? []),
  ];
}

function demandDerivations(demand: Design['demand']): Derivation[] {
  if (demand === undefined) return [];
  const { smaller, plan, bottleneck } = demand;
  return [
    {
      id: 'accelerators',
      label: 'Accelerators for the deadline',
      formula:
        'the least multiple of a supernode whose best plan trains the tokens in time; every multiple from the compute bound up is tried',
      inputs: {
        deadlineDays: demand.deadlineDays,
        trainingDays: demand.trainingDays,
        supernodeSize: demand.unit,
        limit: demand.limit,
        [bottleneck.part]: `${num(bottleneck.sharePct)} % of the step`,
        plan: `tp ${plan.tp} x pp ${plan.pp} x dp ${plan.dp} x cp ${plan.cp}, ep ${plan.ep}`,
        ...(smaller === undefined
          ? {}
          : { smaller: smaller.accelerators, smallerDays: smaller.trainingDays ?? `no plan: ${smaller.missing ?? 'none'}` }),
      },
      value: demand.accelerators,
      source: 'step-time model of docs/validation.md',
    },
  ];
}

function sizeDerivations(design: Pick<Design, 'brief' | 'supernodes' | 'supernode' | 'accelerators' | 'nodes'>): Derivation[] {
  const { supernodes, supernode, accelerators, nodes } = design;
  const source = `catalog: ${supernode.id}`;
  return [
    {
      id: 'supernodes',
      label: 'Supernodes',
      formula: 'ceil(accelerators asked / accelerators of a supernode)',
      inputs: { asked: design.brief.accelerators ?? accelerators, size: supernode.size },
      value: supernodes,
      source,
    },
    {
      id: 'accelerators',
      label: 'Accelerators',
      formula: 'supernodes x accelerators of a supernode',
      inputs: { supernodes, size: supernode.size },
      value: accelerators,
      source,
    },
    {
      id: 'nodes',
      label: 'Servers',
      formula: 'supernodes x servers of a supernode',
      inputs: { supernodes, serversOfASupernode: nodes / supernodes },
      value: nodes,
      source,
    },
  ];
}

/** The scale-up fabric of a supernode as its maker has built it. */
function scaleUpDerivations({ supernode, fabrics: { scaleUp } }: Pick<Design, 'supernode' | 'fabrics'>): Derivation[] {
  return [
    {
      id: 'scale-up.links',
      label: 'Scale-up links of a supernode',
      formula: 'as built',
      inputs: {
        accelerators: scaleUp.accelerators,
        gbpsPerAccelerator: scaleUp.gbpsPerAccelerator,
        switchChips: scaleUp.switches,
        modules: scaleUp.transceivers,
        copperPairs: scaleUp.copperPairs,
      },
      value: scaleUp.links,
      source: `catalog: ${supernode.id}`,
    },
  ];
}
