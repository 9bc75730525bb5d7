import type { Derivation } from '../explain/derivation';
import { HOURS_PER_YEAR } from '../reliability/failure-rate';
import { scaleOutOf, type BlastRow, type Design, type FabricDesign, type PhaseSummary } from './design';
import { CHECKPOINT_S, RESTART_S } from './reliability';

/** Failures, what is kept for them, and what later phases add. */
export function reliabilityDerivations({ fabrics, reliability, growth }: Pick<Design, 'fabrics' | 'reliability' | 'growth'>): Derivation[] {
  const { firstFailureHours, failuresPerYear, goodputPct, checkpointIntervalS, spares, blastRadius } = reliability;
  const fabricOf = new Map(scaleOutOf(fabrics).map((fabric) => [fabric.name, fabric]));
  return [
    {
      id: 'reliability.firstFailure',
      label: 'Mean time to the first failure',
      formula: 'hours of a year / sum over parts of quantity x failures of one in a year',
      inputs: { hours: HOURS_PER_YEAR, failuresPerYear },
      value: firstFailureHours,
      unit: 'h',
      source: 'failure rates of the catalog: accelerators, servers, switches, modules, cables; each with its source',
    },
    {
      id: 'reliability.goodput',
      label: 'Goodput',
      formula: 'tau / (M e^(R / M) (e^((tau + C) / M) - 1)) at the interval tau of Daly',
      inputs: {
        meanTimeM: `${firstFailureHours} h`,
        checkpointC: `${CHECKPOINT_S} s`,
        restartR: `${RESTART_S} s`,
        intervalTau: checkpointIntervalS === null ? 'none' : `${checkpointIntervalS} s`,
      },
      value: goodputPct,
      unit: '%',
      source: 'Young, CACM 1974; Daly, FGCS 2006, equations 13 and 37; checkpoint and restart are planning values',
    },
    ...spares.map((spare) => ({
      id: `spares.${spare.sku}`,
      label: `Spares of ${spare.sku}`,
      formula: 'min k with P(Poisson(installed x failures of one in a year x lead days / 365) <= k) >= service level',
      inputs: { installed: spare.installed, leadDays: spare.leadDays, serviceLevel: spare.serviceLevel },
      value: spare.quantity,
      unit: 'pieces',
      source: 'Sherbrooke, Optimal Inventory Modeling of Systems, chapter 2; failure rates and lead times of the catalog',
    })),
    ...blastRadius.map((row) => blastDerivation(row, fabricOf.get(row.fabric)!)),
    ...(growth ?? []).map(phaseDerivation),
  ];
}

const CUTS: Readonly<Partial<Record<BlastRow['part'], string>>> = {
  'endpoint-link': 'one port of the ports of the fabric',
  'trunk-link': 'one trunk of the trunks of the fabric; no port is cut',
  plane: 'the ports of one plane of the ports of the fabric; every NIC keeps its other planes',
};

/** What one failure takes with it: of the ports where any are cut, else of the bandwidth between the switches. */
function blastDerivation(
  { fabric, part, parts, portsCut, accessLostPct, trunkLostPct }: BlastRow,
  { links, planes }: FabricDesign,
): Derivation {
  const cutsPorts = portsCut > 0;
  return {
    id: `blast.${fabric}.${part}`,
    label: `${fabric}: lost with one ${part}`,
    formula:
      CUTS[part] ??
      (cutsPorts
        ? 'ports in use on the fullest of these switches of the ports of the fabric'
        : 'trunks of one of these switches of the trunks of the fabric; no port is cut'),
    inputs: { parts, portsCut, ports: links.endpoint, trunks: links.trunk, planes },
    value: cutsPorts ? accessLostPct : trunkLostPct,
    unit: cutsPorts ? '% of the access bandwidth' : '% of the trunk bandwidth',
    source: 'counted on the fabric; rates of failure from the catalog',
  };
}

function phaseDerivation(phase: PhaseSummary): Derivation {
  const added = Object.fromEntries(phase.switches.map(({ role, added: more }) => [`${role}Added`, more]));
  return {
    id: `growth.${phase.months}.${phase.accelerators}`,
    label: `Links added in month ${phase.months}`,
    formula: 'links of the compute fabric for this phase less those of the one before; spines and cores stand from day one',
    inputs: { accelerators: phase.accelerators, supernodes: phase.supernodes, ...added, cablesMoved: phase.cablesMoved },
    value: phase.linksAdded,
    source: 'the fabric of each phase, counted with the uplinks and bundles of the last',
  };
}
