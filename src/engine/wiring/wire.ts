import { edgeOf, edgePortOf, networkSwitches, type FabricPlan } from '../fabric/fabric-plan';
import { emptyWiring, put, SEGMENT_INDEX, type Wiring } from './wiring';
import { wireDirect } from './wire-direct';
import { wireTree } from './wire-tree';

/** Devices of one sort whose NIC ports are attached in order: servers, management hosts, switches of another fabric. */
export interface EndpointBlock {
  readonly devices: number;
  /** Ports of one device in this fabric (of one plane). */
  readonly portsPerDevice: number;
}

/** What a plan's switches are like, for the numbering of their ports. */
export interface SwitchPorts {
  /** Ports of one switch cage at the link speed; uplinks start on a cage of their own where the switch has room. */
  readonly portsPerCage: number;
  readonly leafRadix: number;
  readonly spineRadix: number;
  /** Access ports of a leaf whose uplinks have ports of their own behind them; null where all ports are alike. */
  readonly fixedDown: number | null;
}

/** Expands a plan into its links. */
export function wire(plan: FabricPlan, blocks: readonly EndpointBlock[], ports: SwitchPorts): Wiring {
  const { leaves, spines, cores } = networkSwitches(plan);
  const wiring = emptyWiring(plan.counts.links.total, {
    endpointDevices: blocks.reduce((sum, block) => sum + block.devices, 0),
    leaves: plan.networks * leaves,
    spines: plan.networks * spines,
    cores: plan.networks * cores,
  });
  const from = wireEndpoints(wiring, plan, leaves, blocks);
  const at = plan.kind === 'clos' ? wireTree(wiring, plan, ports, from) : wireDirect(wiring, plan, ports, from);
  if (at !== wiring.links) throw new Error(`wiring made ${at} links where the plan counts ${wiring.links}`);
  return wiring;
}

function wireEndpoints(wiring: Wiring, plan: FabricPlan, leaves: number, blocks: readonly EndpointBlock[]): number {
  const { networks, portsPerEndpoint } = plan;
  const inEvery = portsPerEndpoint === networks;
  let at = 0;
  let endpoint = 0;
  let device = 0;
  for (const block of blocks) {
    for (let index = 0; index < block.devices; index++, device++) {
      for (let port = 0; port < block.portsPerDevice; port++, endpoint++) {
        for (let copy = 0; copy < portsPerEndpoint; copy++) {
          const network = inEvery ? copy : endpoint % networks;
          const local = inEvery ? endpoint : Math.floor(endpoint / networks);
          const leaf = wiring.firstLeaf + network * leaves + edgeOf(plan, local);
          put(wiring, at++, SEGMENT_INDEX.endpoint, device, port * portsPerEndpoint + copy, leaf, edgePortOf(plan, local));
        }
      }
    }
  }
  return at;
}
