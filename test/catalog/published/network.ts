import type { EntryOf } from '../../../src/catalog/catalog';
import type { PublishedTable } from './table';

const FORMS = {
  osfp: 'OSFP',
  'qsfp-dd800': 'QSFP-DD',
  'qsfp-dd': 'QSFP-DD',
  qsfp112: 'QSFP112',
  qsfp56: 'QSFP56',
  qsfp28: 'QSFP28',
  sfp28: 'SFP28',
  rj45: 'RJ45',
  mpo12: 'MPO-12',
  mmc12: 'MMC-12',
} as const;

type Switch = EntryOf<'switch'>;
const portsAt = ({ cages }: Switch, gbps: number) =>
  cages.reduce(
    (sum, cage) => sum + cage.count * Math.max(0, ...cage.modes.filter((mode) => mode.gbps === gbps).map((mode) => mode.portsPerCage)),
    0,
  );
const fastest = ({ cages }: Switch) =>
  cages.reduce((sum, cage) => sum + cage.count * Math.max(...cage.modes.map((mode) => mode.gbps * mode.portsPerCage)), 0);

export const switches: PublishedTable<Switch> = {
  file: 'switches',
  name: ({ vendor, model }) => `${vendor} ${model}`,
  columns: {
    vendor: ({ vendor }) => vendor,
    asic: ({ asic }, row) => asic !== undefined && row['asic']!.includes(asic.split(' ')[0]!),
    port_count: (entry, row) => portsAt(entry, Number(row['port_speed_Gbps'])) + (row['ports']!.includes('+') ? others(entry, row) : 0),
    port_speed_Gbps: ({ cages }, row) =>
      cages.flatMap((cage) => cage.modes).find((mode) => mode.gbps === Number(row['port_speed_Gbps']))?.gbps,
    form_factor: ({ cages }, row) => cages.every((cage) => row['form_factor']!.includes(FORMS[cage.form])),
    total_Tbps: (entry) => fastest(entry) / 1000,
    rack_units: ({ rackUnits }) => rackUnits,
    power_typ_W: ({ powerTypicalW }) => powerTypicalW,
    power_max_W: ({ powerMaxW }) => powerMaxW,
    max_optic_power_W_per_port: ({ cages }) => Math.max(...cages.map((cage) => cage.maxModuleW ?? 0)),
    latency_ns: ({ latencyNs }) => latencyNs,
    protocol: ({ protocol }, row) => row['protocol']!.toLowerCase().includes(protocol),
    cpo: ({ coPackaged }) => (coPackaged === true ? 'yes' : 'no'),
    cooling: ({ cooling }, row) => row['cooling']!.includes(cooling),
    weight_kg: ({ weightKg }) => weightKg,
  },
  elsewhere: {
    model: 'the catalog has its own names',
    ports: 'prose for the count and speed that are compared',
    power_includes_optics: 'typical power is without modules throughout',
    breakout: 'prose for the modes of the cages',
    price_USD: 'in the price book, compared there',
    price_year: 'in the price book',
  },
  differs: {
    'NVIDIA QM8700/QM8790': { total_Tbps: 'published in both directions together' },
    'NVIDIA SN5400': { max_optic_power_W_per_port: 'every fourth cage may give off 21 W, the others 12 W' },
    'Arista 7060XE7-64PS / 64PRS': {
      port_count: '64 cages of 1.6T, each two ports of 800G',
      port_speed_Gbps: 'no adapter takes 1.6T, so cages run as two ports of 800G',
    },
    'Juniper QFX5140': { port_count: '32 are cages; the eight of 800G run as two ports of 400G each' },
  },
};

/** Ports of other speeds that the published count includes: "48x25G + 12x100G". */
function others(entry: Switch, row: Readonly<Record<string, string>>): number {
  return entry.cages
    .filter((cage) => !cage.modes.some((mode) => mode.gbps === Number(row['port_speed_Gbps'])))
    .reduce((sum, cage) => sum + cage.count, 0);
}

type Medium = EntryOf<'transceiver'> | EntryOf<'cable'>;
const ends = (medium: Medium) => (medium.kind === 'cable' ? { near: medium.near, far: medium.far } : { near: medium, far: medium });
const capacity = (medium: Medium) =>
  medium.kind === 'transceiver'
    ? Math.max(...medium.modes.map((mode) => mode.gbps * mode.links))
    : Math.max(...medium.modes.map((mode) => mode.gbps)) * medium.near.plugs * medium.near.linksPerPlug;

export const media: PublishedTable<Medium> = {
  file: 'media',
  name: ({ vendor, model }) => `${vendor} ${model}`,
  columns: {
    class: (medium, row) =>
      row['class']!.toLowerCase().includes(medium.kind === 'cable' ? medium.type : medium.linear ? 'lpo' : medium.class.toLowerCase()),
    speed_Gbps: capacity,
    form_factor: (medium, row) => {
      const { form, heatSink } = ends(medium).near;
      const published = row['form_factor']!;
      return (
        published.includes(FORMS[form]) && (heatSink === undefined || !/finned|flat-top/.test(published) || published.includes(heatSink))
      );
    },
    form_factor_far_end: (medium, row) =>
      row['form_factor_far_end'] === 'same' || row['form_factor_far_end']!.includes(FORMS[ends(medium).far.form]),
    lane_rate_Gbps: (medium, row) => medium.modes.some((mode) => mode.laneGbps === Number(row['lane_rate_Gbps'])) || optical(medium, row),
    medium: (medium, row) => medium.kind === 'cable' || (medium.fibre === 'smf' ? 'SMF' : 'MMF') === row['medium']!.split(' ')[0],
    fiber_connector: (medium, row) =>
      medium.kind === 'cable' ||
      row['fiber_connector']!.replace(/[^a-z0-9]/gi, '')
        .toLowerCase()
        .includes(medium.connector.split('-')[0]!),
    reach_m: (medium) => (medium.kind === 'cable' ? Math.max(...medium.lengthsM) : medium.reachM),
    reach_OM4_m: (medium) => (medium.kind === 'cable' ? undefined : medium.reachM),
    power_max_W_per_end: (medium) => (medium.kind === 'cable' ? medium.powerWPerPlug : medium.powerW),
    lengths_sold_m: (medium) => (medium.kind === 'cable' ? medium.lengthsM.join('; ') : undefined),
    fabric: ({ protocols }, row) =>
      protocols.includes('infiniband') === /IB|InfiniBand/.test(row['fabric']!) &&
      protocols.includes('ethernet') === /ETH|Ethernet/.test(row['fabric']!),
  },
  elsewhere: {
    vendor: 'the catalog calls a maker generic where several sell alike',
    model: 'the catalog has its own names',
    lanes: 'speed over lane rate',
    modulation: 'follows from the lane rate',
    reach_OM3_m: 'halls are laid with OM4; a published figure beside it',
    power_typ_W_per_end: 'heat is planned with the most that a module draws',
    propagation_ns_per_m: 'a figure of its own, for copper and fibre alike',
    latency_added_ns: 'empty',
    pre_fec_ber: 'of no part of the catalog',
    price_USD: 'in the price book, compared there',
    price_year: 'in the price book',
    price_source: 'in the price book',
    breakout: 'prose for the modes',
  },
  differs: {
    'NVIDIA MMA4Z00-NS / -NS-T': { power_max_W_per_end: '15 W is the typical draw, 17 W the most; the entry says both' },
  },
};

/** A module whose host lanes are slower than its optical ones is published by either. */
function optical(medium: Medium, row: Readonly<Record<string, string>>): boolean {
  return (
    medium.kind === 'transceiver' &&
    medium.modes.some((mode) => mode.interface.includes(`-${row['lane_rate_Gbps']}G`) || mode.interface.includes('ZR'))
  );
}

export const passive: PublishedTable<EntryOf<'fibre'>> = {
  file: 'passive',
  name: ({ type, model }) => `${type} ${model}`,
  columns: {
    fibre: ({ fibre }, row) => row['fibre']!.toLowerCase().startsWith(fibre),
    connector_a: ({ connector }, row) =>
      row['connector_a']!.replace(/[^a-z0-9]/gi, '')
        .toLowerCase()
        .includes(connector.split('-')[0]!),
    connector_b: ({ connector }, row) =>
      row['connector_b']!.replace(/[^a-z0-9]/gi, '')
        .toLowerCase()
        .includes(connector.split('-')[0]!),
    polish: ({ connector }, row) => connector.endsWith(row['polish']!.toLowerCase()),
    lengths_m: ({ lengthsM }) => `${Math.min(...lengthsM)}-${Math.max(...lengthsM)}`,
  },
  elsewhere: {
    type: "part of the row's name",
    model: 'the catalog has its own names',
    use: 'prose',
    fibres: 'of no cord of the catalog',
    insertion_loss_dB_typ: 'of no cord of the catalog',
    insertion_loss_dB_max: 'of no cord of the catalog',
    price_USD: 'empty',
    price_year: 'empty',
  },
  differs: {},
};
