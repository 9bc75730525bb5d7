import type { EntryOf } from '../../../src/catalog/catalog';
import type { PublishedTable } from './table';

const nvlink = (technology: string | undefined, published: string) =>
  technology !== undefined && published.toLowerCase().includes(technology.toLowerCase().split(' ')[0]!);

export const accelerators: PublishedTable<EntryOf<'accelerator'>> = {
  file: 'accelerators',
  name: ({ vendor, model }) => `${vendor} ${model}`,
  columns: {
    vendor: ({ vendor }) => vendor,
    form: ({ form }) => form,
    memory_GB: ({ memoryGB }) => memoryGB,
    memory_type: ({ memoryType }) => memoryType,
    memory_bw_TBps: ({ memoryGBps }) => memoryGBps && memoryGBps / 1000,
    bf16_dense_TFLOPs: ({ peakTflops }) => peakTflops.bf16,
    fp8_dense_TFLOPs: ({ peakTflops }) => peakTflops.fp8,
    fp4_dense_TFLOPs: ({ peakTflops }) => peakTflops.fp4,
    tdp_W: ({ tdpW }) => tdpW,
    scaleup_bw_GBps: ({ scaleUpGbps }) => scaleUpGbps && scaleUpGbps / 8,
    scaleup_tech: ({ scaleUpTechnology }, { scaleup_tech }) => nvlink(scaleUpTechnology, scaleup_tech!),
    scaleup_world_size: ({ scaleUpDomain }) => scaleUpDomain,
    year: ({ launched }) => launched,
  },
  elsewhere: { model: 'the catalog has its own names', scaleup_bw_direction: 'the catalog counts one direction throughout' },
  differs: {
    'NVIDIA H100 PCIe': { scaleup_tech: 'the bus of a card is no scale-up network' },
    'NVIDIA L40S': { scaleup_tech: 'the bus of a card is no scale-up network' },
    'AMD MI355X': { scaleup_bw_GBps: 'AMD gives 1,075 GB/s in both directions; 576 does not divide into seven links' },
  },
};

export const supernodes: PublishedTable<EntryOf<'supernode'>> = {
  file: 'supernodes',
  name: ({ vendor, model }) => `${vendor} ${model}`,
  columns: {
    vendor: ({ vendor }) => vendor,
    accelerators_per_domain: ({ accelerators: count }) => count,
    racks: ({ mounting }) => (mounting.type === 'racks' ? mounting.computeRacks + mounting.networkRacks : undefined),
    power_kW: ({ powerW }) => powerW / 1000,
    scaleup_tech: ({ scaleUp }, { scaleup_tech }) => nvlink(scaleUp.technology, scaleup_tech!.replace('UB (UnifiedBus)', 'UnifiedBus')),
    scaleup_switch_chips: ({ scaleUp }) => scaleUp.switches,
    // Published in both directions together.
    scaleup_total_bw_TBps: ({ scaleUp, accelerators: count }, row) =>
      near(row['scaleup_total_bw_TBps']!, (2 * scaleUp.gbpsPerAccelerator * count) / 8000),
    scaleout_nics: ({ ports, nodes }) => ports.compute.ports * nodes,
    cooling: ({ cooling }, row) => cooling.split('+').every((one) => row['cooling']!.includes(one)),
    year: ({ launched }) => launched,
  },
  elsewhere: {
    model: 'the catalog has its own names',
    accelerator: 'an id in the catalog, whose figures are compared as its own row',
    rack_units_or_layout: 'prose; heights are checked in the figures against the cited documents',
    scaleup_switch_units: 'trays are counted by their chips',
    scaleup_medium: 'prose; the catalog tells board, copper and optics apart',
    scaleout_nic_speed_Gbps: 'the adapter is an entry of its own, with its own row',
    memory_total_TB: 'a product of figures that are compared',
    compute_total: 'a product of figures that are compared, mostly with sparsity',
    price_USD: 'in the price book, compared there',
    price_year: 'in the price book',
  },
  differs: {
    'NVIDIA DGX H100': { racks: 'a chassis; how many stand in a rack is up to the power of the hall' },
    'NVIDIA GB300 NVL72': { power_kW: 'published for the compute trays alone; nine switch trays are added' },
  },
};

/** The published number where ours rounds to its digits; ours otherwise, for the message. */
export function near(published: string, ours: number): number {
  const digits = published.split('.')[1]?.length ?? 0;
  return Math.abs(Number(published) - ours) < 10 ** -digits * 1.0001 ? Number(published) : ours;
}

const NAMED_PROTOCOLS = { infiniband: 'InfiniBand', ethernet: 'Ethernet' } as const;

export const nics: PublishedTable<EntryOf<'nic'>> = {
  file: 'nics',
  name: ({ vendor, model }) => `${vendor} ${model}`,
  columns: {
    vendor: ({ vendor }) => vendor,
    max_speed_Gbps: ({ cage }) => Math.max(...cage.modes.map((mode) => mode.gbps * mode.portsPerCage)) * cage.count,
    connector: ({ cage }, row) => row['connector']!.toLowerCase().includes(cage.form),
    heatsink_type: ({ cage }, row) => cage.form !== 'osfp' || (cage.heatSink === 'flat-top' && /flat-top|RHS/.test(row['heatsink_type']!)),
    host_interface: ({ hostInterface }) => hostInterface,
    protocol: ({ protocols }, row) => protocols.every((one) => row['protocol']!.includes(NAMED_PROTOCOLS[one])),
    power_typ_W: ({ powerW }) => powerW,
    power_max_W: ({ powerMaxW }) => powerMaxW,
    max_optic_power_W: ({ cage }) => cage.maxModuleW,
  },
  elsewhere: {
    model: 'the catalog has its own names',
    ports: 'prose; its speeds are the modes of the cage',
    price_USD: 'empty',
    price_year: 'empty',
  },
  differs: {
    'NVIDIA ConnectX-7 dual-port QSFP112': { max_speed_Gbps: 'both cages share the host bus, as the notes of the entry say' },
    'NVIDIA ConnectX-7 Cedar-7 mezzanine (DGX H100/B200)': { max_speed_Gbps: 'published for one mezzanine; a server has a pair' },
    'NVIDIA ConnectX-9 SuperNIC': { max_speed_Gbps: 'published for one accelerator, which has two cards' },
    'NVIDIA BlueField-3 DPU / SuperNIC': { max_speed_Gbps: 'both cages share 400 Gb/s, as the notes of the entry say' },
  },
};
