import type { Cable, CableEnd, Fibre, FormFactor, OpticalMode, Protocol, Transceiver } from '../../catalog/schema';
import { num } from '../../units/format';
import type { LinkEnd } from './link-end';
import { covers } from './sold-length';

/**
 * Whether a part fits an end, with the reason where it does not. The rules are those of the vendors' compatibility
 * documents (LinkX cable and transceiver overviews): form factor, heat sink, lanes, twin ports, cage power, protocol.
 */

/** Plug forms that a cage takes besides its own. */
const ACCEPTS: Readonly<Partial<Record<FormFactor, readonly FormFactor[]>>> = {
  qsfp112: ['qsfp56', 'qsfp28'],
  qsfp56: ['qsfp28'],
  'qsfp-dd': ['qsfp56', 'qsfp28'],
  'qsfp-dd800': ['qsfp-dd', 'qsfp112', 'qsfp56', 'qsfp28'],
};

function plugReasons(end: LinkEnd, form: FormFactor, heatSink: string | undefined): string[] {
  const reasons: string[] = [];
  if (form !== end.form && !(ACCEPTS[end.form] ?? []).includes(form)) reasons.push(`its ${form} plug does not fit the ${end.form} cage`);
  else if (heatSink !== undefined && end.heatSink !== undefined && heatSink !== end.heatSink)
    reasons.push(`a ${heatSink} plug does not fit the ${end.heatSink} cage`);
  return reasons;
}

function protocolReasons(protocols: readonly Protocol[], end: LinkEnd): string[] {
  return protocols.some((protocol) => end.protocols.includes(protocol)) ? [] : [`it does not carry ${end.protocols.join(' or ')}`];
}

/** The mode in which a module serves this end, or the reasons why it cannot. */
export function moduleFit(
  module: Transceiver,
  end: LinkEnd,
): { readonly modes: readonly OpticalMode[]; readonly reasons: readonly string[] } {
  const reasons = [...plugReasons(end, module.form, module.heatSink), ...protocolReasons(module.protocols, end)];
  if (end.maxModuleW !== undefined && module.powerW > end.maxModuleW)
    reasons.push(`it draws ${num(module.powerW, 1)} W, more than the ${num(end.maxModuleW, 1)} W the cage can cool`);
  if (module.linear === true && !end.lpo) reasons.push('it is linear (LPO) and the host is not qualified to drive it');
  const atSpeed = module.modes.filter((mode) => mode.gbps === end.gbps);
  if (atSpeed.length === 0) reasons.push(`it does not run at ${num(end.gbps)} Gb/s`);
  const atLane = atSpeed.filter((mode) => mode.laneGbps === end.laneGbps);
  if (atSpeed.length > 0 && atLane.length === 0) reasons.push(`its lanes do not run at ${num(end.laneGbps)} Gb/s`);
  const modes = atLane.filter((mode) => mode.links === end.portsPerCage);
  if (atLane.length > 0 && modes.length === 0)
    reasons.push(`it serves ${atLane[0]!.links} link(s) of this speed, but the cage has ${end.portsPerCage} port(s)`);
  return { modes: reasons.length === 0 ? modes : [], reasons };
}

/** Why a plug of a cable does not fit an end; empty when it does. */
export function plugFit(cable: Cable, plug: CableEnd, end: LinkEnd): string[] {
  const reasons = [...plugReasons(end, plug.form, plug.heatSink), ...protocolReasons(cable.protocols, end)];
  if (end.coPackaged) reasons.push('the switch has co-packaged optics and takes only fibre');
  if (!cable.modes.some((mode) => mode.gbps === end.gbps)) reasons.push(`it does not run at ${num(end.gbps)} Gb/s`);
  else if (!cable.modes.some((mode) => mode.gbps === end.gbps && mode.laneGbps === end.laneGbps))
    reasons.push(`its lanes do not run at ${num(end.laneGbps)} Gb/s`);
  if (plug.linksPerPlug !== end.portsPerCage)
    reasons.push(`its plug carries ${plug.linksPerPlug} link(s), but the cage has ${end.portsPerCage} port(s)`);
  return reasons;
}

/** Links that one piece of a cable carries, at the end that has more of them. */
export function linksOfCable({ near, far }: Cable): number {
  return Math.max(near.plugs * near.linksPerPlug, far.plugs * far.linksPerPlug);
}

/** Shortest sold length that covers a route, or null. */
export function soldLength(lengthsM: readonly number[], routeM: number): number | null {
  let best: number | null = null;
  for (const length of lengthsM) if (covers(length, routeM) && (best === null || length < best)) best = length;
  return best;
}

export function fibreFor(fibres: readonly Fibre[], module: Transceiver): Fibre[] {
  return fibres.filter((fibre) => fibre.fibre === module.fibre && fibre.connector === module.connector);
}

/** Distance two modules bridge together: the shorter reach, or the one stated for that partner. */
export function pairReachM(near: Transceiver, far: Transceiver): number {
  return Math.min(near.reachToM?.[far.id] ?? near.reachM, far.reachToM?.[near.id] ?? far.reachM);
}
