import { num } from '../../units/format';
import { C_BAND_GHZ, ZR_400 } from '../scale-across/wavelengths';
import type { AcrossLink } from '../scale-across/plan-across';
import type { BuiltDesign } from '../design/build-design';
import type { SiteLink } from '../design/design';
import { channelKey, portsByChannel } from '../wiring/site-cables';
import type { Check } from './verify-design';

/** What the C band of one pair carries at the spectral density of 400ZR. */
const PAIR_GBPS = (C_BAND_GHZ / ZR_400.gridGHz) * ZR_400.gbps;

/** Checks the links between sites, wavelength by wavelength, with arithmetic of its own. */

const pass = (detail: string) => ({ ok: true, detail });
const fail = (detail: string) => ({ ok: false, detail });

export function verifyAcross(built: BuiltDesign): Check[] {
  const links = built.across!.links.map((link, index) => ({ link, index, stated: built.design.scaleAcross!.links[index]! }));
  const all = (check: (at: (typeof links)[number]) => Omit<Check, 'name'>) => {
    const found = links.map(check);
    return found.find(({ ok }) => !ok) ?? pass(found.map(({ detail }) => detail).join('; '));
  };
  return [
    { name: 'sites: every wavelength has two ends of a kind', ...all(({ link, index }) => checkEnds(built, link, index)) },
    { name: 'sites: the links carry what is needed', ...all(({ link, stated }) => checkBandwidth(link, stated)) },
    { name: 'sites: every module reaches as far as its link', ...all(({ link }) => checkReach(built, link)) },
    { name: 'sites: wavelengths fit the fibre pairs', ...all(({ link, stated }) => checkPairs(built, link, stated)) },
    { name: 'sites: every site is joined to all others', ...checkConnected(built) },
    { name: 'sites: totals are the sums over the sites', ...checkTotals(built) },
  ];
}

function checkEnds(built: BuiltDesign, link: AcrossLink, index: number): Omit<Check, 'name'> {
  const [near, far] = [link.from, link.to].map((site) => portsByChannel(built.sites![site]!.built.edge!.plan)) as [
    ReturnType<typeof portsByChannel>,
    ReturnType<typeof portsByChannel>,
  ];
  let wavelengths = 0;
  for (let path = 0; path < built.across!.paths; path++) {
    for (let channel = 0; channel < link.channels; channel++, wavelengths++) {
      const [a, b] = [near.get(channelKey(index, path, channel)), far.get(channelKey(index, path, channel))];
      if (a === undefined || b === undefined) return fail(`${nameOf(built, link)}: wavelength ${channel + 1} has one end`);
      if (a.moduleId !== b.moduleId) return fail(`${nameOf(built, link)}: ${a.moduleId} faces ${b.moduleId}`);
    }
  }
  const ends = [near, far].map((ports) => [...ports.values()].filter((port) => port.link === index).length);
  if (ends.some((count) => count !== wavelengths))
    return fail(`${nameOf(built, link)}: ${ends.join(' and ')} ports for ${wavelengths} wavelengths`);
  return pass(`${nameOf(built, link)}: ${num(wavelengths)} wavelengths`);
}

function nameOf(built: BuiltDesign, { from, to }: AcrossLink): string {
  return `${built.sites![from]!.name} to ${built.sites![to]!.name}`;
}

function checkBandwidth({ needGbps }: AcrossLink, stated: SiteLink): Omit<Check, 'name'> {
  const gbps = stated.channels * stated.channelGbps;
  const detail = `${stated.from} to ${stated.to}: ${num(gbps)} Gb/s on each path, ${num(needGbps)} needed`;
  return gbps === stated.gbps && gbps + 1e-6 >= needGbps ? pass(detail) : fail(detail);
}

function checkReach(built: BuiltDesign, link: AcrossLink): Omit<Check, 'name'> {
  const { modules } = built.sites![link.from]!.built.edge!.plan.option;
  const reachM = modules.find(({ module }) => module.id === link.moduleId)?.module.reachM ?? 0;
  const detail = `${nameOf(built, link)}: ${link.moduleId} reaches ${num(reachM / 1000, 1)} km, the fibre has ${num(link.fibreKm, 1)} km`;
  return reachM >= link.fibreKm * 1000 ? pass(detail) : fail(detail);
}

function checkPairs(built: BuiltDesign, link: AcrossLink, stated: SiteLink): Omit<Check, 'name'> {
  const onPair = new Map<number, number>();
  for (let channel = 0; channel < link.channels; channel++) {
    const pair = Math.floor(channel / link.channelsPerPair);
    onPair.set(pair, (onPair.get(pair) ?? 0) + link.channelGbps);
  }
  const fullest = Math.max(...onPair.values());
  const pairs = onPair.size * stated.paths;
  const detail = `${nameOf(built, link)}: ${num(pairs)} pairs, the fullest carries ${num(fullest)} of ${num(PAIR_GBPS)} Gb/s`;
  return fullest <= PAIR_GBPS && pairs === stated.fibrePairs ? pass(detail) : fail(detail);
}

function checkConnected(built: BuiltDesign): Omit<Check, 'name'> {
  const { links, sites } = built.across!;
  const reached = new Set([0]);
  for (let grown = true; grown;) {
    grown = false;
    for (const { from, to } of links) {
      if (reached.has(from) === reached.has(to)) continue;
      reached.add(from).add(to);
      grown = true;
    }
  }
  return reached.size === sites.length
    ? pass(`${num(sites.length)} sites over ${num(links.length)} links`)
    : fail(`${num(reached.size)} of ${num(sites.length)} sites are joined`);
}

function checkTotals({ design }: BuiltDesign): Omit<Check, 'name'> {
  const sites = design.sites!;
  for (const key of ['accelerators', 'supernodes', 'nodes', 'racks', 'transceivers', 'cables'] as const) {
    const sum = sites.reduce((total, site) => total + site[key], 0);
    if (sum !== design[key]) return fail(`${key}: the sites add up to ${num(sum)}, the design says ${num(design[key])}`);
  }
  const quantities = new Map<string, number>();
  for (const site of sites) for (const line of site.lines) quantities.set(line.sku, (quantities.get(line.sku) ?? 0) + line.quantity);
  const wrong = design.lines.find((line) => quantities.get(line.sku) !== line.quantity);
  if (wrong !== undefined || quantities.size !== design.lines.length)
    return fail(`the bill of ${wrong?.sku ?? 'the whole'} differs from that of the sites`);
  const itKw = sites.reduce((total, site) => total + site.power.itKw, 0);
  if (Math.abs(itKw - design.power.itKw) > 0.01)
    return fail(`the sites draw ${num(itKw, 2)} kW, the design says ${num(design.power.itKw, 2)} kW`);
  return pass(`${num(design.accelerators)} accelerators, ${num(design.lines.length)} SKUs`);
}
