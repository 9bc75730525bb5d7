import { z } from 'zod';
import { entriesOf, type Catalog } from '../../catalog/catalog';
import type { PriceList } from '../../catalog/price-book';
import { formFactor, type FormFactor, type Transceiver } from '../../catalog/schema';
import { parseOrFault } from '../../catalog/sentence';
import { InputFault } from '../../units/fault';
import { list, num } from '../../units/format';
import { Decimal, moneyString } from '../../units/money';
import { SIGNAL_NS_PER_M } from '../floor/route';
import { lengthSku, partPrice } from '../cost/part-price';
import { resolvePricing } from '../cost/pricing';
import { pricingBrief } from '../brief/commercial';
import { MEDIA_KINDS } from '../brief/schema';
import { buyFibre, buysModule, createRanker, fibreLadder } from './buy';
import { lengthReasons, weighMedia, type CableCandidate, type Candidate, type ModuleCandidate } from './candidate';
import { linksOfCable, soldLength } from './fit';
import { createHorizon, type Horizon } from './horizon';
import type { LinkEnd } from './link-end';

/** Every medium of the catalog for one link, cheapest first, and why the others do not fit. */

export const mediaQuery = z.strictObject({
  gbps: z.number().positive().max(1_000_000),
  lengthM: z.number().min(0).max(2_000_000),
  from: formFactor.optional(),
  to: formFactor.optional(),
  fibre: z.enum(['auto', 'smf', 'mmf']).optional(),
  protocol: z.enum(['infiniband', 'ethernet']).optional(),
  /** Horizon of the cost; 4 when not given. */
  years: pricingBrief.shape.years,
  /** In the price book's currency. */
  energyPerKwh: pricingBrief.shape.energyPerKwh,
  pue: z.number().min(1).max(3).optional(),
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
  /** Price, energy of both ends, and pieces bought again for those that fail, over the years asked for; null without a price. */
  readonly horizonCost: string | null;
  readonly latencyNs: number;
  readonly source: string;
}

export function mediaOptions(catalog: Catalog, prices: PriceList, input: unknown): WeighedOption[] {
  const query = parseOrFault(mediaQuery, input);
  const ends = queryEnds(catalog, query);
  const { years, energyPerKwh, pue = 1 } = query;
  const pricing = resolvePricing(
    { ...(years === undefined ? {} : { years }), ...(energyPerKwh === undefined ? {} : { energyPerKwh }) },
    prices.book,
  );
  const horizon = createHorizon(catalog, pricing, pue);
  const byId = new Map<string, WeighedOption>();
  for (const [near, far] of ends) {
    for (const { candidate, reasons } of weighMedia(catalog, near, far, { allow: MEDIA_KINDS, fibre: query.fibre ?? 'auto' })) {
      const option = weigh(
        candidate,
        [...reasons, ...(reasons.length === 0 ? lengthReasons(candidate, query.lengthM) : [])],
        query,
        prices,
        horizon,
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

/** A piece that a link takes, or its share of one. */
interface LinkPart {
  readonly kind: Candidate['kind'] | 'fibre';
  /** Pieces a link. */
  readonly share: number;
  /** Of one piece; null where the price book has none, or no length is sold. */
  readonly price: Decimal | null;
}

/** The pieces of one link, the sold length that covers it, and the draw of its ends. */
interface LinkBuild {
  readonly parts: readonly LinkPart[];
  readonly lengthM: number | null;
  readonly powerW: number;
}

function cableBuild({ cable }: CableCandidate, { lengthM: routeM }: MediaQuery, prices: PriceList): LinkBuild {
  const lengthM = soldLength(cable.lengthsM, routeM);
  const price = lengthM === null ? null : (partPrice(prices, lengthSku(cable.id, lengthM))?.unit ?? null);
  const share = 1 / linksOfCable(cable);
  return {
    parts: [{ kind: cable.type, share, price }],
    lengthM,
    powerW: (cable.near.plugs + cable.far.plugs) * cable.powerWPerPlug * share,
  };
}

function moduleBuild(candidate: ModuleCandidate, { lengthM: routeM, gbps }: MediaQuery, prices: PriceList): LinkBuild {
  const fibre = buyFibre(fibreLadder(candidate, createRanker(prices)), routeM);
  const shareOf = (module: Transceiver) => 1 / (module.modes.find((mode) => mode.gbps === gbps)?.links ?? 1);
  const modules = (['near', 'far'] as const).map((end): LinkPart => {
    const module = candidate[end];
    const price = buysModule(candidate, end) ? (partPrice(prices, module.id)?.unit ?? null) : new Decimal(0);
    return { kind: candidate.kind, share: shareOf(module), price };
  });
  const cord = fibre === null ? null : (partPrice(prices, lengthSku(fibre.id, fibre.lengthM))?.unit ?? null);
  return {
    parts: [...modules, { kind: 'fibre', share: candidate.fibresPerLink, price: cord }],
    lengthM: fibre?.lengthM ?? null,
    powerW: candidate.near.powerW * shareOf(candidate.near) + candidate.far.powerW * shareOf(candidate.far),
  };
}

function weigh(candidate: Candidate, reasons: readonly string[], query: MediaQuery, prices: PriceList, horizon: Horizon): WeighedOption {
  const { parts, lengthM, powerW } =
    candidate.type === 'cable' ? cableBuild(candidate, query, prices) : moduleBuild(candidate, query, prices);
  const { currency } = prices.book;
  const { years, centsPerWatt, replacementsOf } = horizon;
  const priceOf = (pieces: (part: LinkPart) => number) =>
    parts.every((part) => part.price !== null)
      ? parts.reduce((sum, part) => sum.plus(part.price!.times(pieces(part))), new Decimal(0))
      : null;
  const price = priceOf(({ share }) => share);
  const horizonCost = priceOf(({ share, kind }) => share * (1 + replacementsOf(kind)))?.plus((centsPerWatt * powerW) / 100) ?? null;
  const money = (amount: Decimal | null) => (amount === null ? null : moneyString(amount, currency));
  return {
    id:
      candidate.type === 'cable'
        ? candidate.cable.id
        : candidate.near.id === candidate.far.id
          ? candidate.near.id
          : `${candidate.near.id}+${candidate.far.id}`,
    label: candidate.label,
    kind: candidate.kind,
    feasible: reasons.length === 0,
    reasons,
    reachM: candidate.reachM,
    lengthM,
    price: money(price),
    powerW,
    failuresPerYear: parts.reduce((sum, { share, kind }) => sum + (share * replacementsOf(kind)) / years, 0),
    horizonCost: money(horizonCost),
    latencyNs: SIGNAL_NS_PER_M * (lengthM ?? query.lengthM),
    source: candidate.type === 'cable' ? candidate.cable.source : candidate.near.source,
  };
}
