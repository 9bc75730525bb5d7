import { buildQuote } from '../../src/quote/build-quote';
import type { CatalogEntry } from '../../src/catalog/schema';
import type { Catalog } from '../../src/catalog/catalog';
import type { Brief } from '../../src/engine/brief/schema';
import { parseBrief } from '../../src/engine/brief/schema';
import type { BuiltDesign } from '../../src/engine/design/build-design';
import type { Design } from '../../src/engine/design/design';
import type { BuiltFabric } from '../../src/engine/design/media-of-fabrics';
import { sizeBrief, type SizingContext } from '../../src/engine/design/size';
import { networkSwitches } from '../../src/engine/fabric/fabric-plan';
import { verifyDesign } from '../../src/engine/verify/verify-design';
import { InfeasibleFault, InputFault } from '../../src/units/fault';
import { minorDigits } from '../../src/units/money';
import { builtIn } from './built-in';

/** What must hold for the design of any brief. Each function lists what does not. */

export type Outcome = { readonly built: BuiltDesign } | { readonly refused: InfeasibleFault | InputFault };

/** Sizes a brief as it would come from a file; any other exception than a fault is a bug and passes through. */
export function sizeOrRefuse(brief: unknown, context: SizingContext = builtIn): Outcome {
  try {
    return { built: sizeBrief(parseBrief(brief), context) };
  } catch (error) {
    if (error instanceof InfeasibleFault || error instanceof InputFault) return { refused: error };
    throw error;
  }
}

/** The graph is sound and agrees with the counts, and the money adds up: what one design shows of itself. */
export function designFaults(built: BuiltDesign): string[] {
  return [
    ...verifyDesign(built)
      .checks.filter((check) => !check.ok)
      .map((check) => `${check.name}: ${check.detail}`),
    ...portFaults(built),
    ...moneyFaults(built.design),
    ...figureFaults(built.design),
  ];
}

/** Links by segment and uses of ports, counted here once more from the rows alone. */
function portFaults({ design, fabrics }: BuiltDesign): string[] {
  const faults: string[] = [];
  for (const { planned, wiring } of fabrics) {
    const { links, tiers, oversubscription } = design.fabrics[planned.name]!;
    const bySegment = [0, 0, 0];
    const uses = new Map<number, Set<number>>();
    for (let link = 0; link < wiring.links; link++) {
      bySegment[wiring.segment[link]!]!++;
      for (const [device, port] of [
        [wiring.nearDevice[link]!, wiring.nearPort[link]!],
        [wiring.farDevice[link]!, wiring.farPort[link]!],
      ] as const) {
        const ports = uses.get(device) ?? new Set();
        if (ports.has(port)) faults.push(`${planned.name}: port ${port} of device ${device} has two links`);
        uses.set(device, ports.add(port));
      }
    }
    const claimed = [links.endpoint, links.leafSpine ?? 0, links.spineCore ?? 0];
    if (claimed.some((count, segment) => count !== bySegment[segment]) && links.trunk !== bySegment[1]! + bySegment[2]!)
      faults.push(`${planned.name}: the graph has ${bySegment.join(' + ')} links, the counts say ${claimed.join(' + ')}`);
    if (links.total !== links.endpoint + links.trunk) faults.push(`${planned.name}: total links are not access and trunk`);
    if (tiers.some((tier) => tier.switches < 0 || !Number.isInteger(tier.switches))) faults.push(`${planned.name}: no whole switches`);
    if (!(oversubscription > 0)) faults.push(`${planned.name}: oversubscription ${oversubscription}`);
  }
  return faults;
}

/** A decimal string as whole minor units. */
function minor(amount: string, digits: number): bigint {
  const [whole = '0', fraction = ''] = amount.split('.');
  return BigInt(whole + fraction.padEnd(digits, '0').slice(0, digits));
}

function moneyFaults(design: Design): string[] {
  const { cost, lines } = design;
  const digits = minorDigits(cost.currency);
  const sum = (amounts: readonly (string | null)[]) =>
    amounts.reduce((total, amount) => total + (amount === null ? 0n : minor(amount, digits)), 0n);
  const faults: string[] = [];
  if (sum(lines.map((line) => line.net)) !== minor(cost.capex, digits)) faults.push(`capex ${cost.capex} is not the sum of its lines`);
  if (sum(Object.values(cost.byCategory)) !== minor(cost.capex, digits))
    faults.push(`capex ${cost.capex} is not the sum of its categories`);
  for (const line of lines) {
    if (line.unitPrice === null || line.amount === null || line.discount === null || line.net === null) continue;
    if (minor(line.unitPrice, digits) * BigInt(line.quantity) !== minor(line.amount, digits)) faults.push(`amount of ${line.sku}`);
    if (minor(line.amount, digits) - minor(line.discount, digits) !== minor(line.net, digits)) faults.push(`net of ${line.sku}`);
  }
  const tco = minor(cost.capex, digits) + BigInt(cost.years) * minor(cost.opexPerYear, digits);
  if (tco !== minor(cost.tco, digits)) faults.push(`tco ${cost.tco} is not capex and ${cost.years} years of ${cost.opexPerYear}`);
  const { totals } = buildQuote(design, { date: '2026-11-24', priceBook: builtIn.prices.book });
  if (totals.net !== cost.capex) faults.push(`the quote's net ${totals.net} is not the design's ${cost.capex}`);
  return faults;
}

/** Figures stay in their ranges, and every line and length is one that can be bought. */
function figureFaults({ power, reliability, lines, lengths, media, racks, floor, accelerators, supernodes, supernode }: Design): string[] {
  const faults: string[] = [];
  const finite = { itKw: power.itKw, facilityKw: power.facilityKw, goodputPct: reliability.goodputPct };
  for (const [name, value] of Object.entries(finite)) if (!Number.isFinite(value) || value <= 0) faults.push(`${name} is ${value}`);
  if (reliability.goodputPct > 100) faults.push(`goodput ${reliability.goodputPct} %`);
  if (Math.abs(power.systemsKw + power.switchesKw + power.opticsKw - power.itKw) > 0.005) faults.push('power is not the sum of its parts');
  if (lines.some((line) => !Number.isInteger(line.quantity) || line.quantity <= 0)) faults.push('a line without a whole quantity');
  if (media.some((row) => !Number.isInteger(row.quantity) || row.quantity <= 0)) faults.push('a medium without a whole quantity');
  if (lengths.some((row) => !(row.minM >= 0 && row.minM <= row.medianM && row.medianM <= row.maxM))) faults.push('lengths out of order');
  if (racks !== floor.racks.length) faults.push(`${racks} racks, ${floor.racks.length} on the floor`);
  if (accelerators !== supernodes * supernode.size) faults.push('accelerators are not whole supernodes');
  return faults;
}

/** A refusal says what, and where the user can change something. */
export function refusalFaults(fault: InfeasibleFault | InputFault): string[] {
  if (fault instanceof InputFault) return fault.issues.some((issue) => issue.message.length < 10) ? ['an issue without a sentence'] : [];
  if (fault.limits.length === 0) return ['an infeasible brief without a limit'];
  return fault.limits.filter((limit) => limit.message.length < 10).map((limit) => `limit ${limit.limit} without a sentence`);
}

/** Another order of the catalog's and the price book's entries. */
export function permuted({ catalog, prices }: SizingContext, rank: (id: string) => number): SizingContext {
  const byRank = <T extends { readonly id: string }>(entries: readonly T[]) => [...entries].sort((a, b) => rank(a.id) - rank(b.id));
  const entries: CatalogEntry[] = byRank(catalog.entries);
  const shuffled: Catalog = { ...catalog, entries, byId: new Map(entries.map((entry) => [entry.id, entry])) };
  const bySku = new Map([...prices.bySku].sort(([a], [b]) => rank(a) - rank(b)));
  return { catalog: shuffled, prices: { ...prices, bySku } };
}

/** Two designs of one brief differ nowhere. */
export function sameAnswer(a: Outcome, b: Outcome): string[] {
  const shown = (outcome: Outcome) =>
    JSON.stringify(
      'built' in outcome
        ? outcome.built.design
        : outcome.refused instanceof InfeasibleFault
          ? outcome.refused.limits
          : outcome.refused.issues,
    );
  const [one, other] = [shown(a), shown(b)];
  if (one === other) return [];
  let at = 0;
  while (one[at] === other[at]) at++;
  return [
    `another order of the catalog gives another answer: ${one.slice(Math.max(0, at - 60), at + 60)} / ${other.slice(Math.max(0, at - 60), at + 60)}`,
  ];
}

/** The device of this number by what it is and its network (plane or rail), whatever the size of the machine. */
function identityOf({ planned, wiring }: BuiltFabric, device: number): string {
  const { leaves, spines, cores } = networkSwitches(planned.plan);
  const inNetwork = (what: string, index: number, perNetwork: number) => `${what}${Math.floor(index / perNetwork)}/${index % perNetwork}`;
  if (device >= wiring.firstCore) return inNetwork('core', device - wiring.firstCore, cores);
  if (device >= wiring.firstSpine) return inNetwork('spine', device - wiring.firstSpine, spines);
  if (device >= wiring.firstLeaf) return inNetwork('leaf', device - wiring.firstLeaf, leaves);
  let first = 0;
  for (const block of planned.blocks) {
    if (device < first + block.devices) return `${block.kind}${device - first}`;
    first += block.devices;
  }
  return `device${device}`;
}

function linksOf(fabric: BuiltFabric): Set<string> {
  const { wiring } = fabric;
  const links = new Set<string>();
  for (let link = 0; link < wiring.links; link++)
    links.add(
      `${identityOf(fabric, wiring.nearDevice[link]!)}:${wiring.nearPort[link]} ${identityOf(fabric, wiring.farDevice[link]!)}:${wiring.farPort[link]}`,
    );
  return links;
}

/**
 * Every cable of the compute fabric of one phase is there in the next, on the same ports. Management hosts take the last
 * slots of a schedule; on site they stay where they are and the added nodes go around them, so theirs count by switch port.
 */
export function growthFaults(before: BuiltDesign, after: BuiltDesign): string[] {
  const later = linksOf(after.fabrics[0]!);
  const portsLater = new Set([...later].map((link) => link.split(' ')[1]!));
  const stays = (link: string) => (link.startsWith('host') ? portsLater.has(link.split(' ')[1]!) : later.has(link));
  const moved = [...linksOf(before.fabrics[0]!)].filter((link) => !stays(link));
  return moved.length === 0
    ? []
    : [`${moved.length} cables of ${before.design.accelerators} accelerators move for ${after.design.accelerators}: ${moved[0]}`];
}

/** The brief with what its design chose written in, so that a larger machine is built of the same parts. */
export function pinned(brief: Brief, design: Design): Brief {
  const { compute } = design.fabrics;
  const pods = design.choices.find((choice) => choice.path === 'fabrics.compute.podFilling')?.value;
  return {
    ...brief,
    supernode: typeof brief.supernode === 'object' && !Array.isArray(brief.supernode) ? brief.supernode : design.supernode.id,
    fabrics: {
      compute: {
        ...brief.fabrics?.compute,
        topology: compute.topology as NonNullable<NonNullable<Brief['fabrics']>['compute']>['topology'],
        switch: compute.switchIds[0]!,
        linkGbps: compute.linkGbps,
        railOptimized: compute.railOptimized,
        ...(compute.tiers.length === 3 ? { podFilling: brief.fabrics?.compute?.podFilling ?? (pods === 'even' ? 'even' : 'fill') } : {}),
      },
    },
  };
}

/** More accelerators of the same parts never need fewer switches, links, supernodes or kilowatts. */
export function monotoneFaults(smaller: Design, larger: Design): string[] {
  const counts = (design: Design) => ({
    supernodes: design.supernodes,
    switches: design.fabrics.compute.switches,
    links: design.fabrics.compute.links.total,
    systemsKw: design.power.systemsKw,
  });
  const [few, many] = [counts(smaller), counts(larger)];
  return (Object.keys(few) as (keyof typeof few)[])
    .filter((name) => many[name] < few[name])
    .map((name) => `${larger.accelerators} accelerators need ${many[name]} ${name}, ${smaller.accelerators} need ${few[name]}`);
}
