import type { CageGroup, FormFactor, HeatSink, Nic, PortMode, Protocol, Switch } from '../../catalog/schema';

/** One end of a link as a medium sees it: the cage, and how it runs at the link's speed. */
export interface LinkEnd {
  readonly form: FormFactor;
  readonly heatSink?: HeatSink | undefined;
  readonly maxModuleW?: number | undefined;
  /** The host drives linear (LPO) optics. */
  readonly lpo: boolean;
  readonly gbps: number;
  readonly laneGbps: number;
  readonly portsPerCage: number;
  /** Optics are inside the switch; only fibre is bought for this end. */
  readonly coPackaged: boolean;
  readonly protocols: readonly Protocol[];
}

function endOf(cage: CageGroup, mode: PortMode, protocols: readonly Protocol[], coPackaged: boolean): LinkEnd {
  return {
    form: cage.form,
    heatSink: cage.heatSink,
    maxModuleW: cage.maxModuleW,
    lpo: cage.lpo ?? false,
    gbps: mode.gbps,
    laneGbps: mode.laneGbps,
    portsPerCage: mode.portsPerCage,
    coPackaged,
    protocols,
  };
}

/** Ends a NIC offers at a speed, one for each lane rate. */
export function nicEnds(nic: Nic, gbps: number): LinkEnd[] {
  return nic.cage.modes.filter((mode) => mode.gbps === gbps).map((mode) => endOf(nic.cage, mode, nic.protocols, false));
}

/** Ends a switch offers at a speed, with the ports it has of them. */
export function switchEnds(entry: Switch, gbps: number): { readonly end: LinkEnd; readonly ports: number; readonly cageGroup: number }[] {
  return entry.cages.flatMap((cage, cageGroup) =>
    cage.modes
      .filter((mode) => mode.gbps === gbps)
      .map((mode) => ({
        end: endOf(cage, mode, [entry.protocol], entry.coPackaged ?? false),
        ports: Math.min(cage.count * mode.portsPerCage, entry.maxLogicalPorts ?? Infinity),
        cageGroup,
      })),
  );
}

/** The two ends speak the same lane rate and a common protocol. */
export function endsAgree(a: LinkEnd, b: LinkEnd): boolean {
  return a.gbps === b.gbps && a.laneGbps === b.laneGbps && a.protocols.some((protocol) => b.protocols.includes(protocol));
}
