import { InputFault } from '../../units/fault';
import type { ScaleUpMedium, Structure } from './structure';

/** A domain that is one product on one board: its chips, and how many links each accelerator has to each. */
export interface BoardTemplate {
  readonly id: string;
  readonly accelerators: number;
  readonly linkGbps: number;
  readonly laneGbps: number;
  /** Links of one accelerator to each chip; a full mesh without chips has none. */
  readonly chipLinks: readonly number[];
  /** Links between any two accelerators, where there are no chips. */
  readonly peerLinks?: number;
  readonly source: string;
}

export const BOARD_TEMPLATES: readonly BoardTemplate[] = [
  {
    id: 'hgx-a100',
    accelerators: 8,
    linkGbps: 200,
    laneGbps: 50,
    chipLinks: [2, 2, 2, 2, 2, 2],
    source: 'NVIDIA A100: 12 NVLink 3 links of 25 GB/s each way; HGX A100 8-GPU: six NVSwitch chips',
  },
  {
    id: 'hgx-h100',
    accelerators: 8,
    linkGbps: 200,
    laneGbps: 100,
    chipLinks: [5, 4, 4, 5],
    source:
      'NVIDIA H100: 18 NVLink 4 links of 25 GB/s each way; HGX H100: four NVSwitch chips with 5, 4, 4 and 5 links (scaling-book, "How to Think About GPUs", for the four)',
  },
  {
    id: 'hgx-b200',
    accelerators: 8,
    linkGbps: 400,
    laneGbps: 200,
    chipLinks: [9, 9],
    source: 'NVIDIA DGX B200 user guide: two NVSwitch chips, 14.4 TB/s in all; 18 NVLink 5 links of 50 GB/s each way per GPU',
  },
  {
    id: 'ubb-mi300x',
    accelerators: 8,
    linkGbps: 512,
    laneGbps: 32,
    chipLinks: [],
    peerLinks: 1,
    source: 'AMD MI300X platform: seven Infinity Fabric links of 64 GB/s each way per accelerator, no switch',
  },
];

export function requireBoardTemplate(id: string): BoardTemplate {
  const template = BOARD_TEMPLATES.find((entry) => entry.id === id);
  if (template) return template;
  throw InputFault.of('template', `is "${id}"; allowed: ${BOARD_TEMPLATES.map((entry) => entry.id).join(', ')}`);
}

/** Counts of the product itself, where the formula for hypothetical domains would give fewer chips. */
export function wireBoard({ accelerators: n, chipLinks, peerLinks = 0, source }: BoardTemplate): Structure {
  const perAccelerator = chipLinks.reduce((sum, links) => sum + links, 0);
  const links = n * perAccelerator + ((n * (n - 1)) / 2) * peerLinks;
  const medium: ScaleUpMedium = 'board';
  return {
    tiers: chipLinks.length === 0 ? [] : [{ tier: 1, chips: chipLinks.length, downPorts: n * Math.max(...chipLinks), upPorts: 0 }],
    segments: [{ between: chipLinks.length === 0 ? 'accelerator-accelerator' : 'accelerator-chip', links, medium }],
    hops: 1,
    reason: 'All accelerators and chips stand on one board.',
    derivations: [
      {
        id: 'scale-up.chips',
        label: 'Switch chips',
        formula: 'as built',
        inputs: { accelerators: n, linksPerChip: chipLinks.join(', ') || 'none' },
        value: chipLinks.length,
        unit: 'chips',
        source,
      },
    ],
  };
}
