import type { Derivation } from '../explain/derivation';
import type { Pricing } from '../cost/pricing';
import type { Site } from '../floor/site';
import { isDirect } from '../fabric/direct-plan';
import type { Design, FabricDesign } from './design';
import { directDerivations } from './direct-derivations';

/** Formula, inputs and source behind each headline figure of a design. */

const CLOS = 'folded-Clos port arithmetic; equal bundles as in the NVIDIA DGX SuperPOD reference architectures';

export function derivationsOf(design: Omit<Design, 'derivations' | 'provenance' | 'warnings'>, site: Site, pricing: Pricing): Derivation[] {
  const fabrics = [design.fabrics.compute, design.fabrics.storage, design.fabrics.inBand, design.fabrics.outOfBand].filter(
    (fabric) => fabric !== undefined,
  );
  return [
    ...sizeDerivations(design),
    ...fabrics.flatMap(fabricDerivations),
    ...siteDerivations(design, site),
    ...floorDerivations(design),
    ...costDerivations(design, pricing),
  ];
}

function sizeDerivations(design: Pick<Design, 'brief' | 'supernodes' | 'supernode' | 'accelerators' | 'nodes'>): Derivation[] {
  return [
    {
      id: 'supernodes',
      label: 'Supernodes',
      formula: 'ceil(accelerators asked / accelerators of a supernode)',
      inputs: { asked: design.brief.accelerators ?? design.accelerators, size: design.supernode.size },
      value: design.supernodes,
      source: `catalog: ${design.supernode.id}`,
    },
  ];
}

function fabricDerivations(fabric: FabricDesign): Derivation[] {
  if (isDirect(fabric.topology)) return directDerivations(fabric, fabric.topology);
  const leaf = fabric.tiers[0]!;
  const spine = fabric.tiers[1];
  const core = fabric.tiers[2];
  const derivations: Derivation[] = [
    {
      id: `${fabric.name}.leaf`,
      label: `${fabric.name}: leaf switches`,
      formula: fabric.railOptimized
        ? 'rails x ceil(nodes / nodes of a unit) x leaves of a rail'
        : 'ceil(endpoints / access ports of a leaf)',
      inputs: { endpoints: fabric.endpoints, downlinks: leaf.downlinks, uplinks: leaf.uplinks, rails: fabric.rails, planes: fabric.planes },
      value: leaf.switches,
      source: CLOS,
    },
    {
      id: `${fabric.name}.endpointLinks`,
      label: `${fabric.name}: access links`,
      formula: 'endpoints x ports of an endpoint (reserved ones included)',
      inputs: { endpoints: fabric.endpoints, planes: fabric.planes, reserved: fabric.reservedEndpoints },
      value: fabric.links.endpoint,
      source: CLOS,
    },
  ];
  if (spine) {
    derivations.push({
      id: `${fabric.name}.spine`,
      label: `${fabric.name}: spine switches`,
      formula: 'min { S : S divides the uplinks u of a leaf, leaves x u / S <= spine ports }, in every pod and plane',
      inputs: { leaves: leaf.switches, uplinks: leaf.uplinks },
      value: spine.switches,
      source: CLOS,
    });
  }
  if (core) {
    derivations.push({
      id: `${fabric.name}.core`,
      label: `${fabric.name}: core switches`,
      formula: 'spines of a pod x min { c : c divides the uplinks u2 of a spine, pods x u2 / c <= core ports }',
      inputs: { spines: spine!.switches, uplinks: spine!.uplinks },
      value: core.switches,
      source: CLOS,
    });
  }
  derivations.push({
    id: `${fabric.name}.bisection`,
    label: `${fabric.name}: bisection bandwidth`,
    formula: 'access links / 2 x link speed / max(1, oversubscription)',
    inputs: { accessLinks: fabric.links.endpoint, linkGbps: fabric.linkGbps, oversubscription: fabric.oversubscription },
    value: fabric.bisectionGbps,
    unit: 'Gb/s',
    source: 'leaf-aligned half of a folded Clos, the worst case by symmetry',
  });
  return derivations;
}

function siteDerivations(design: Pick<Design, 'power' | 'racks'>, site: Site): Derivation[] {
  const { power } = design;
  return [
    {
      id: 'power.it',
      label: 'Equipment power',
      formula: 'systems + switches without modules + every module and cable plug once',
      inputs: { systemsKw: power.systemsKw, switchesKw: power.switchesKw, opticsKw: power.opticsKw },
      value: power.itKw,
      unit: 'kW',
      source: 'catalog figures of each part',
    },
    {
      id: 'power.facility',
      label: 'Facility power',
      formula: 'equipment power x PUE',
      inputs: { itKw: power.itKw, pue: site.pue },
      value: power.facilityKw,
      unit: 'kW',
      source: 'definition of PUE (ISO/IEC 30134-2)',
    },
  ];
}

function floorDerivations({ placement, trays }: Pick<Design, 'placement' | 'trays'>): Derivation[] {
  const { currency, firstLinkCost, linkCost, lowerBound, swaps } = placement;
  return [
    {
      id: 'floor.linkCost',
      label: 'Links between racks, by where the racks stand',
      formula: 'sum over links of the cheapest medium for the route; network racks trade places as long as it falls',
      inputs: { first: firstLinkCost, trades: swaps, lowerBound },
      value: linkCost,
      unit: currency,
      source: 'price book; the lower bound gives every rack its nearest neighbours on an endless grid',
    },
    ...(trays === null
      ? []
      : [
          {
            id: 'floor.trayFill',
            label: 'Fullest cable tray',
            formula: 'sum of cable cross-sections (pi / 4 x diameter^2) / cross-section of the tray',
            inputs: { cables: trays.cables, trayWidthM: trays.trayWidthM, trayDepthM: trays.trayDepthM, mostPct: trays.mostFillPct },
            value: trays.fillPct,
            unit: '%',
            source: 'catalog diameters; most fill of ANSI/TIA-569',
          },
        ]),
  ];
}

function costDerivations(design: Pick<Design, 'cost' | 'power'>, pricing: Pricing): Derivation[] {
  const { cost, power } = design;
  return [
    {
      id: 'cost.capex',
      label: 'Capital cost',
      formula: 'sum over lines of quantity x unit price less discount, before tax',
      inputs: { lines: Object.keys(cost.byCategory).length, currency: cost.currency },
      value: cost.capex,
      unit: cost.currency,
      source: 'price book and commercial terms of the brief',
    },
    {
      id: 'cost.energy',
      label: 'Energy a year',
      formula: 'facility power x 8,760 h x price of energy',
      inputs: { facilityKw: power.facilityKw, energyPerKwh: pricing.energyPerKwh.toString() },
      value: cost.energyPerYear,
      unit: cost.currency,
      source: 'full load all year',
    },
    {
      id: 'cost.tco',
      label: 'Total cost of ownership',
      formula: 'capital cost + years x energy a year',
      inputs: { years: cost.years, capex: cost.capex, energyPerYear: cost.energyPerYear },
      value: cost.tco,
      unit: cost.currency,
      source: 'undiscounted',
    },
  ];
}
