import { planFatTree } from '../../../src/engine/fabric/fat-tree';
import { sizeBrief } from '../../../src/engine/design/size';
import { briefOf, builtIn } from '../../support/built-in';
import { quoted, type Case } from '../reference';
import { fabricOf, switchesAt } from './fabric-of';

/** Topologies of papers and operators. */

const COST_METHOD = 'priced by the method of the Slim Fly paper; its unit prices are not printed';

const ft2: Case = (row) => {
  const counts = fabricOf({ endpoints: 2 * (row.n('radix') / 2) ** 2, radix: row.n('radix'), tiers: 2 });
  return {
    endpoints: counts.maxEndpoints,
    switches: counts.switches,
    links: counts.links.trunk,
    cost_musd: quoted(COST_METHOD),
    cost_per_endpoint_kusd: quoted(COST_METHOD),
  };
};

/** An endpoint is one NIC, in one plane. */
const multiPlane: Case = (row) => {
  const counts = fabricOf({
    topology: 'multi-plane',
    planes: row.n('planes'),
    portsPerEndpoint: 1,
    endpoints: row.n('planes') * 2 * (row.n('radix') / 2) ** 2,
    radix: row.n('radix'),
    tiers: 2,
  });
  return {
    endpoints: counts.maxEndpoints,
    switches: counts.switches,
    links: counts.links.trunk,
    cost_musd: quoted(COST_METHOD),
    cost_per_endpoint_kusd: quoted(COST_METHOD),
  };
};

/**
 * One stripe of half the servers, NIC i of each on leaf i; its leaves are built for four servers. Oversubscribed or not
 * depends on how many stand there.
 */
const juniperStripe: Case = (row) => {
  const uplinkGbps = row.n('uplink_gbps');
  const nicGbps = row.n('nic_gbps');
  const perServer = row.n('gpus_per_server');
  const uplinks = row.n('spines') * row.n('links_per_leaf_spine');
  const stripes = row.n('stripes');
  const stripe = (servers: number) =>
    planFatTree({
      topology: 'fat-tree',
      tiers: 2,
      endpoints: (servers / stripes) * perServer,
      scalableUnit: 4 * perServer,
      rails: perServer,
      leafPorts: { type: 'fixed', down: 4, up: uplinks },
      spineRadix: 64,
      coreRadix: 64,
      oversubscription: (4 * nicGbps) / (uplinks * uplinkGbps),
      linkGbps: nicGbps,
      trunkGbps: uplinkGbps,
    }).counts;
  const [four, eight] = [stripe(4), stripe(8)];
  const leaves = four.tiers[0]!;
  return {
    leaf_uplink_tbps: (leaves.uplinks * uplinkGbps) / 1_000,
    leaf_spine_total_tbps: (stripes * four.links.trunk * uplinkGbps) / 1_000,
    server_bw_4servers_tbps: (stripes * four.links.endpoint * nicGbps) / 1_000,
    server_bw_8servers_tbps: (stripes * eight.links.endpoint * nicGbps) / 1_000,
    oversub_4servers: four.oversubscription,
    oversub_8servers: eight.oversubscription,
  };
};

/** Links of one endpoint's path to the top: one a tier. */
const linksPerEndpoint = (tiers: 1 | 2 | 3) => {
  const { links, endpoints } = fabricOf({ endpoints: tiers === 1 ? 64 : tiers === 2 ? 2_048 : 65_536, radix: 64, tiers });
  return links.total / endpoints;
};

/** The engine builds up to three tiers; a fourth adds a link to each path as the second and the third did. */
function fourTiers(): number {
  const [one, two, three] = [linksPerEndpoint(1), linksPerEndpoint(2), linksPerEndpoint(3)];
  if (two - one !== 1 || three - two !== 1) throw new Error('a tier does not add one link to each path');
  return three + 1;
}

const nodeModules: Case = (row) => {
  const modulesPerNode = (supernode: string) => {
    const { design } = sizeBrief(
      briefOf({
        accelerators: 8 * row.n('gpus_per_node'),
        supernode,
        fabrics: { compute: { switch: 'nvidia-qm9700' } },
        media: { policy: 'optics-only', allow: ['transceiver'] },
      }),
      builtIn,
    );
    const rows = design.media.filter((media) => media.segment === 'endpoint' && media.kind === 'transceiver');
    // Half the ends are the switch's, in twin-port cages: half as many modules as links.
    return (rows.reduce((sum, media) => sum + media.quantity, 0) - design.fabrics.compute.links.endpoint / 2) / design.nodes;
  };
  const perNode = [modulesPerNode('nvidia-hgx-h800'), modulesPerNode('nvidia-dgx-h100')] as const;
  const nodes = row.n('gpus') / row.n('gpus_per_node');
  return {
    gpu_side_single_port_400g: nodes * perNode[0],
    gpu_side_twin_port_cedar7: nodes * perNode[1],
    transceivers_per_node: perNode,
  };
};

const percent = (share: number) => Math.round(100 * share);
const printed = (reason: string): Case => ({ data }) => Object.fromEntries(Object.keys(data.expected).map((key) => [key, quoted(reason)]));

export const networkCases: Readonly<Record<string, Case>> = {
  'deepseek-t3-ft2': ft2,
  'deepseek-t3-mpft': multiPlane,
  'fireflyer-t3-own': (row) => {
    const zone = fabricOf({ endpoints: 800, radix: row.n('radix'), tiers: 2 });
    if (2 * zone.switches !== 120) throw new Error(`two zones have ${2 * zone.switches} switches`);
    return {
      switches: quoted('two zones of 60, which are ours, and two switches between them that are not itemised'),
      network_price_rel: quoted('relative units without unit prices'),
      server_price_rel: quoted('relative units without unit prices'),
      total_price_rel: quoted('relative units without unit prices'),
    };
  },
  'fireflyer-t2-node': printed('measured on two kinds of node'),
  'sa100k-ib-max-3tier': (row) => ({ max_gpus: fabricOf({ endpoints: 65_536, radix: row.n('radix'), tiers: 3 }).maxEndpoints }),
  'sa100k-node-transceivers': nodeModules,
  'sa100k-tier-optics-ratio': () => ({ transceiver_ratio: Math.round((100 * fourTiers()) / linksPerEndpoint(3)) / 100 }),
  'sa100k-copper-share': (row) => ({
    copper_share_pct: [percent(1 / linksPerEndpoint(3)), percent(1 / fourTiers())],
    optics_replaced: fabricOf({ endpoints: row.n('gpus'), radix: 128, tiers: 3 }).links.endpoint,
  }),
  'meta-24k-roce': (row) => {
    const perPod = row.n('gpus_per_rack') * row.n('racks_per_pod');
    // One top-of-rack switch for each rack of 16: 1,536 leaves.
    const counts = fabricOf({ endpoints: perPod * row.n('pods'), radix: 512, scalableUnit: row.n('gpus_per_rack'), oversubscription: 1 });
    if (counts.tiers[0]!.switches !== row.n('racks_per_pod') * row.n('pods')) throw new Error('not one leaf a rack');
    return { pod_gpus: perPod, cluster_gpus: counts.links.endpoint };
  },
  'hpn-pod': (row) => ({ pod_gpus: row.n('gpus_per_segment') * row.n('segments') }),
  'juniper-jvd-uplink-200g': juniperStripe,
  'juniper-jvd-uplink-400g': juniperStripe,
  'juniper-jvd-uplink-800g': juniperStripe,
  'apetops-512-h100': (row) => {
    const perNode = row.n('gpus_per_node');
    const counts = fabricOf({
      endpoints: row.n('nodes') * perNode,
      radix: row.n('switch_ports'),
      rails: perNode,
      scalableUnit: row.n('nodes_per_su') * perNode,
    });
    const [leaf, spine, core] = ['leaf', 'spine', 'core'].map((role) => switchesAt(counts, role)) as [number, number, number];
    return { leaf, spine, core, switches: counts.switches };
  },
  'asterfusion-256-gpus': (row) => {
    const counts = fabricOf({
      endpoints: row.n('nodes') * row.n('gpus_per_node'),
      radix: row.n('switch_ports_400g'),
      rails: row.n('gpus_per_node'),
      tiers: 2,
    });
    return { leaf: switchesAt(counts, 'leaf'), spine: switchesAt(counts, 'spine') };
  },
  'asterfusion-128-gpus': (row) => {
    const counts = fabricOf({
      topology: 'rail-only',
      endpoints: row.n('nodes') * row.n('gpus_per_node'),
      radix: row.n('switch_ports_400g'),
      rails: row.n('gpus_per_node'),
      tiers: 1,
    });
    return { leaf: counts.switches, spine: switchesAt(counts, 'spine') };
  },
  'yeluri-railonly-max': (row) => ({
    max_gpus_rail_only: fabricOf({
      topology: 'rail-only',
      endpoints: 8,
      radix: row.n('switch_ports_400g'),
      rails: row.n('rails'),
      tiers: 1,
    }).maxEndpoints,
  }),
  'rail-only-abstract': printed('the abstract prints ranges over designs that only its tables name'),
  'infinitehbd-abstract': printed("the abstract's ratios rest on tables that were not obtained"),
  'railx-abstract': (row) => ({
    ...printed("the abstract's ratios rest on a table that was not obtained")(row),
    usd_per_chip: (1.3e9 / row.n('chips')),
  }),
  'ubmesh-capex': printed('ratios for baselines whose bills the text does not print'),
};
