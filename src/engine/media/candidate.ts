import type { Cable, Fibre, Transceiver } from '../../catalog/schema';
import { entriesById, type Catalog } from '../../catalog/catalog';
import { num } from '../../units/format';
import type { MediaKind } from '../brief/schema';
import { fibreFor, moduleFit, pairReachM, plugFit } from './fit';
import type { LinkEnd } from './link-end';
import { covers } from './sold-length';

/** A way to make a link: a cable with both plugs fixed, or a module at each end and fibre between. */
export type Candidate = CableCandidate | ModuleCandidate;

interface CandidateBase {
  readonly kind: MediaKind | 'cat6';
  readonly label: string;
  readonly reachM: number;
  readonly minReachM: number;
}

export interface CableCandidate extends CandidateBase {
  readonly type: 'cable';
  readonly cable: Cable;
  /** The cable's near plug sits at the link's far end. */
  readonly reversed: boolean;
}

export interface ModuleCandidate extends CandidateBase {
  readonly type: 'modules';
  readonly near: Transceiver;
  readonly far: Transceiver;
  readonly fibres: readonly Fibre[];
  readonly fibresPerLink: number;
}

export interface MediaRules {
  readonly allow: readonly MediaKind[];
  /** Fibre and active optical cables only. */
  readonly opticsOnly?: boolean;
  readonly fibre: 'auto' | 'smf' | 'mmf';
}

/** A part weighed for a pair of ends, kept with what speaks against it. */
export interface Weighed {
  readonly candidate: Candidate;
  readonly reasons: readonly string[];
}

/** Longest run of 1000BASE-T (IEEE 802.3ab). */
const CAT6_REACH_M = 100;

export function isCopper(kind: Candidate['kind']): boolean {
  return kind === 'dac' || kind === 'acc' || kind === 'aec';
}

/** Every medium of the catalog at this speed, with the reasons against it between these two ends. Length is not looked at. */
export function weighMedia(catalog: Catalog, near: LinkEnd, far: LinkEnd, rules: MediaRules): Weighed[] {
  return [...weighCables(catalog, near, far, rules), ...weighModules(catalog, near, far, rules)];
}

/** The candidates with nothing against them. */
export function fittingMedia(catalog: Catalog, near: LinkEnd, far: LinkEnd, rules: MediaRules): Candidate[] {
  return weighMedia(catalog, near, far, rules).flatMap((weighed) => (weighed.reasons.length === 0 ? [weighed.candidate] : []));
}

/**
 * Media that fit a pair of ends, length aside. With `alike` both ends take the same module; nothing is lost, since of two modules
 * that work together the cheaper one also works with its like.
 */
export type MediaFinder = (near: LinkEnd, far: LinkEnd, alike: boolean) => readonly Candidate[];

/** Finds media, and remembers them for each pair of ends: many designs ask for the same few. */
export function createMediaFinder(catalog: Catalog, rules: MediaRules): MediaFinder {
  const keys = new Map<LinkEnd, string>();
  const known = new Map<string, readonly Candidate[]>();
  const keyOf = (end: LinkEnd) => {
    const key = keys.get(end) ?? JSON.stringify(end);
    keys.set(end, key);
    return key;
  };
  return (near, far, alike) => {
    const key = `${keyOf(near)}${keyOf(far)}${alike}`;
    let found = known.get(key);
    if (found === undefined) {
      found = fittingMedia(catalog, near, far, rules).filter(
        (medium) => !alike || medium.type === 'cable' || medium.near.id === medium.far.id,
      );
      known.set(key, found);
    }
    return found;
  };
}

function weighCables(catalog: Catalog, near: LinkEnd, far: LinkEnd, rules: MediaRules): Weighed[] {
  return entriesById(catalog, 'cable')
    .filter((cable) => cable.modes.some((mode) => mode.gbps === near.gbps))
    .map((cable) => {
      const straight = [...plugFit(cable, cable.near, near), ...plugFit(cable, cable.far, far)];
      const turned = [...plugFit(cable, cable.near, far), ...plugFit(cable, cable.far, near)];
      const reversed = turned.length < straight.length;
      const reasons = [...(reversed ? turned : straight), ...policyReasons(cable.type, rules), ...lifecycleReasons(cable)];
      const candidate: CableCandidate = {
        type: 'cable',
        kind: cable.type,
        label: cable.model,
        cable,
        reversed,
        reachM: cable.type === 'cat6' ? CAT6_REACH_M : Math.max(...cable.lengthsM),
        minReachM: 0,
      };
      return { candidate, reasons: [...new Set(reasons)] };
    });
}

function weighModules(catalog: Catalog, near: LinkEnd, far: LinkEnd, rules: MediaRules): Weighed[] {
  const modules = entriesById(catalog, 'transceiver').filter((module) => module.modes.some((mode) => mode.gbps === near.gbps));
  const fibres = entriesById(catalog, 'fibre');
  const nearFits = modules.map((module) => ({ module, ...moduleFit(module, near) }));
  const farFits = modules.map((module) => ({ module, ...moduleFit(module, far) }));
  const weighed: Weighed[] = [];
  const paired = new Set<string>();
  for (const a of nearFits) {
    for (const b of farFits) {
      for (const mode of a.modes) {
        if (!b.modes.some((other) => other.interface === mode.interface && other.fibresPerLink === mode.fibresPerLink)) continue;
        if (a.module.fibre !== b.module.fibre || a.module.connector !== b.module.connector) continue;
        paired.add(a.module.id).add(b.module.id);
        weighed.push(weighPair(a.module, b.module, mode.fibresPerLink, fibreFor(fibres, a.module), rules));
      }
    }
  }
  // Modules that found no partner still tell why, once each.
  for (const [index, { module, reasons }] of nearFits.entries()) {
    if (paired.has(module.id)) continue;
    const farReasons = farFits[index]!.reasons;
    const against =
      reasons.length > 0 && farReasons.length > 0
        ? reasons.length <= farReasons.length
          ? reasons
          : farReasons
        : ['no module for the other end speaks its optical interface'];
    weighed.push({ candidate: pairCandidate(module, module, module.modes[0]!.fibresPerLink, fibreFor(fibres, module)), reasons: against });
  }
  return weighed;
}

function weighPair(near: Transceiver, far: Transceiver, fibresPerLink: number, fibres: readonly Fibre[], rules: MediaRules): Weighed {
  const candidate = pairCandidate(near, far, fibresPerLink, fibres);
  const reasons = [...policyReasons(candidate.kind, rules), ...lifecycleReasons(near), ...lifecycleReasons(far)];
  if (rules.fibre !== 'auto' && near.fibre !== rules.fibre) reasons.push(`it needs ${near.fibre} fibre, but the site has ${rules.fibre}`);
  if ((near.linear ?? false) !== (far.linear ?? false)) reasons.push('a linear module must face a linear module');
  if (fibres.length === 0) reasons.push(`the catalog has no ${near.fibre} cable with ${near.connector} connectors`);
  return { candidate, reasons: [...new Set(reasons)] };
}

function pairCandidate(near: Transceiver, far: Transceiver, fibresPerLink: number, fibres: readonly Fibre[]): ModuleCandidate {
  const inside = isCoPackaged(near) || isCoPackaged(far);
  return {
    type: 'modules',
    kind: inside ? 'cpo' : near.linear === true ? 'lpo' : 'transceiver',
    label: near.id === far.id ? near.model : `${near.model} to ${far.model}`,
    near,
    far,
    fibres,
    fibresPerLink,
    reachM: pairReachM(near, far),
    minReachM: Math.max(near.minReachM ?? 0, far.minReachM ?? 0),
  };
}

/** Optics that are part of the switch: counted in its draw, never bought as a module. */
export function isCoPackaged(module: Transceiver): boolean {
  return module.form === 'mpo12' || module.form === 'mmc12';
}

function policyReasons(kind: Candidate['kind'], rules: MediaRules): string[] {
  if (rules.opticsOnly === true && isCopper(kind)) return ['the policy is optics-only'];
  return kind === 'cat6' || rules.allow.includes(kind) ? [] : [`${kind} is not among the media the brief allows`];
}

function lifecycleReasons(part: Cable | Transceiver): string[] {
  if (part.lifecycle === 'end-of-life') return [`${part.model} is discontinued`];
  if (part.lifecycle === 'announced') return [`${part.model} is announced, not yet sold`];
  return [];
}

/** Why a fitting candidate does not cover a route; empty when it does. */
export function lengthReasons(candidate: Candidate, routeM: number): string[] {
  if (routeM > candidate.reachM) return [`it reaches ${num(candidate.reachM, 1)} m, the link is ${num(routeM, 1)} m`];
  const lengths = candidate.type === 'cable' ? candidate.cable.lengthsM : candidate.fibres.flatMap((fibre) => fibre.lengthsM);
  if (!lengths.some((length) => covers(length, routeM) && length <= candidate.reachM))
    return [`no length is sold between ${num(routeM, 1)} m and its reach of ${num(candidate.reachM, 1)} m`];
  return [];
}
