import { num } from '../../units/format';
import type { Derivation } from '../explain/derivation';
import type { DirectTopology } from '../fabric/direct-plan';
import type { FabricDesign } from './design';

/** Formula, inputs and source of a fabric's figures where it is a dragonfly, dragonfly+ or Slim Fly. */

interface Formulas {
  readonly switches: string;
  readonly trunks: string;
  readonly bisection: string;
  readonly source: string;
}

const FORMULAS: Readonly<Record<DirectTopology, Formulas>> = {
  dragonfly: {
    switches: 'groups x routers of a group, planes times',
    trunks: 'groups x a (a - 1) / 2 within groups + groups x a h / 2 between them, a routers of h global ports, planes times',
    bisection: 'links between two halves of the groups x link speed, at most half the access bandwidth',
    source: 'Kim, Dally, Scott, Abts, ISCA 2008; the cut is counted on the arrangement of the global links',
  },
  'dragonfly-plus': {
    switches: 'groups x (leaves + spines of a group), planes times',
    trunks: 'groups x l s within groups + groups x s h / 2 between them, l leaves and s spines of h global ports, planes times',
    bisection: 'links between two halves of the groups x link speed, at most half the access bandwidth',
    source: 'Shpiner et al., HiPINEB 2017; the cut is counted on the arrangement of the global links',
  },
  'slim-fly': {
    switches: '2 q^2, planes times',
    trunks: 'q^2 (3q - delta) / 2 with q = 4w + delta, planes times',
    bisection: 'q^3 / 2 links (q (q^2 + 1) / 2 for odd q) x link speed, at most half the access bandwidth',
    source: 'Besta, Hoefler, SC 2014; cut by whole blocks, tight for even q (Fiedler bound)',
  },
};

export function directDerivations(fabric: FabricDesign, topology: DirectTopology): Derivation[] {
  const { name, links, planes } = fabric;
  const { switches, trunks, bisection, source } = FORMULAS[topology];
  const inputs = { ...fabric.shape, planes };
  return [
    { id: `${name}.switches`, label: `${name}: switches`, formula: switches, inputs, value: fabric.switches, source },
    {
      id: `${name}.endpointLinks`,
      label: `${name}: access links`,
      formula: 'endpoints x ports of an endpoint (reserved ones included)',
      inputs: { endpoints: fabric.endpoints, planes, reserved: fabric.reservedEndpoints },
      value: links.endpoint,
      source,
    },
    { id: `${name}.trunks`, label: `${name}: links between switches`, formula: trunks, inputs, value: links.trunk, source },
    {
      id: `${name}.bisection`,
      label: `${name}: bisection bandwidth`,
      formula: bisection,
      inputs: { accessLinks: links.endpoint, linkGbps: fabric.linkGbps, oversubscription: num(fabric.oversubscription, 3) },
      value: fabric.bisectionGbps,
      unit: 'Gb/s',
      source,
    },
  ];
}
