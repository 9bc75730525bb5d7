import { annuity, annuityFactor } from '../../../src/engine/cost/finance';
import { countDragonfly } from '../../../src/engine/fabric/dragonfly';
import { countHammingMesh } from '../../../src/engine/fabric/hammingmesh';
import { fitHopLatency, messageLatencyUs } from '../../../src/engine/fabric/hop-latency';
import { splitLeaf } from '../../../src/engine/fabric/leaf-split';
import { movedTrunks } from '../../../src/engine/fabric/recabling';
import { countSlimFly } from '../../../src/engine/fabric/slim-fly';
import { countTorus, cutTorus } from '../../../src/engine/fabric/torus';
import { routeLengthM, unitHeightM } from '../../../src/engine/floor/route';
import { soldLength } from '../../../src/engine/media/fit';
import { afrFromFit, afrFromMonthly, observedMtbfHours } from '../../../src/engine/reliability/failure-rate';
import { bestGoodput, dalyInterval, youngInterval } from '../../../src/engine/reliability/goodput';
import { sizeStock } from '../../../src/engine/reliability/spares';
import { bytesInFlight, fibreDelay } from '../../../src/engine/scale-across/distance';
import { countFibrePairs } from '../../../src/engine/scale-across/wavelengths';
import { sizeScaleUp } from '../../../src/engine/supernode/scale-up';
import { FlowNetwork } from '../../../src/engine/verify/max-flow';
import { trainingCost } from '../../../src/engine/workload/running-cost';
import { builtIn } from '../../support/built-in';
import type { Answers, Case, Row } from '../reference';
import { fabricOf, switchesAt } from './fabric-of';

/** Worked numbers for single formulas, one function of the engine each. */

const railTree: Case = (row) => {
  const radix = row.n('radix');
  const counts = fabricOf({ endpoints: row.n('gpus'), radix, rails: row.n('rails'), scalableUnit: row.n('nodes_per_su') * row.n('rails') });
  const [leaf, spine] = [switchesAt(counts, 'leaf'), switchesAt(counts, 'spine')];
  const answers: Answers = { leaf, spine, access: counts.links.endpoint, trunk: counts.links.trunk };
  if (!('bundle' in row.data.expected)) return answers;
  return { ...answers, bundle: counts.links.trunk / (leaf * spine), minS: Math.ceil(counts.links.trunk / radix) };
};

const threeTiers: Case = (row) => {
  const counts = fabricOf({ endpoints: row.n('gpus'), radix: row.n('radix'), tiers: 3 });
  return {
    leaf: switchesAt(counts, 'leaf'),
    spine: switchesAt(counts, 'spine'),
    core: switchesAt(counts, 'core'),
    trunk1: counts.links.leafSpine!,
    trunk2: counts.links.spineCore!,
  };
};

/** NVIDIA B300 with Spectrum-4: units of 64 nodes, both 400G ports of a NIC in planes of their own. */
const twoPlanes: Case = (row) => {
  const counts = fabricOf({ topology: 'multi-plane', planes: 2, endpoints: row.n('gpus'), radix: 128, rails: 8, scalableUnit: 512 });
  const answers: Answers = { leaf: switchesAt(counts, 'leaf'), spine: switchesAt(counts, 'spine') };
  return 'switches' in row.data.expected ? { ...answers, switches: counts.switches } : answers;
};

const coPackaged: Case = (row) => {
  const { switches } = fabricOf({ endpoints: row.n('gpus'), radix: row.n('radix'), rails: 8, scalableUnit: 576 });
  const [photonic, pluggable] = ['nvidia-q3450-ld', 'nvidia-q3400-ra'].map((id) => builtIn.catalog.byId.get(id));
  if (photonic?.kind !== 'switch' || pluggable?.kind !== 'switch') throw new Error('the catalog lacks the two switches');
  const savedKw = (switches * (pluggable.powerMaxW! - photonic.powerTypicalW)) / 1_000;
  return { switches, kw_saved: savedKw, extra_gpus: Math.floor(savedKw / row.n('gpu_tdp_kw')) };
};

const railOnly: Case = (row) => {
  const counts = fabricOf({
    topology: 'rail-only',
    endpoints: row.n('gpus'),
    radix: row.n('radix'),
    supernodePorts: row.n('hb_domain'),
  });
  return { switches: counts.switches, trunk: counts.links.trunk, tiers: counts.tiers.length };
};

const torus: Case = (row) => {
  const counts = countTorus({ dims: row.list('dims'), linkGbps: 400 });
  return { links: counts.links.trunk, diameter: counts.diameterHops, bisection: cutTorus(row.list('dims')) };
};

/** Half of the leaves send to the other half: least cut between them. */
function bisectionPorts(row: Row): number {
  const [leaves, spines] = [row.n('leaf'), row.n('spine')];
  const network = new FlowNetwork(2 + leaves + spines);
  for (let leaf = 0; leaf < leaves; leaf++) {
    network.addEdge(leaf < leaves / 2 ? 0 : 1, 2 + leaf, row.n('down'));
    for (let spine = 0; spine < spines; spine++) network.addEdge(2 + leaf, 2 + leaves + spine, row.n('bundle'));
  }
  return network.maxFlow(0, 1);
}

const TRUNK_CABLES_M = [1, 2, 3, 5, 7, 10, 15, 20, 25, 30, 40, 50, 60, 70, 80, 100, 150];

const route: Case = (row) => {
  const at = (end: 1 | 2) => ({
    x: row.n(`pos${end}`) * row.n('rack_w'),
    y: row.n(`row${end}`) * row.n('row_pitch'),
    z: unitHeightM(row.n(`u${end}`)),
  });
  const [a, b] = [at(1), at(2)];
  const lengthM = routeLengthM({ trayM: row.n('tray'), slackM: 2 * row.n('slack_each') }, a.x === b.x && a.y === b.y, a.x, a.y, a.z, b.x, b.y, b.z);
  return { length_m: lengthM, sku_m: soldLength(TRUNK_CABLES_M, lengthM) };
};

const stock: Case = (row) => {
  const { demand, stock: pieces } = sizeStock({
    quantity: row.n('n'),
    afr: row.n('afr'),
    leadDays: row.n('lead_days'),
    serviceLevel: row.n('service'),
  });
  return { lambda_: demand, stock: pieces };
};

const hops: Case = (row) => {
  const fit = fitHopLatency(row.n('same_leaf_us'), row.n('cross_leaf_us'));
  return { per_hop_us: fit.perHopUs, endpoints_us: fit.endpointsUs, three_tier_us: messageLatencyUs(fit, 5) };
};

const sold: Case = (row) => ({ sku_m: soldLength(row.list('sku_list'), row.n('length_m')) });

export const vectorCases: Readonly<Record<string, Case>> = {
  'clos2-b200-2su': railTree,
  'clos2-b200-4su': railTree,
  'clos3-b200-16su': threeTiers,
  'clos3-b200-32su': threeTiers,
  'clos3-b200-64su': threeTiers,
  'clos2-xdr-1su': railTree,
  'clos2-xdr-4su': railTree,
  'clos2-xdr-8su': railTree,
  'clos2-xdr-18su': railTree,
  'b300-eth-16su-2plane': twoPlanes,
  'b300-eth-2su-2plane': twoPlanes,
  'b300-eth-4su-2plane': twoPlanes,
  'b300-eth-8su-2plane': twoPlanes,
  'cpo-576': coPackaged,
  'cpo-10368': coPackaged,
  'cpo-41472': coPackaged,
  'ds-ft2': (row) => {
    const counts = fabricOf({ endpoints: row.n('endpoints'), radix: row.n('radix'), tiers: 2 });
    return { switches: counts.switches, links: counts.links.trunk };
  },
  'ds-mpft': (row) => {
    const endpoints = row.n('planes') * row.n('endpoints_per_plane');
    const counts = fabricOf({ topology: 'multi-plane', planes: row.n('planes'), portsPerEndpoint: 1, endpoints, radix: row.n('radix') });
    return { endpoints: counts.endpoints, switches: counts.switches, links: counts.links.trunk };
  },
  'ds-slimfly': (row) => {
    const { switches, endpoints, links, shape } = countSlimFly({ q: row.n('q'), linkGbps: 400 });
    return { routers: switches, endpoints, links: links.trunk, k: shape.networkPorts, p: shape.endpointsPerRouter };
  },
  'ds-dragonfly': (row) => {
    const [p, a, h, g] = [row.n('p'), row.n('a'), row.n('h'), row.n('g')];
    const { switches, endpoints, links } = countDragonfly({
      endpointsPerRouter: p,
      routersPerGroup: a,
      globalPortsPerRouter: h,
      groups: g,
      linkGbps: 400,
    });
    const local = (switches * (a - 1)) / 2;
    return { routers: switches, endpoints, links: links.trunk, local, glob: links.trunk - local };
  },
  maxep: (row) =>
    Object.fromEntries(
      row.list('radix').map((radix) => [
        String(radix),
        ([1, 2, 3] as const).map((tiers) => fabricOf({ topology: tiers === 1 ? 'single-switch' : 'fat-tree', endpoints: 2, radix, tiers }).maxEndpoints),
      ]),
    ),
  'df-balanced': (row) => {
    const [p, a, h] = [row.n('p'), row.n('a'), row.n('h')];
    const counts = fabricOf({ topology: 'dragonfly', endpoints: p * a * (a * h + 1), radix: p + a - 1 + h });
    const { downlinks, uplinks, switches } = counts.tiers[0]!;
    return {
      groups: switches / a,
      routers: switches,
      endpoints: counts.maxEndpoints,
      radix: downlinks + uplinks,
      links: counts.links.trunk,
    };
  },
  hx2mesh: (row) => {
    const counts = countHammingMesh({
      boardColumns: row.n('a'),
      boardRows: row.n('b'),
      columns: row.n('x'),
      rows: row.n('y'),
      radix: row.n('radix'),
      linkGbps: 400,
    });
    return { acc: counts.endpoints, switches: counts.switches, cables: counts.links.total };
  },
  'torus-4': torus,
  'torus-4096': torus,
  'ndfm-8844': (row) => {
    const dims = row.list('dims');
    const degree = dims.reduce((sum, k) => sum + k - 1, 0);
    const nodes = dims.reduce((product, k) => product * k, 1);
    const mesh = sizeScaleUp({ accelerators: nodes, gbpsPerAccelerator: degree * 200, linkGbps: 200, structure: 'nd-full-mesh', dims });
    return { nodes: mesh.accelerators, degree: (2 * mesh.links) / nodes, links: mesh.links, diameter: mesh.hops };
  },
  'rail-only-32768-256': railOnly,
  'rail-only-32768-8': railOnly,
  'split-3to1': (row) => ({ ...splitLeaf({ type: 'shared', ports: row.n('radix') }, row.n('oversub'))! }),
  'split-reserved': (row) => ({ ...splitLeaf({ type: 'shared', ports: row.n('radix') }, row.n('oversub'), 1, row.n('reserved'))! }),
  'maxflow-3to1': (row) => ({ maxflow_ports: bisectionPorts(row) }),
  nvl72: (row) => {
    const domain = sizeScaleUp({
      accelerators: row.n('gpus'),
      gbpsPerAccelerator: 8 * row.n('uni_GBps'),
      linkGbps: row.n('port_gbps'),
      laneGbps: row.n('lane_gbps'),
      radix: row.n('chip_radix'),
    });
    return { ports: domain.portsPerAccelerator, chips: domain.switches, links: domain.links, diff_pairs: domain.copperPairs };
  },
  'nvl72-optics-power': (row) => {
    const domain = sizeScaleUp({
      accelerators: row.n('gpus'),
      gbpsPerAccelerator: 1_000 * row.n('uni_Tbps'),
      linkGbps: 400,
      moduleGbps: 1_000 * row.n('module_Tbps'),
      moduleW: row.n('module_W'),
      acceleratorsPerRack: 36,
    });
    return { modules: domain.transceivers, kW: domain.opticsPowerW / 1_000 };
  },
  'cm384-optics': (row) => {
    const npus = row.n('npus');
    const domain = sizeScaleUp({
      accelerators: npus,
      gbpsPerAccelerator: 3_136,
      linkGbps: 448,
      laneGbps: 112,
      radix: 16,
      boardAccelerators: npus / row.n('nodes'),
      uplinkGbps: 224,
      uplinkRadix: 48,
    });
    const outside = npus * row.n('out_modules_per_npu');
    const modules = domain.transceivers + outside;
    return {
      l1_chips: domain.tiers[0]!.chips,
      l2_chips: domain.tiers[1]!.chips,
      links_400g: domain.links,
      modules_up: domain.transceivers,
      modules_out: outside,
      modules,
      per_npu: modules / npus,
    };
  },
  'len-same-rack': route,
  'len-neighbour': route,
  'len-next-row': route,
  'len-far': route,
  'dac-2x400-2.4': sold,
  'dac-split-2.4': sold,
  'lpo-tray': (row) => ({ delta_W: row.n('ports') * (row.n('dsp_W') - row.n('lpo_W')) }),
  'dsv3-cost': (row) => ({ usd_M: Number(trainingCost(row.n('gpu_h'), 14.8e12, String(row.n('usd_h')), 100, 'USD').total) / 1e6 }),
  'spares-optics-cm384': stock,
  'spares-dac': stock,
  'hpn-afr': (row) => ({ annual: afrFromMonthly(row.n('monthly')), fail_month: row.n('links') * row.n('monthly') }),
  'llama-mtbf': (row) => {
    const hours = observedMtbfHours(row.n('interruptions'), row.n('days'));
    return { mtbf_h: hours, gpu_mtbf_years: (hours * row.n('gpus')) / (24 * 365.25) };
  },
  'daly-llama': (row) => {
    const [checkpointS, restartS, mtbfS] = [row.n('C'), row.n('R'), row.n('M_s')];
    return {
      young_s: youngInterval(checkpointS, mtbfS),
      daly_s: dalyInterval(checkpointS, mtbfS),
      goodput: bestGoodput({ checkpointS, restartS, mtbfS }).goodput,
    };
  },
  npv5: (row) => ({ factor: annuityFactor(row.n('rate'), row.n('years')).toNumber() }),
  lease: (row) => ({ annual: annuity(row.n('capex'), row.n('rate'), row.n('years')).toNumber() }),
  'rtt-100km': (row) => {
    const delay = fibreDelay(row.n('km'), row.n('us_per_km'));
    return { one_way_us: delay.oneWayUs, rtt_us: delay.roundTripUs, bdp_MB_800G: bytesInFlight(800, delay.roundTripUs) / 1e6 };
  },
  'zr-fibre': (row) => {
    const count = countFibrePairs(
      1_000 * row.n('need_Tbps'),
      { gbps: row.n('channel_gbps'), gridGHz: row.n('grid_GHz') },
      row.n('band_GHz'),
    );
    return {
      channels_per_pair: count.channelsPerPair,
      Tbps_per_pair: count.gbpsPerPair / 1_000,
      pairs: count.pairs,
      modules: count.modules,
    };
  },
  'hop-ib': hops,
  'hop-roce': hops,
  'recable-divides': (row) => ({ moved: movedTrunks(row.n('leaves'), row.n('u'), row.n('S_old'), row.n('S_new')) }),
  'recable-16-18': (row) => ({ moved_min: movedTrunks(row.n('leaves'), row.n('u'), row.n('S_old'), row.n('S_new')) }),
  'fit-afr': (row) => ({ afr: afrFromFit(row.n('fit')) }),
  'plane-scaling': (row) => {
    const ports = (1_000 * row.n('switch_Tbps')) / row.n('nic_gbps');
    const fabric = (planes: number, endpoints: number) =>
      fabricOf({ topology: 'multi-plane', planes, endpoints, radix: planes * ports, tiers: 2 });
    return {
      ...Object.fromEntries(row.list('planes').map((planes) => [String(planes), fabric(planes, 2).maxEndpoints])),
      switches_for_8192_each: row.list('planes').map((planes) => fabric(planes, 8_192).switches),
    };
  },
};
