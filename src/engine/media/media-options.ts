import { z } from 'zod';
import { entriesOf, type Catalog } from '../../catalog/catalog';
import type { PriceList } from '../../catalog/price-book';
import { formFactor, type FailureRate, type FormFactor } from '../../catalog/schema';
import { parseOrFault } from '../../catalog/sentence';
import { InputFault } from '../../units/fault';
import { list, num } from '../../units/format';
import { Decimal, moneyString } from '../../units/money';
import { SIGNAL_NS_PER_M } from '../floor/route';
import { lengthSku, partPrice } from '../cost/part-price';
import { MEDIA_KINDS } from '../brief/schema';
import { buyFibre, buysModule, createRanker, fibreLadder } from './buy';
import { lengthReasons, weighMedia, type Candidate } from './candidate';
import { soldLength } from './fit';
import type { LinkEnd } from './link-end';

/** Every medium of the catalog for one link, cheapest first, and why the others do not fit. */

export const mediaQuery = z.strictObject({
  gbps: z.number().positive().max(1_000_000),
  lengthM: z.number().min(0).max(2_000_000),
  from: formFactor.optional(),
  to: formFactor.optional(),
  fibre: z.enum(['auto', 'smf', 'mmf']).optional(),
  protocol: z.enum(['infiniband', 'ethernet']).optional(),
});
export type MediaQuery = z.infer<typeof mediaQuery>;

/** A medium weighed for one link. */
export interface WeighedOption {
  readonly id: string;
  readonly label: string;
  readonly kind: string;
  readonly feasible: boolean;
  /** Why it does not fit; empty when it does. */
  readonly reasons: readonly string[];
  readonly reachM: number;
  /** Sold length that covers the link. */
  readonly lengthM: number | null;
  /** Price of the whole link in the price book's currency, both ends and cable. */
  readonly price: string | null;
  /** Draw of both ends, W a link. */
  readonly powerW: number;
  readonly failuresPerYear: number;
  readonly latencyNs: number;
  readonly source: string;
}

export function mediaOptions(catalog: Catalog, prices: PriceList, input: unknown): WeighedOption[] {
  const query = parseOrFault(mediaQuery, input);
  const ends = queryEnds(catalog, query);
  const rates = new Map(entriesOf(catalog, 'failure-rate').map((entry) => [entry.part, entry.perYear]));
  const byId = new Map<string, WeighedOption>();
  for (const [near, far] of ends) {
    for (const { candidate, reasons } of weighMedia(catalog, near, far, { allow: MEDIA_KINDS, fibre: query.fibre ?? 'auto' })) {
      const option = weigh(
        candidate,
        [...reasons, ...(reasons.length === 0 ? lengthReasons(candidate, query.lengthM) : [])],
        query,
        prices,
        rates,
      );
      const known = byId.get(option.id);
      // Among the pairs of ends that the query leaves open, the one that suits the medium best counts.
      if (known === undefined || option.reasons.length < known.reasons.length) byId.set(option.id, option);
    }
  }
  return [...byId.values()].sort(
    (a, b) =>
      Number(b.feasible) - Number(a.feasible) || Number(a.price ?? Infinity) - Number(b.price ?? Infinity) || a.id.localeCompare(b.id),
  );
}

/** The cages that stand for the two ends: every distinct one of the catalog at this speed and form. */
function queryEnds(catalog: Catalog, query: MediaQuery): [LinkEnd, LinkEnd][] {
  const protocols = query.protocol === undefined ? (['infiniband', 'ethernet'] as const) : [query.protocol];
  const all: LinkEnd[] = [];
  const add = (
    form: FormFactor,
    heatSink: LinkEnd['heatSink'],
    maxModuleW: number | undefined,
    lpo: boolean,
    laneGbps: number,
    portsPerCage: number,
    coPackaged: boolean,
  ) => {
    if (
      !all.some(
        (end) =>
          end.form === form &&
          end.heatSink === heatSink &&
          end.laneGbps === laneGbps &&
          end.portsPerCage === portsPerCage &&
          end.lpo === lpo,
      )
    ) {
      all.push({ form, heatSink, maxModuleW, lpo, gbps: query.gbps, laneGbps, portsPerCage, coPackaged, protocols });
    }
  };
  for (const entry of [...entriesOf(catalog, 'switch'), ...entriesOf(catalog, 'nic')]) {
    for (const cage of entry.kind === 'nic' ? [entry.cage] : entry.cages) {
      for (const mode of cage.modes)
        if (mode.gbps === query.gbps)
          add(
            cage.form,
            cage.heatSink,
            cage.maxModuleW,
            cage.lpo ?? false,
            mode.laneGbps,
            mode.portsPerCage,
            entry.kind === 'switch' && (entry.coPackaged ?? false),
          );
    }
  }
  if (all.length === 0) {
    const speeds = [
      ...new Set(entriesOf(catalog, 'switch').flatMap((entry) => entry.cages.flatMap((cage) => cage.modes.map((mode) => mode.gbps)))),
    ].sort((a, b) => a - b);
    throw InputFault.of(
      '--gbps',
      `is ${num(query.gbps)}, but no port of the catalog has that speed; use ${list(speeds.map((speed) => num(speed)))}`,
    );
  }
  const at = (form: FormFactor | undefined, option: string) => {
    const found = form === undefined ? all : all.filter((end) => end.form === form);
    if (found.length > 0) return found;
    throw InputFault.of(
      option,
      `is "${form}", but no ${form} cage runs at ${num(query.gbps)} Gb/s; use ${list([...new Set(all.map((end) => end.form))])}`,
    );
  };
  const from = at(query.from, '--from');
  const to = at(query.to, '--to');
  return from.flatMap((near) => to.filter((far) => far.laneGbps === near.laneGbps).map((far): [LinkEnd, LinkEnd] => [near, far]));
}

function weigh(
  candidate: Candidate,
  reasons: readonly string[],
  query: MediaQuery,
  prices: PriceList,
  rates: ReadonlyMap<FailureRate['part'], number>,
): WeighedOption {
  const currency = prices.book.currency;
  const ranker = createRanker(prices);
  const base = { label: candidate.label, kind: candidate.kind, feasible: reasons.length === 0, reasons, reachM: candidate.reachM };
  if (candidate.type === 'cable') {
    const { cable } = candidate;
    const lengthM = soldLength(cable.lengthsM, query.lengthM);
    const links = cable.near.plugs * cable.near.linksPerPlug;
    const price = lengthM === null ? null : partPrice(prices, lengthSku(cable.id, lengthM));
    return {
      ...base,
      id: cable.id,
      lengthM,
      price: price === null ? null : moneyString(price.unit.dividedBy(links), currency),
      powerW: ((cable.near.plugs + cable.far.plugs) * cable.powerWPerPlug) / links,
      failuresPerYear: (rates.get(cable.type) ?? 0) / links,
      latencyNs: SIGNAL_NS_PER_M * (lengthM ?? query.lengthM),
      source: cable.source,
    };
  }
  const { near, far } = candidate;
  const fibre = buyFibre(fibreLadder(candidate, ranker), query.lengthM);
  const share = (module: typeof near) => module.modes.find((mode) => mode.gbps === query.gbps)?.links ?? 1;
  const modulePrices = (
    [
      ['near', near],
      ['far', far],
    ] as const
  ).map(([end, module]) =>
    buysModule(candidate, end) ? (partPrice(prices, module.id)?.unit.dividedBy(share(module)) ?? null) : new Decimal(0),
  );
  const fibrePrice =
    fibre === null ? null : (partPrice(prices, lengthSku(fibre.id, fibre.lengthM))?.unit.times(candidate.fibresPerLink) ?? null);
  const complete = fibrePrice !== null && modulePrices.every((price) => price !== null);
  const part = candidate.kind === 'lpo' ? 'linear-transceiver' : candidate.kind === 'cpo' ? 'co-packaged-port' : 'transceiver';
  return {
    ...base,
    id: near.id === far.id ? near.id : `${near.id}+${far.id}`,
    lengthM: fibre?.lengthM ?? null,
    price: complete
      ? moneyString(
          modulePrices.reduce((sum, price) => sum.plus(price!), fibrePrice),
          currency,
        )
      : null,
    powerW: near.powerW / share(near) + far.powerW / share(far),
    failuresPerYear: (rates.get(part) ?? 0) * (1 / share(near) + 1 / share(far)) + (rates.get('fibre') ?? 0),
    latencyNs: SIGNAL_NS_PER_M * (fibre?.lengthM ?? query.lengthM),
    source: near.source,
  };
}
