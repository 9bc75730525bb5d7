import { sizeBrief } from '../../../src/engine/design/size';
import type { Design, MediaRow } from '../../../src/engine/design/design';
import { briefOf, builtIn, exampleBrief } from '../../support/built-in';
import { quoted, type Answers, type Case, type Row } from '../reference';
import { fabricOf, switchesAt } from './fabric-of';

/** NVIDIA DGX SuperPOD and BasePOD reference architectures. */

let fourUnits: Design | undefined;
/** 127 DGX H100 with storage, in-band and out-of-band fabrics: the example brief, sized once. */
const fourUnitDesign = () => (fourUnits ??= sizeBrief(exampleBrief('superpod-h100-4su'), builtIn).design);

const quantity = (rows: readonly MediaRow[], which: (row: MediaRow) => boolean) =>
  rows.filter(which).reduce((sum, row) => sum + row.quantity, 0);

/** Component counts for whole scalable units: rail-optimized, 1:1, 64 ports. */
const componentCounts: Case = (row) => {
  const perUnit = row.n('gpus_per_node') * (row.n('nodes') / row.n('scalable_units'));
  const counts = fabricOf({ endpoints: row.n('nodes') * row.n('nics_per_node'), radix: row.n('switch_ports'), rails: 8, scalableUnit: perUnit });
  return {
    gpus: row.n('nodes') * row.n('gpus_per_node'),
    leaf: switchesAt(counts, 'leaf'),
    spine: switchesAt(counts, 'spine'),
    core: switchesAt(counts, 'core'),
    node_leaf_cables: counts.links.endpoint,
    leaf_spine_cables: counts.links.leafSpine ?? 0,
    spine_core_cables: counts.links.spineCore ?? 0,
  };
};

/** One node of the last unit gives way to four ports for fabric management; the fabric is built for whole units. */
function withManagement(row: Row): Answers {
  const gpus = row.n('nodes') * row.n('gpus_per_node');
  const counts = fabricOf({ endpoints: gpus + 4, radix: row.n('switch_ports'), rails: 8, scalableUnit: 256, tiers: 2 });
  return {
    gpus,
    leaf: switchesAt(counts, 'leaf'),
    spine: switchesAt(counts, 'spine'),
    compute_plus_ufm_cables: counts.links.endpoint,
    spine_leaf_cables: counts.links.trunk,
  };
}

/** Two planes of 400G on 128 ports; the table counts a cable for each 800G cage, which carries a link of each plane. */
const twinPlane: Case = (row) => {
  const endpoints = row.n('nodes') * row.n('gpus_per_node');
  const counts = fabricOf({
    topology: 'multi-plane',
    planes: row.n('planes'),
    endpoints,
    radix: row.n('switch_ports_400g'),
    rails: 8,
    scalableUnit: endpoints / row.n('scalable_units'),
  });
  return {
    gpus: endpoints,
    leaf: switchesAt(counts, 'leaf'),
    spine: switchesAt(counts, 'spine'),
    node_leaf_cables: counts.links.endpoint / row.n('planes'),
    leaf_spine_cables: counts.links.trunk / row.n('planes'),
  };
};

/** Quantum-X800: 144 ports of 800G; the spines of 4 and 8 units are more than a plain ceiling gives. */
const xdr: Case = (row) => {
  const gpus = row.n('nodes') * row.n('gpus_per_node');
  const counts = fabricOf({ endpoints: gpus, radix: row.n('switch_ports'), rails: 8, scalableUnit: gpus / row.n('scalable_units') });
  return {
    gpus,
    leaf: switchesAt(counts, 'leaf'),
    spine: switchesAt(counts, 'spine'),
    node_leaf_cables: counts.links.endpoint,
    leaf_spine_cables: counts.links.trunk,
  };
};

const HOSTS_BEYOND = 'management servers are not sized; the brief names the ports kept for them (reservedEndpoints)';
const STORAGE_TARGETS = 'its storage fabric also carries the storage targets, whose number the table does not print';

const bill: Case = () => {
  const { fabrics } = fourUnitDesign();
  return {
    compute_fabric_switches: fabrics.compute.switches,
    inband_switches_SN4600C: fabrics.inBand!.switches,
    storage_fabric_switches: quoted(`${STORAGE_TARGETS}; for the 254 node ports alone the engine needs 8 leaves and 4 spines`),
    oob_switches_SN2201: quoted('108 power units and 24 management hosts hang on it beside the 195 ports of nodes and switches'),
    racks: quoted('management racks included, whose contents the table does not print'),
    ufm: quoted(HOSTS_BEYOND),
    bcm_servers: quoted(HOSTS_BEYOND),
    rack_pdus: quoted('power units are not sized'),
  };
};

const inBandAndOutOfBand: Case = (row) => {
  const { fabrics, nodes } = fourUnitDesign();
  if (nodes !== row.n('nodes')) throw new Error(`the example has ${nodes} nodes`);
  return {
    inband_200g_aoc_dgx: fabrics.inBand!.endpoints - fabrics.outOfBand!.uplinksToInBand!,
    oob_dgx: nodes,
    oob_inband_switches: fabrics.inBand!.switches,
    oob_ib_switches: quoted('48 compute switches, which are ours, and 16 storage switches, whose load the tables do not print'),
    oob_uplinks_100g: quoted('two for each of eight switches; the engine gives two to each of the switches it needs itself'),
    inband_100g_mgmt: quoted(HOSTS_BEYOND),
    uplink_core: quoted("to the customer's own network"),
    isl_copper: quoted('pairs of multi-chassis link aggregation, which a fat tree has not'),
    nfs: quoted(HOSTS_BEYOND),
    leaf_core: quoted('no ratio is stated'),
    oob_mgmt_ufm: quoted(HOSTS_BEYOND),
    oob_ufm_b2b: quoted(HOSTS_BEYOND),
    oob_pdus: quoted('power units are not sized'),
  };
};

const storage: Case = () => {
  const { media } = fourUnitDesign();
  const onNodes = (row: MediaRow) => row.fabric === 'storage' && row.segment === 'endpoint' && row.sku === 'nvidia-mma1z00-ns400';
  return {
    dgx_qsfp112_transceivers: quantity(media, onNodes),
    ndr_400g_cables: quoted(`254 to the nodes, which are ours, and 240 above; ${STORAGE_TARGETS}`),
    storage_2x200g_cables: quoted(STORAGE_TARGETS),
    switch_transceivers: quoted(STORAGE_TARGETS),
    ufm_transceivers: quoted(HOSTS_BEYOND),
    ufm_200g: quoted(HOSTS_BEYOND),
    slurm_hdr_splitter: quoted(HOSTS_BEYOND),
  };
};

const storagePerformance: Case = ({ data }) =>
  Object.fromEntries(Object.keys(data.expected).map((key) => [key, quoted('a requirement on the storage system, not a count of the network')]));

/** The two switches of 4 nodes face each other; modules of the four twin-port cages of a node, two links to a module. */
const basePod: Case = (row) => {
  const { design } = sizeBrief(
    briefOf({
      accelerators: row.n('nodes') * row.n('gpus_per_node'),
      supernode: 'nvidia-dgx-h100',
      fabrics: { compute: { topology: 'fat-tree', tiers: 2, switch: 'nvidia-qm9700' }, inBand: { linkGbps: 100 } },
      media: { policy: 'lowest-cost', allow: ['transceiver', 'dac', 'aoc'] },
    }),
    builtIn,
  );
  const { compute } = design.fabrics;
  const access = design.media.filter((media) => media.fabric === 'compute' && media.segment === 'endpoint');
  const moduleOf = (flatTop: boolean) => quantity(access, (media) => media.kind === 'transceiver' && media.sku.endsWith('-flt') === flatTop);
  return {
    qm9700: compute.switches,
    // The table counts fibres for each twin-port cage; a fibre of the cage is two links.
    ndr_fibre: compute.links.endpoint / 2,
    dgx_osfp_transceivers: moduleOf(true),
    switch_osfp_transceivers_to_dgx: moduleOf(false),
    isl_dac_twin_port: quoted('16 links; the two switches face each other there, where a tree of two tiers has 32 links between leaf and spine'),
    sn2201: quoted(HOSTS_BEYOND),
    sn4600c: quoted('a redundant pair by choice; one switch holds all ports'),
    cat6: quoted(HOSTS_BEYOND),
    inband_aoc_100g: design.fabrics.inBand!.links.endpoint,
    mgmt_servers: quoted(HOSTS_BEYOND),
    isl_inband_passive: quoted('pairs of multi-chassis link aggregation, which a fat tree has not'),
    oob_uplink_aoc: quoted(HOSTS_BEYOND),
    mgmt_aoc: quoted(HOSTS_BEYOND),
  };
};

/** 18 nodes of four GPUs, each GPU on the leaf of its rail. */
const nvl72OnRails: Case = (row) => {
  const endpoints = row.n('gpus_per_rack');
  const radix = row.n('switch_ports');
  const leaf = fabricOf({ endpoints, radix, rails: row.n('rails'), scalableUnit: endpoints, tiers: 2 }).tiers[0]!;
  return {
    downlinks_per_rail_switch: leaf.downlinks,
    ports_used: leaf.downlinks + leaf.uplinks,
    nonrail_leaves_per_4_racks: switchesAt(fabricOf({ endpoints: 4 * endpoints, radix, tiers: 2 }), 'leaf'),
  };
};

const scalingBookSwitches: Case = (row) => {
  const { design } = sizeBrief(
    briefOf({
      accelerators: row.n('gpus'),
      supernode: 'nvidia-dgx-h100',
      fabrics: { compute: { topology: 'fat-tree', switch: 'nvidia-qm9700', scalableUnitSupernodes: 32 } },
    }),
    builtIn,
  );
  const { compute, scaleUp } = design.fabrics;
  const chips = design.supernodes * scaleUp.switches;
  return { nvswitches: chips, leaf: switchesAt(compute, 'leaf'), spine: switchesAt(compute, 'spine'), total: chips + compute.switches };
};

const scalingBookBandwidth: Case = (row) => {
  const gpus = row.n('gpus');
  const { fabrics } = sizeBrief(briefOf({ accelerators: gpus, supernode: 'nvidia-dgx-h100' }), builtIn).design;
  const perNode = fabrics.compute.links.endpoint / (gpus / 8);
  const nodeGBps = (perNode * fabrics.compute.linkGbps) / 8;
  const rack = builtIn.catalog.byId.get('nvidia-gb200-nvl72');
  const ports = rack?.kind === 'supernode' ? rack.ports.compute.ports * rack.nodes : 0;
  return {
    node_gpu_GBps: fabrics.scaleUp.gbpsPerAccelerator / 8,
    // A leaf carries one rail of a unit of 32 nodes in each of eight leaves: 256 GPUs to a unit.
    leaf_TBps: (32 * nodeGBps) / 1_000,
    spine_TBps: ((gpus / 8) * nodeGBps) / 1_000,
    node_egress_GBps: nodeGBps,
    nvl72_egress_GBps: (ports * 400) / 8,
  };
};

export const superpodCases: Readonly<Record<string, Case>> = {
  'h100-superpod-t3-su4': componentCounts,
  'h100-superpod-t3-su8': componentCounts,
  'h100-superpod-t3-su16': componentCounts,
  'h100-superpod-t3-su64': componentCounts,
  'h100-superpod-t4-su1': withManagement,
  'h100-superpod-t4-su2': withManagement,
  'h100-superpod-t4-su4': withManagement,
  'h100-superpod-t7-bom': bill,
  'h100-superpod-t8-inband-oob': inBandAndOutOfBand,
  'h100-superpod-t8-storage': storage,
  'h100-superpod-t6-storage-perf': storagePerformance,
  'b200-superpod-t3-su2': componentCounts,
  'b200-superpod-t3-su4': componentCounts,
  'b200-superpod-t3-su8': componentCounts,
  'b200-superpod-t3-su32': componentCounts,
  'b200-superpod-t3-su64': componentCounts,
  'b200-superpod-t41-su1': (row) => {
    const { gpus: _gpus, ...counts } = withManagement(row);
    return counts;
  },
  'b200-superpod-t41-su4': (row) => ({ ...withManagement(row), ...storageTiers() }),
  'b300-superpod-t3-su1': twinPlane,
  'b300-superpod-t3-su2': twinPlane,
  'b300-superpod-t3-su8': twinPlane,
  'b300-superpod-t3-su4': twinPlane,
  'b300-superpod-t3-su16': twinPlane,
  'b300-xdr-superpod-t3-su1': xdr,
  'b300-xdr-superpod-t3-su2': xdr,
  'b300-xdr-superpod-t3-su4': xdr,
  'b300-xdr-superpod-t3-su8': xdr,
  'b300-xdr-superpod-t3-su18': xdr,
  'basepod-t42-n4': basePod,
  'nvl72-qm9700-leaf-ports': nvl72OnRails,
  'scalingbook-superpod-switches': scalingBookSwitches,
  'scalingbook-bw-levels': scalingBookBandwidth,
};

/** The storage fabric of the four units: 254 node ports of 400G at 4:3. */
function storageTiers(): Answers {
  const storageFabric = fourUnitDesign().fabrics.storage!;
  return { storage_leaf: switchesAt(storageFabric, 'leaf'), storage_spine: switchesAt(storageFabric, 'spine') };
}
