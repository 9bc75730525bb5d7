import type { FabricGraph } from '../../../src/engine/wiring/fabric-graph';
import type { Topology } from '../../../src/quote/topology/topologies';
import { designOf, fabricOf } from './designs';

/** Twelve nodes on two leaf switches under two spines, two links from each node, six from each leaf to each spine. */
export function topologyOf(): Topology {
  const nodes = 12;
  const [near, far]: [number[], number[]] = [[], []];
  const join = (a: number, b: number, times: number) => {
    for (let link = 0; link < times; link++) {
      near.push(a);
      far.push(b);
    }
  };
  for (let node = 0; node < nodes; node++) for (const leaf of [nodes, nodes + 1]) join(node, leaf, 1);
  for (const leaf of [nodes, nodes + 1]) for (const spine of [nodes + 2, nodes + 3]) join(leaf, spine, 6);
  const names = [...Array.from({ length: nodes }, (_, index) => `dgx-${index + 1}`), 'leaf-01', 'leaf-02', 'spine-01', 'spine-02'];
  const graph: FabricGraph = {
    fabric: 'compute',
    linkGbps: 400,
    trunkGbps: 400,
    tiers: [
      { role: 'node', first: 0, count: nodes },
      { role: 'leaf', first: nodes, count: 2 },
      { role: 'spine', first: nodes + 2, count: 2 },
    ],
    names,
    rack: names.map(() => 0),
    ports: names.map(() => 12),
    near,
    nearPort: near.map(() => 0),
    far,
    farPort: far.map(() => 0),
  };
  const fabric = fabricOf({
    name: 'compute',
    protocol: 'infiniband',
    linkGbps: 400,
    switchIds: ['nvidia-qm9700'],
    endpoints: 24,
    leaf: 2,
    spine: 2,
    trunk: 24,
    oversubscription: 1,
  });
  return { site: null, graph, fabric, floor: designOf().floor };
}
