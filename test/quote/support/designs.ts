import type { Brief, Category } from '../../../src/engine/brief/schema';
import type { Confidence } from '../../../src/catalog/schema';
import type { Design, FabricDesign, FabricName, MediaRow, PricedLine, RackPlacement } from '../../../src/engine/design/design';
import { decimal, moneyString, roundMoney } from '../../../src/units/money';

/** Hand-made designs, so that the commercial documents are tested apart from the engine. */
export interface LineSpec {
  readonly sku: string;
  readonly category: Category;
  readonly description: string;
  readonly vendor?: string;
  readonly quantity: number;
  /** Cost in the price book's currency; null: no price known. */
  readonly cost: string | null;
  readonly marginPct?: string;
  readonly discountPct?: string;
  readonly source?: string;
  readonly confidence?: Confidence;
}

export function priceLine(spec: LineSpec, currency: string, exchangeRate = '1', bookCurrency = 'USD'): PricedLine {
  const marginPct = spec.marginPct ?? '12';
  const discountPct = spec.discountPct ?? '0';
  const { sku, category, description, quantity } = spec;
  const common = { sku, category, description, vendor: spec.vendor ?? 'NVIDIA', quantity, discountPct, marginPct };
  if (spec.cost === null)
    return {
      ...common,
      unitCost: null,
      unitPrice: null,
      amount: null,
      discount: null,
      net: null,
      priceSource: 'price on request',
      priceConfidence: null,
    };
  const cost = roundMoney(decimal(spec.cost).times(decimal(exchangeRate)), currency);
  const unitPrice = roundMoney(cost.dividedBy(decimal(1).minus(decimal(marginPct).dividedBy(100))), currency);
  const amount = roundMoney(unitPrice.times(quantity), currency);
  const discount = roundMoney(amount.times(decimal(discountPct)).dividedBy(100), currency);
  return {
    ...common,
    unitCost: moneyString(cost, currency),
    listCost: { amount: spec.cost, currency: bookCurrency },
    unitPrice: moneyString(unitPrice, currency),
    amount: moneyString(amount, currency),
    discount: moneyString(discount, currency),
    net: moneyString(amount.minus(discount), currency),
    priceSource: spec.source ?? 'Distributor list 7731-K, page 4',
    priceConfidence: spec.confidence ?? 'vendor',
  };
}

interface FabricSpec {
  readonly name: FabricName;
  readonly protocol: 'infiniband' | 'ethernet';
  readonly linkGbps: number;
  readonly switchIds: readonly string[];
  readonly endpoints: number;
  readonly leaf: number;
  readonly spine: number;
  readonly trunk: number;
  readonly oversubscription: number;
  readonly rails?: number;
  readonly reserved?: number;
}

export function fabricOf(spec: FabricSpec): FabricDesign {
  const tiers: FabricDesign['tiers'] = [
    { role: 'leaf', switches: spec.leaf, downlinks: 32, uplinks: 32 },
    ...(spec.spine > 0 ? [{ role: 'spine' as const, switches: spec.spine, downlinks: 64, uplinks: 0 }] : []),
  ];
  return {
    name: spec.name,
    protocol: spec.protocol,
    linkGbps: spec.linkGbps,
    switchIds: spec.switchIds,
    planes: 1,
    rails: spec.rails ?? 1,
    railOptimized: (spec.rails ?? 1) > 1,
    reservedEndpoints: spec.reserved ?? 0,
    latencyNs: spec.protocol === 'infiniband' ? 912.4 : null,
    topology: 'fat-tree',
    endpoints: spec.endpoints,
    tiers,
    switches: spec.leaf + spec.spine,
    links: {
      endpoint: spec.endpoints,
      ...(spec.trunk > 0 ? { leafSpine: spec.trunk } : {}),
      trunk: spec.trunk,
      total: spec.endpoints + spec.trunk,
    },
    oversubscription: spec.oversubscription,
    bisectionGbps: (spec.endpoints * spec.linkGbps) / 2,
    diameterHops: spec.spine > 0 ? 3 : 1,
    maxEndpoints: 2048,
  };
}

export interface DesignSpec {
  readonly name?: string;
  readonly customer?: Brief['customer'];
  readonly currency?: string;
  readonly exchangeRate?: string;
  readonly taxPct?: string;
  readonly validDays?: number;
  readonly lines?: readonly LineSpec[];
  readonly racks?: number;
}

export function designOf(spec: DesignSpec = {}): Design {
  const currency = spec.currency ?? 'USD';
  const rate = spec.exchangeRate ?? '1';
  const lines = (spec.lines ?? SUPERPOD_LINES).map((line) => priceLine(line, currency, rate));
  const racks = racksOf(spec.racks ?? 44);
  const net = lines.reduce((sum, line) => sum.plus(decimal(line.net ?? '0')), decimal(0));
  return {
    brief: {
      format: 'scaleplan.brief/1',
      ...(spec.name === undefined ? {} : { name: spec.name }),
      ...(spec.customer === undefined ? {} : { customer: spec.customer }),
      accelerators: 1016,
      pricing: {
        currency,
        exchangeRate: rate,
        ...(spec.taxPct === undefined ? {} : { taxPct: spec.taxPct }),
        ...(spec.validDays === undefined ? {} : { validDays: spec.validDays }),
      },
    },
    accelerators: 1016,
    supernodes: 127,
    nodes: 127,
    racks: racks.length,
    supernode: { id: 'nvidia-dgx-h100', name: 'DGX H100', size: 8, accelerator: 'nvidia-h100-sxm5', powerW: 10_200 },
    fabrics: {
      scaleUp: {
        accelerators: 8,
        switches: 4,
        links: 144,
        transceivers: 0,
        copperPairs: 576,
        medium: 'board',
        powerW: 400,
        technology: 'NVLink 4',
        gbpsPerAccelerator: 3600,
      },
      compute: fabricOf({
        name: 'compute',
        protocol: 'infiniband',
        linkGbps: 400,
        switchIds: ['nvidia-qm9700', 'nvidia-qm9700'],
        endpoints: 1020,
        leaf: 32,
        spine: 16,
        trunk: 1024,
        oversubscription: 1,
        rails: 8,
        reserved: 4,
      }),
      storage: fabricOf({
        name: 'storage',
        protocol: 'infiniband',
        linkGbps: 400,
        switchIds: ['nvidia-qm9700', 'nvidia-qm9700'],
        endpoints: 254,
        leaf: 8,
        spine: 3,
        trunk: 192,
        oversubscription: 1.33,
      }),
      inBand: fabricOf({
        name: 'inBand',
        protocol: 'ethernet',
        linkGbps: 100,
        switchIds: ['nvidia-sn4600c', 'nvidia-sn4600c'],
        endpoints: 254,
        leaf: 6,
        spine: 2,
        trunk: 96,
        oversubscription: 2.67,
      }),
      outOfBand: fabricOf({
        name: 'outOfBand',
        protocol: 'ethernet',
        linkGbps: 1,
        switchIds: ['nvidia-sn2201'],
        endpoints: 127,
        leaf: 4,
        spine: 0,
        trunk: 0,
        oversubscription: 1,
      }),
    },
    media: SUPERPOD_MEDIA,
    lengths: [
      { fabric: 'compute', segment: 'endpoint', links: 1020, minM: 3.2, medianM: 14.6, maxM: 31.4, buckets: [{ upToM: 50, links: 1020 }] },
      { fabric: 'compute', segment: 'leafSpine', links: 1024, minM: 2.8, medianM: 9.2, maxM: 18.7, buckets: [{ upToM: 30, links: 1024 }] },
    ],
    transceivers: 2_802,
    cables: 2_901,
    placement: { currency, firstLinkCost: '0.00', linkCost: '0.00', lowerBound: '0.00', gapPct: 0, swaps: 0 },
    trays: null,
    floor: { rows: 3, racksPerRow: 16, rackUnits: 48, widthM: 9.6, depthM: 9, racks },
    power: { itKw: 1_412.6, facilityKw: 1_765.75, systemsKw: 1_295.4, switchesKw: 84.2, opticsKw: 33, pue: 1.25 },
    lines,
    cost: {
      currency,
      capex: moneyString(net, currency),
      byCategory: {},
      energyPerYear: '0',
      opexPerYear: '0',
      tco: '0',
      years: 4,
      unpriced: lines.filter((line) => line.unitPrice === null).map((line) => line.sku),
    },
    performance: null,
    reliability: {
      spares: [],
      firstFailureHours: 41,
      failuresPerYear: 213.66,
      goodputPct: 97.2,
      checkpointIntervalS: 4_150,
      blastRadius: [],
    },
    choices: [
      {
        path: 'fabrics.inBand.switch',
        value: 'nvidia-sn4600c',
        reason: 'the smallest Ethernet switch that carries 254 ports of 100 Gb/s in two tiers',
      },
      { path: 'fabrics.outOfBand.tiers', value: 1, reason: 'four leaf switches reach all management ports' },
      { path: 'media.policy', value: 'lowest-cost', reason: 'no policy given; a link of MMA4Z00-NS400 costs 1,287.43 less than the next' },
      { path: 'pricing.marginPct.default', value: '12', reason: 'margin of the price book' },
      { path: 'site.pue', value: 1.25, reason: 'the default for air-cooled halls' },
    ],
    derivations: [
      {
        id: 'compute.leaf',
        label: 'Leaf switches of the compute fabric',
        formula: 'rails × units',
        inputs: { rails: 8, units: 4 },
        value: 32,
        source: 'DGX SuperPOD reference architecture H100, RA-11333-001, table 4',
      },
      {
        id: 'compute.trunk',
        label: 'Leaf to spine links',
        formula: 'leaves × uplinks',
        inputs: { leaves: 32, uplinks: 32 },
        value: 1024,
        unit: 'links',
        source: 'design/method.md 1.4',
      },
      {
        id: 'cost.capex',
        label: 'Purchase cost',
        formula: 'sum of net',
        inputs: { lines: lines.length },
        value: net.toFixed(),
        unit: currency,
        source: 'price book',
      },
    ],
    provenance: [
      { id: 'nvidia-dgx-h100', source: 'NVIDIA DGX H100 datasheet, 2023', confidence: 'datasheet' },
      { id: 'nvidia-qm9700', source: 'NVIDIA Quantum-2 QM9700 datasheet; typical draw without modules', confidence: 'datasheet' },
      { id: 'generic-cat6', source: 'Our estimate 88-Q from shop offers; lengths: TIA-568', confidence: 'estimate' },
      { id: 'price:nvidia-qm9700', source: 'Distributor list 7731-K, page 4', confidence: 'vendor' },
    ],
    warnings: [
      { code: 'rounded-up', path: 'accelerators', message: '1,010 accelerators do not fill whole supernodes of 8; the design has 1,016' },
      { code: 'pdu-ports', path: 'fabrics.outOfBand', message: 'rack power units are not counted among the out-of-band ports' },
      {
        code: 'below-cost',
        path: 'pricing.discountPct.cables',
        message: 'after discount cables sell 3.4 % below cost; raise the margin or lower the discount',
      },
    ],
  };
}

function racksOf(count: number): RackPlacement[] {
  return Array.from({ length: count }, (_, index) => {
    const role = index % 11 === 10 ? ('leaf' as const) : index % 11 === 9 ? ('core' as const) : ('compute' as const);
    const devices =
      role === 'compute'
        ? Array.from({ length: 4 }, (_unused, at) => ({
            name: `dgx-${index * 4 + at + 1}`,
            model: 'DGX H100',
            bottomUnit: 4 + at * 10,
            units: 8,
          }))
        : Array.from({ length: 8 }, (_unused, at) => ({ name: `sw-${index}-${at}`, model: 'QM9700', bottomUnit: 10 + at * 2, units: 1 }));
    return {
      name: `R${String(Math.floor(index / 16) + 1).padStart(2, '0')}-${String((index % 16) + 1).padStart(2, '0')}`,
      role,
      row: Math.floor(index / 16),
      position: index % 16,
      xM: (index % 16) * 0.6,
      yM: Math.floor(index / 16) * 3,
      powerW: role === 'compute' ? 40_800 : 6_240,
      usedUnits: role === 'compute' ? 32 : 8,
      devices,
    };
  });
}

export const SUPERPOD_MEDIA: readonly MediaRow[] = [
  { fabric: 'compute', segment: 'endpoint', sku: 'MMA4Z00-NS400', kind: 'transceiver', gbps: 400, lengthM: 50, quantity: 1020, ends: 1 },
  { fabric: 'compute', segment: 'endpoint', sku: 'MMA4Z00-NS', kind: 'transceiver', gbps: 800, lengthM: 50, quantity: 510, ends: 1 },
  { fabric: 'compute', segment: 'endpoint', sku: 'MFP7E10-N020', kind: 'fibre', gbps: 400, lengthM: 20, quantity: 612, ends: 2 },
  { fabric: 'compute', segment: 'endpoint', sku: 'MFP7E10-N035', kind: 'fibre', gbps: 400, lengthM: 35, quantity: 408, ends: 2 },
  { fabric: 'compute', segment: 'leafSpine', sku: 'MMA4Z00-NS', kind: 'transceiver', gbps: 800, lengthM: 50, quantity: 1024, ends: 1 },
  { fabric: 'compute', segment: 'leafSpine', sku: 'MFP7E10-N010', kind: 'fibre', gbps: 400, lengthM: 10, quantity: 1024, ends: 2 },
  { fabric: 'storage', segment: 'endpoint', sku: 'MFP7E10-N020', kind: 'fibre', gbps: 400, lengthM: 20, quantity: 254, ends: 2 },
  { fabric: 'storage', segment: 'leafSpine', sku: 'MCP4Y10-N002', kind: 'dac', gbps: 400, lengthM: 1.5, quantity: 96, ends: 2 },
  { fabric: 'inBand', segment: 'endpoint', sku: 'MFS1S00-H010V', kind: 'aoc', gbps: 100, lengthM: 10, quantity: 254, ends: 2 },
  { fabric: 'outOfBand', segment: 'endpoint', sku: 'CAT6-15', kind: 'cat6', gbps: 1, lengthM: 15, quantity: 127, ends: 2 },
];

/** Four scalable units of DGX H100 with storage, in-band and out-of-band fabrics. Prices are invented. */
export const SUPERPOD_LINES: readonly LineSpec[] = [
  {
    sku: 'DGXH-G640F+P2EDI36',
    category: 'systems',
    description: 'DGX H100 system, 8 × H100 80 GB SXM5, 8 × ConnectX-7 400 Gb/s',
    quantity: 127,
    cost: '268413.37',
    marginPct: '9.25',
  },
  {
    sku: 'P2EDI36-SUPPORT',
    category: 'systems',
    description: 'Enterprise support for DGX H100, 36 months',
    quantity: 127,
    cost: '31877.19',
    discountPct: '5',
  },
  {
    sku: 'MCX75310AAS-NEAT',
    category: 'nics',
    description: 'ConnectX-7 adapter, single port OSFP, NDR 400 Gb/s',
    quantity: 4,
    cost: '1523.61',
  },
  {
    sku: 'MCX623106AN-CDAT',
    category: 'nics',
    description: 'ConnectX-6 Dx adapter, dual port QSFP56, 100 GbE',
    quantity: 12,
    cost: '1033.27',
  },
  {
    sku: 'MQM9700-NS2F',
    category: 'switches',
    description: 'Quantum-2 QM9700 NDR InfiniBand switch, 64 × 400 Gb/s, 32 OSFP cages, power to connector airflow',
    quantity: 48,
    cost: '24871.53',
    marginPct: '13.75',
    discountPct: '8',
  },
  {
    sku: 'MQM9700-NS2F-ST',
    category: 'switches',
    description: 'Quantum-2 QM9700 NDR InfiniBand switch for the storage fabric',
    quantity: 11,
    cost: '24871.53',
    marginPct: '13.75',
    discountPct: '8',
  },
  {
    sku: 'MSN4600-CS2FC',
    category: 'switches',
    description: 'Spectrum-3 SN4600C Ethernet switch, 64 × 100 GbE QSFP28',
    quantity: 8,
    cost: '18233.91',
    discountPct: '8',
  },
  {
    sku: 'MSN2201-CB2FC',
    category: 'switches',
    description: 'SN2201 management switch, 48 × 1GBase-T, 4 × 100 GbE',
    quantity: 4,
    cost: '4127.73',
    discountPct: '8',
  },
  { sku: 'UFM-ENT-3Y', category: 'switches', description: 'UFM Enterprise appliance, 3 years', quantity: 2, cost: '28764.47' },
  {
    sku: 'MMA4Z00-NS400',
    category: 'optics',
    description: 'OSFP flat-top transceiver 400 Gb/s SR4, multimode, 50 m',
    quantity: 1274,
    cost: '937.83',
    marginPct: '17.35',
    discountPct: '15',
  },
  {
    sku: 'MMA4Z00-NS',
    category: 'optics',
    description: 'OSFP finned-top twin-port transceiver 2 × 400 Gb/s SR4, multimode, 50 m',
    quantity: 1661,
    cost: '1287.43',
    marginPct: '17.35',
    discountPct: '15',
  },
  {
    sku: 'MMA1B00-C100D',
    category: 'optics',
    description: 'QSFP28 transceiver 100 Gb/s SR4, multimode, 100 m',
    quantity: 192,
    cost: '113.57',
    discountPct: '15',
  },
  {
    sku: 'MFP7E10-N010',
    category: 'cables',
    description: 'Multimode fibre MPO-12/APC to MPO-12/APC, 10 m',
    quantity: 1024,
    cost: '103.69',
  },
  { sku: 'MFP7E10-N020', category: 'cables', description: 'Multimode fibre MPO-12/APC to MPO-12/APC, 20 m', quantity: 866, cost: '126.13' },
  { sku: 'MFP7E10-N035', category: 'cables', description: 'Multimode fibre MPO-12/APC to MPO-12/APC, 35 m', quantity: 408, cost: '158.71' },
  {
    sku: 'MCP4Y10-N002',
    category: 'cables',
    description: 'Passive copper cable OSFP to OSFP 800 Gb/s, 1.5 m',
    quantity: 96,
    cost: '217.39',
  },
  {
    sku: 'MFS1S00-H010V',
    category: 'cables',
    description: 'Active optical cable QSFP28 100 Gb/s, 10 m',
    quantity: 254,
    cost: '443.17',
    marginPct: '6.45',
    discountPct: '11.5',
  },
  {
    sku: 'CAT6-15',
    category: 'cables',
    description: 'Cat 6 patch cord RJ45, 15 m',
    vendor: 'Generic',
    quantity: 127,
    cost: '11.93',
    confidence: 'estimate',
    source: 'Our estimate 88-Q from shop offers',
  },
  {
    sku: 'RACK-48U',
    category: 'racks',
    description: 'Server rack 48 U, 600 × 1200 mm, with side panels',
    vendor: 'Generic',
    quantity: 44,
    cost: '2894.57',
    confidence: 'secondary',
  },
  {
    sku: 'PDU-415V-60A',
    category: 'racks',
    description: 'Rack power distribution unit, three-phase 415 V 60 A',
    vendor: 'Generic',
    quantity: 132,
    cost: null,
  },
  {
    sku: 'INSTALL-DGX',
    category: 'services',
    description: 'Rack and stack, DGX H100, each',
    vendor: 'Scaleplan partner',
    quantity: 127,
    cost: '1423.79',
    marginPct: '23.15',
  },
  {
    sku: 'CABLING-LINK',
    category: 'services',
    description: 'Laying, labelling and testing of one link',
    vendor: 'Scaleplan partner',
    quantity: 2901,
    cost: '37.46',
    marginPct: '23.15',
  },
  {
    sku: 'TRAINING-5D',
    category: 'services',
    description: 'Administrator training on site, five days',
    vendor: 'Scaleplan partner',
    quantity: 1,
    cost: null,
  },
];

export const SUPERPOD: DesignSpec = {
  name: 'Four scalable units of DGX H100',
  customer: { name: 'Northern Grid Computing AB', contact: 'Astrid Lindqvist, procurement', reference: 'RFQ 2026-118' },
  taxPct: '7.5',
};

export const PRICE_BOOK = { name: 'Confidential purchase list K-7731', date: '2026-10-01', currency: 'USD' };
export const DATE = '2026-11-24';
