import type { CatalogRow } from '../contract/procedures';
import type { Design, Reliability, ScaleAcrossDesign, SiteDesign } from '../engine/design/design';
import type { FabricCounts } from '../engine/fabric/counts';
import type { WeighedOption } from '../engine/media/media-options';
import type { SupernodeCounts } from '../engine/supernode/count-supernode';
import type { Verification } from '../engine/verify/verify-design';
import type { Quote } from '../quote/quote';
import { num } from '../units/format';
import { printDerivation, printStepSummary } from './print-workload';
import { table } from './table';

/** What commands print for a person. */

export function printDesign(design: Design, explain: boolean): string {
  const { fabrics, power, cost, placement } = design;
  const named = [fabrics.compute, fabrics.storage, fabrics.inBand, fabrics.outOfBand].filter((fabric) => fabric !== undefined);
  const parts = [
    `${design.brief.name ?? 'Design'}: ${num(design.accelerators)} accelerators in ${num(design.supernodes)} x ${design.supernode.name}, ${num(design.racks)} racks`,
    table([
      ['fabric', 'topology', 'switch', 'leaf', 'spine', 'core', 'access', 'trunks', 'oversub.'],
      ...named.map((fabric) => [
        fabric.name,
        fabric.topology,
        fabric.switchIds[0]!,
        ...[0, 1, 2].map((tier) => fabric.tiers[tier]?.switches ?? 0),
        fabric.links.endpoint,
        fabric.links.trunk,
        fabric.oversubscription,
      ]),
    ]),
    table([
      ['fabric', 'segment', 'medium', 'length m', 'quantity'],
      ...design.media.map((row) => [row.fabric, row.segment, row.sku, row.lengthM, row.quantity]),
    ]),
    ...(design.scaleAcross === undefined ? [] : [printSites(design.sites ?? [], design.scaleAcross)]),
    `power ${num(power.itKw, 1)} kW of equipment, ${num(power.facilityKw, 1)} kW with cooling`,
    `links between racks ${placement.currency} ${placement.linkCost}, at most ${num(placement.gapPct, 1)} % above the best floor`,
    `capital ${cost.currency} ${cost.capex}, energy a year ${cost.energyPerYear}, total over ${cost.years} years ${cost.tco}`,
    ...(design.performance === null ? [] : [printStepSummary(design.performance)]),
    printReliability(design.reliability),
    ...design.choices.map((choice) => `chosen: ${choice.path} = ${choice.value} (${choice.reason})`),
    ...design.warnings.map((warning) => `note: ${warning.message}`),
  ];
  if (explain) parts.push(...design.derivations.map(printDerivation));
  return `${parts.join('\n\n')}\n`;
}

/** How often something fails, what each failure takes with it, and what to keep on the shelf. */
function printReliability({
  firstFailureHours,
  failuresPerYear,
  goodputPct,
  checkpointIntervalS,
  blastRadius,
  spares,
}: Reliability): string {
  const interval = checkpointIntervalS === null ? '' : ` with a checkpoint every ${num(checkpointIntervalS / 60, 1)} min`;
  return [
    `first failure after ${num(firstFailureHours, 1)} h on average (${num(failuresPerYear, 1)} a year), goodput ${num(goodputPct, 2)} %${interval}`,
    table([
      ['one failed', 'of', 'fails a year', 'ports cut', 'NICs cut off', 'access lost %', 'trunks lost %'],
      ...blastRadius.map((row) => [
        `${row.fabric} ${row.part}`,
        row.parts,
        row.failuresPerYear ?? '-',
        row.portsCut,
        row.endpointsCut,
        row.accessLostPct,
        row.trunkLostPct,
      ]),
    ]),
    ...(spares.length === 0
      ? []
      : [
          table([
            ['spare', 'installed', 'keep', 'lead days'],
            ...spares.map(({ sku, installed, quantity, leadDays }) => [sku, installed, quantity, leadDays]),
          ]),
        ]),
  ].join('\n\n');
}

function printSites(sites: readonly SiteDesign[], { links }: ScaleAcrossDesign): string {
  return `${table([
    ['site', 'accelerators', 'racks', 'kW', 'edge switch', 'quantity', 'gateways', 'km to the first'],
    ...sites.map(({ name, accelerators, racks, power, edge, distanceKm }) => [
      name,
      accelerators,
      racks,
      power.itKw,
      edge.switchId,
      edge.switches,
      edge.gateways,
      distanceKm,
    ]),
  ])}\n\n${table([
    ['from', 'to', 'km', 'needed Gb/s', 'Gb/s a path', 'paths', 'wavelengths', 'module', 'fibre pairs', 'one way us'],
    ...links.map((link) => [
      link.from,
      link.to,
      link.distanceKm,
      link.needGbps,
      link.gbps,
      link.paths,
      link.channels,
      link.module,
      link.fibrePairs,
      link.latencyUs,
    ]),
  ])}`;
}

export function printFabric(counts: FabricCounts): string {
  return `${table([['tier', 'switches', 'down', 'up'], ...counts.tiers.map((tier) => [tier.role, tier.switches, tier.downlinks, tier.uplinks])])}\n\n${num(counts.switches)} switches, ${num(counts.links.endpoint)} access and ${num(counts.links.trunk)} trunk links, oversubscription ${num(counts.oversubscription, 3)}, bisection ${num(counts.bisectionGbps)} Gb/s, at most ${counts.diameterHops} hops, holds up to ${num(counts.maxEndpoints)} endpoints\n`;
}

export function printSupernode(counts: SupernodeCounts): string {
  const rows: [string, string | number][] = [
    ['accelerators', counts.accelerators],
    ['switch chips', counts.switches],
    ['links', counts.links],
    ['optical modules', counts.transceivers],
    ['copper pairs', counts.copperPairs],
    ['medium', counts.medium],
    ['power W', counts.powerW],
  ];
  return `${rows.map(([label, value]) => `${label.padEnd(16)} ${typeof value === 'number' ? num(value) : value}`).join('\n')}\n${counts.reason === undefined ? '' : `${counts.reason}\n`}`;
}

export function printVerification(verification: Verification): string {
  return `${verification.checks.map((check) => `${check.ok ? 'ok  ' : 'FAIL'} ${check.name}: ${check.detail}`).join('\n')}\n${verification.ok ? 'all checks hold' : 'the design does not hold'}\n`;
}

export function printQuote(quote: Quote, file: string): string {
  const { totals } = quote;
  return `${file}: quote ${quote.number}, ${totals.lines} lines\n${table([
    ['', totals.currency],
    ['subtotal', totals.subtotal],
    ['discount', totals.discount],
    ['net', totals.net],
    ['tax', totals.tax],
    ['total', totals.total],
  ])}${totals.complete ? '' : '\nincomplete: some lines have no price'}\n`;
}

export function printCatalog(rows: readonly CatalogRow[]): string {
  return `${table([['id', 'kind', 'model', 'price', 'confidence'], ...rows.map(({ entry, price }) => [entry.id, entry.kind, entry.model, price ? `${price.currency} ${price.unitPrice}` : '-', entry.confidence])])}\n`;
}

export function printMedia(options: readonly WeighedOption[]): string {
  const fitting = options.filter((option) => option.feasible);
  const others = options.filter((option) => !option.feasible);
  return `${table([['medium', 'kind', 'length m', 'price', 'over the years', 'W a link', 'failures a year', 'reach m'], ...fitting.map((option) => [option.id, option.kind, option.lengthM ?? 0, option.price ?? 'on request', option.horizonCost ?? '-', option.powerW, num(option.failuresPerYear, 4), option.reachM])])}\n\n${others.map((option) => `not ${option.id}: ${option.reasons.join('; ')}`).join('\n')}\n`;
}
