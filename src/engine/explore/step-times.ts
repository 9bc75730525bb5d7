import { InfeasibleFault, InputFault } from '../../units/fault';
import { bestNetwork, networkOfDesign, stepOnNetwork } from '../design/performance';
import type { SupernodeSpec } from '../design/supernode-spec';
import type { NetworkFacts } from '../workload/facts';
import type { Group, Space } from './space';

/** Step times of the brief's workload, once for each network that designs share. */
export class StepTimes {
  readonly #space: Space;
  readonly #known = new Map<string, number | Error>();
  readonly #best = new Map<SupernodeSpec, NetworkFacts>();

  constructor(space: Space) {
    this.#space = space;
  }

  /** On the group's own network, s; null without a workload. Throws where the workload does not fit. */
  of(group: Group): number | null {
    return this.#step(group, () => networkOfDesign(group.spec, group.planned));
  }

  /** On the best network that the supernode's NICs allow: no design with it is faster. */
  least(group: Group): number | null {
    return this.#step(group, () => this.#bestOf(group.spec));
  }

  #bestOf(spec: SupernodeSpec): NetworkFacts {
    const network = this.#best.get(spec) ?? bestNetwork(spec);
    this.#best.set(spec, network);
    return network;
  }

  #step({ spec, supernodes }: Group, networkOf: () => NetworkFacts): number | null {
    const { workload } = this.#space.brief;
    if (workload === undefined) return null;
    const network = networkOf();
    const key = `${spec.id}|${JSON.stringify(network)}`;
    let step = this.#known.get(key);
    if (step === undefined) {
      step = attempt(() => stepOnNetwork(workload, spec, supernodes * spec.size, network).stepTimeS);
      this.#known.set(key, step);
    }
    if (typeof step !== 'number') throw step;
    return step;
  }
}

function attempt(work: () => number): number | Error {
  try {
    return work();
  } catch (error) {
    if (error instanceof InfeasibleFault || error instanceof InputFault) return error;
    throw error;
  }
}
