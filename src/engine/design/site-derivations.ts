import type { Derivation } from '../explain/derivation';
import type { Site } from '../floor/site';
import { scaleOutOf, type Design } from './design';

/** What the hall holds and draws: racks, cables by length, modules, power. */
export function siteDerivations(
  design: Pick<
    Design,
    'power' | 'racks' | 'floor' | 'lengths' | 'transceivers' | 'cables' | 'media' | 'fabrics' | 'supernodes' | 'supernode'
  >,
  site: Site,
): Derivation[] {
  return [...rackDerivations(design), ...mediaDerivations(design), ...powerDerivations(design, site)];
}

function rackDerivations({ racks, floor }: Pick<Design, 'racks' | 'floor'>): Derivation[] {
  const byRole: Record<string, number> = {};
  for (const rack of floor.racks) byRole[rack.role] = (byRole[rack.role] ?? 0) + 1;
  return [
    {
      id: 'racks',
      label: 'Racks',
      formula: 'racks filled until units or power run out, by what stands in them',
      inputs: { ...byRole, rows: floor.rows, racksPerRow: floor.racksPerRow, unitsOfARack: floor.rackUnits },
      value: racks,
      source: 'units and power of each device in the catalog; limits of the site',
    },
  ];
}

function mediaDerivations({
  media,
  transceivers,
  cables,
  lengths,
}: Pick<Design, 'media' | 'transceivers' | 'cables' | 'lengths'>): Derivation[] {
  const links = lengths.reduce((sum, row) => sum + row.links, 0);
  const longestM = Math.max(0, ...lengths.map((row) => row.maxM));
  const pieces = (ends: (count: number) => boolean) => media.filter((row) => ends(row.ends)).reduce((sum, row) => sum + row.quantity, 0);
  return [
    {
      id: 'transceivers',
      label: 'Optical modules',
      formula: 'one for each cage in use at either end of an optical link; co-packaged optics are part of their switch',
      inputs: { links, modules: pieces((ends) => ends === 1) },
      value: transceivers,
      source: 'counted on the cages of every link',
    },
    {
      id: 'cables',
      label: 'Cables and fibres',
      formula: 'one for each link, or for the links that share a twin-port cable or splitter; fibres as the module asks for',
      inputs: { links, pieces: pieces((ends) => ends !== 1), longestRouteM: longestM },
      value: cables,
      source: 'shortest sold length that covers the route between its two racks, slack included',
    },
  ];
}

function powerDerivations(
  { power, supernodes, supernode, transceivers, fabrics }: Pick<Design, 'power' | 'supernodes' | 'supernode' | 'transceivers' | 'fabrics'>,
  site: Site,
): Derivation[] {
  const switches = scaleOutOf(fabrics).reduce((sum, fabric) => sum + fabric.switches, 0);
  const catalog = 'catalog figures of each part';
  return [
    {
      id: 'power.systems',
      label: 'Power of the supernodes',
      formula: 'supernodes x power of one',
      inputs: { supernodes, powerKw: supernode.powerW / 1_000 },
      value: power.systemsKw,
      unit: 'kW',
      source: `catalog: ${supernode.id}`,
    },
    {
      id: 'power.switches',
      label: 'Power of the switches',
      formula: 'sum over switches of their typical power without modules',
      inputs: { switches },
      value: power.switchesKw,
      unit: 'kW',
      source: catalog,
    },
    {
      id: 'power.optics',
      label: 'Power of modules and cables',
      formula: 'sum over modules and cable plugs of the power of one',
      inputs: { transceivers },
      value: power.opticsKw,
      unit: 'kW',
      source: catalog,
    },
    {
      id: 'power.it',
      label: 'Equipment power',
      formula: 'systems + switches without modules + every module and cable plug once',
      inputs: { systemsKw: power.systemsKw, switchesKw: power.switchesKw, opticsKw: power.opticsKw },
      value: power.itKw,
      unit: 'kW',
      source: catalog,
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
