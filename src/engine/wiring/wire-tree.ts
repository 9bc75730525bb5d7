import { coresOf, spinesOf } from '../fabric/clos';
import type { FatTreePlan } from '../fabric/fat-tree';
import { onFreshCage, put, SEGMENT_INDEX, type Wiring } from './wiring';
import type { SwitchPorts } from './wire';

/** The links of a folded Clos: equal bundles from every leaf to each spine of its pod, from every spine to each core of its group. */
export function wireTree(wiring: Wiring, plan: FatTreePlan, ports: SwitchPorts, from: number): number {
  const { tiers } = plan.clos;
  const at = tiers === 1 ? from : wireLeaves(wiring, plan, ports, from);
  return tiers === 3 ? wireSpines(wiring, plan, ports, at) : at;
}

function wireLeaves(wiring: Wiring, { clos, networks }: FatTreePlan, ports: SwitchPorts, from: number): number {
  const upStart = ports.fixedDown ?? onFreshCage(clos.leafDown, clos.leafUp, ports.portsPerCage, ports.leafRadix);
  const spines = spinesOf(clos);
  let at = from;
  for (let network = 0; network < networks; network++) {
    for (let leaf = 0; leaf < clos.leaves; leaf++) {
      const pod = Math.floor(leaf / clos.leavesPerPod);
      const inPod = leaf % clos.leavesPerPod;
      const near = wiring.firstLeaf + network * clos.leaves + leaf;
      const firstSpine = wiring.firstSpine + network * spines + pod * clos.spinesPerPod;
      for (let k = 0; k < clos.leafUp; k++) {
        const spine = firstSpine + Math.floor(k / clos.leafBundle);
        put(wiring, at++, SEGMENT_INDEX.leafSpine, near, upStart + k, spine, inPod * clos.leafBundle + (k % clos.leafBundle));
      }
    }
  }
  return at;
}

function wireSpines(wiring: Wiring, { clos, networks }: FatTreePlan, ports: SwitchPorts, from: number): number {
  const upStart = onFreshCage(clos.spineDown, clos.spineUp, ports.portsPerCage, ports.spineRadix);
  const spines = spinesOf(clos);
  let at = from;
  for (let network = 0; network < networks; network++) {
    for (let spine = 0; spine < spines; spine++) {
      const pod = Math.floor(spine / clos.spinesPerPod);
      const index = spine % clos.spinesPerPod;
      const near = wiring.firstSpine + network * spines + spine;
      const firstCore = wiring.firstCore + network * coresOf(clos) + index * clos.coresPerGroup;
      for (let q = 0; q < clos.spineUp; q++) {
        const core = firstCore + Math.floor(q / clos.spineBundle);
        put(wiring, at++, SEGMENT_INDEX.spineCore, near, upStart + q, core, pod * clos.spineBundle + (q % clos.spineBundle));
      }
    }
  }
  return at;
}
