import type { CatalogEntry } from '../../../src/catalog/schema';
import { createPriceList, PRICES_FORMAT } from '../../../src/catalog/price-book';
import { priceLines } from '../../../src/engine/cost/price-lines';
import { resolvePricing } from '../../../src/engine/cost/pricing';
import { sizeBrief } from '../../../src/engine/design/size';
import { mostWorkLost } from '../../../src/engine/reliability/goodput';
import { sizeScaleUp } from '../../../src/engine/supernode/scale-up';
import { decimal } from '../../../src/units/money';
import { briefOf, builtIn } from '../../support/built-in';
import { quoted, type Case, type Row } from '../reference';

/** Scale-up domains, parts of the catalog and their power. */

function entry<K extends CatalogEntry['kind']>(kind: K, id: string): Extract<CatalogEntry, { kind: K }> {
  const found = builtIn.catalog.byId.get(id);
  if (found?.kind !== kind) throw new Error(`no ${kind} ${id}`);
  return found as Extract<CatalogEntry, { kind: K }>;
}

const nvl72Of = (row: Row) =>
  sizeScaleUp({ accelerators: row.n('gpus'), gbpsPerAccelerator: 8 * row.n('scaleup_GBps_per_gpu_oneway'), linkGbps: 400, radix: 72 });

/** So many modules at the cost and gross margin of the row, priced as a line of a bill. */
function moduleLine(row: Row, quantity: number) {
  const prices = createPriceList({
    format: PRICES_FORMAT,
    id: 'one-module',
    name: 'one module',
    currency: 'USD',
    date: '2024-07-17',
    prices: [{ sku: 'module', unitPrice: String(row.n('usd_per_transceiver')), source: row.data.source, confidence: 'secondary' }],
  });
  const pricing = resolvePricing({ marginPct: { default: String(100 * row.n('gross_margin')) } }, prices.book);
  const [line] = priceLines([{ sku: 'module', category: 'optics', description: 'module', vendor: 'any', quantity }], prices, pricing);
  return { cost: decimal(line!.unitCost!).times(quantity).toNumber(), price: Number(line!.net) };
}

export const supernodeCases: Readonly<Record<string, Case>> = {
  'cm384-scaleup-optics': (row) => {
    const domain = sizeScaleUp({
      accelerators: row.n('npus'),
      gbpsPerAccelerator: row.n('scaleup_gbps_per_npu'),
      linkGbps: row.n('transceiver_gbps'),
      radix: 48,
    });
    return {
      transceivers_per_npu: domain.portsPerAccelerator,
      npu_side: domain.transceivers / 2,
      switch_side: domain.transceivers / 2,
      total: domain.transceivers,
    };
  },
  'cm384-total': (row) => {
    const { scaleUp, ports, nodes, powerW } = entry('supernode', 'huawei-cloudmatrix384');
    const { design } = sizeBrief(briefOf({ accelerators: row.n('npus'), supernode: 'huawei-cloudmatrix384' }), builtIn);
    // The source counts two ends for each of the 400G scale-out ports of an NPU and as many in the switches above.
    const outside = 4 * nodes * ports.compute.ports;
    if (Math.abs(powerW - 600_000) > 0.1 * 600_000) throw new Error(`${powerW} W is not about 600 kW`);
    return {
      transceivers_400g: scaleUp.transceivers + outside,
      racks: design.floor.racks.filter((rack) => rack.role === 'compute').length,
      pod_power_kw_approx: quoted('rounded; the catalog has the 559 kW that the same source adds up'),
      nvl72_rack_kw_approx: quoted('rounded; the catalog has the published 120 to 132 kW'),
    };
  },
  'cm384-node-panel': (row) => {
    const { scaleUp, ports, nodes } = entry('supernode', 'huawei-cloudmatrix384');
    if (nodes !== row.n('nodes')) throw new Error(`${nodes} nodes`);
    return { ub_modules_npu_side: scaleUp.transceivers / 2, roce_modules_npu_side: nodes * ports.compute.ports };
  },
  'nvl72-copper-5184': (row) => {
    const { copperPairs, accelerators } = nvl72Of(row);
    return { diff_pairs_per_gpu: copperPairs / accelerators, copper_cables: copperPairs };
  },
  'nvl72-optics-648': (row) => {
    const optical = sizeScaleUp({
      accelerators: row.n('gpus'),
      gbpsPerAccelerator: 8 * row.n('scaleup_GBps_per_gpu_oneway'),
      linkGbps: 400,
      radix: 72,
      moduleGbps: row.n('transceiver_gbps'),
      moduleW: row.n('w_per_transceiver'),
      acceleratorsPerRack: 36,
    });
    const money = moduleLine(row, optical.transceivers);
    return {
      transceivers: optical.transceivers,
      power_w: optical.opticsPowerW,
      cost_usd: money.cost,
      price_at_75pct_gm_usd: money.price,
    };
  },
  'nvl72-copper-myth': (row) => {
    const cables = Math.ceil(row.n('gbps_per_gpu') / row.n('cable_gbps'));
    const usd = cables * row.n('cable_usd');
    if (Math.round(usd / 1_000) !== 3) throw new Error(`${usd} USD is not about 3,000`);
    return {
      cables_per_gpu: cables,
      usd_per_gpu_approx: quoted('18 x 162 = 2,916 USD, rounded by the source'),
      usd_per_rack_approx: quoted('72 x the rounded 3,000 USD; 72 x 2,916 = 209,952'),
    };
  },
  'ubmesh-scale': (row) => {
    const perRack = row.n('boards_per_rack') * row.n('npus_per_board');
    const pod = sizeScaleUp({
      accelerators: perRack * row.n('racks_per_pod'),
      gbpsPerAccelerator: 8_000,
      linkGbps: 200,
      structure: 'nd-full-mesh',
      dims: [8, 8, 4, 4],
    });
    return { npus_per_rack: perRack, pod_npus: pod.accelerators, superpod_npus: perRack * row.n('superpod_racks') };
  },
  'ubmesh-intrarack-lrs': ({ data }) =>
    Object.fromEntries(Object.keys(data.expected).map((key) => [key, quoted('low-radix switches of a rack; their ports are not printed')])),
};

const powerOfSwitch = (id: string) => entry('switch', id).powerTypicalW;

/** Plugs of a twin-port module and what it draws. */
function twinModule(id: string): ReturnType<Case> {
  const { powerW, reachM, modes, connector } = entry('transceiver', id);
  const twin = modes.find((mode) => mode.gbps === 400)!;
  if (!connector.startsWith('mpo12')) throw new Error(`${id} has ${connector}`);
  return { power_w: powerW, ports: twin.links, mpo12_connectors: twin.links * twin.fibresPerLink, reach_m: reachM };
}

export const partCases: Readonly<Record<string, Case>> = {
  'linkx-mma4z00-twin-mm': () => twinModule('nvidia-mma4z00-ns'),
  'linkx-mms4x00-twin-sm': () => twinModule('nvidia-mms4x00-ns'),
  'linkx-mms4x00-ns400': () => {
    const { powerW, reachM } = entry('transceiver', 'nvidia-mms4x00-ns400');
    return { power_w_400g: powerW, reach_m: reachM, power_w_200g: quoted('at 200G, at which the catalog has no link for it') };
  },
  'linkx-mcp4y10-dac': () => {
    const { lengthsM, near } = entry('cable', 'nvidia-mcp4y10');
    return { max_m: Math.max(...lengthsM!), links_per_cable: near.linksPerPlug };
  },
  'sn5610-power': () => {
    const { powerTypicalW, powerMaxW } = entry('switch', 'nvidia-sn5610');
    return { typical_kw: powerTypicalW / 1_000, with_64_modules_kw: powerMaxW! / 1_000 };
  },
  'qm9700-power': () => {
    const { powerTypicalW, powerMaxW } = entry('switch', 'nvidia-qm9700');
    return { typical_passive_kw: powerTypicalW / 1_000, max_active_kw: powerMaxW! / 1_000 };
  },
  'sa100k-switch-power': () => ({
    power_w_dac: powerOfSwitch('nvidia-qm9700'),
    power_w_multimode_max: quoted('a rounded maximum; 747 W and 32 modules of 15 W are 1,227 W, the maker states 1,720 W at most'),
  }),
  'sa100k-bf3-power': (row) => ({
    extra_w_per_node: row.n('extra_w_per_nic') * row.n('nics_per_node'),
    extra_mw: (row.n('extra_w_per_nic') * row.n('gpus')) / 1e6,
  }),
  'dgx-h100-power': () => {
    const kw = entry('supernode', 'nvidia-dgx-h100').powerW / 1_000;
    return { max_kw: kw, racks_of_4_kw: 4 * kw };
  },
  'b200-su-power': (row) => {
    const kw = entry('supernode', 'nvidia-dgx-b200').powerW / 1_000;
    return { rack_kw: row.n('nodes_per_rack') * kw, rack4_kw: 4 * kw, su_kw: row.n('nodes_per_su') * kw };
  },
  'superpod-b200-4su-power': (row) => {
    const { power } = sizeBrief(
      briefOf({
        accelerators: 8 * row.n('dgx'),
        supernode: 'nvidia-dgx-b200',
        fabrics: { compute: { switch: 'nvidia-qm9700', tiers: 2, scalableUnitSupernodes: 32, reservedEndpoints: 4 }, storage: {} },
      }),
      builtIn,
    ).design;
    return {
      dgx_total_kw: power.systemsKw,
      mgmt_racks_kw: quoted('at the maximum of every switch, which is not what a design draws'),
      total_mw: quoted('with management racks whose contents are not printed'),
    };
  },
  'sa100k-ckpt-loss': (row) => ({
    max_lost_steps: row.n('ckpt_interval') - 1,
    lost_gpu_days: mostWorkLost(row.n('gpus'), row.n('iter_s'), row.n('ckpt_interval')),
  }),
};
