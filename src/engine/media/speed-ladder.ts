import { entriesOf, type Catalog } from '../../catalog/catalog';
import type { PriceLadder } from '../floor/rack-order';
import { lengthSku } from '../cost/part-price';
import type { Ranker } from './buy';
import { isCoPackaged, type MediaRules } from './candidate';
import { fibreFor, linksOfCable } from './fit';

/** Least price of a link of this speed by its length. */
export type LadderOf = (gbps: number) => PriceLadder;

/**
 * What a link of a speed costs at least by its length, whatever the cages at its ends: the price by which racks are
 * placed. It is the same for all switches of a speed, so that their designs can share a floor.
 */
export function createSpeedLadders(catalog: Catalog, rules: Pick<MediaRules, 'allow' | 'fibre'>, ranker: Ranker): LadderOf {
  const known = new Map<number, PriceLadder>();
  return (gbps) => {
    let ladder = known.get(gbps);
    if (ladder === undefined) {
      ladder = ladderOf([...cableOffers(catalog, rules, ranker, gbps), ...opticalOffers(catalog, rules, ranker, gbps)]);
      known.set(gbps, ladder);
    }
    return ladder;
  };
}

/** The ladders of all speeds as one text: equal where racks are placed alike. */
export function ladderKey(catalog: Catalog, ladderOf: LadderOf): string {
  const speeds = new Set(
    [...entriesOf(catalog, 'cable'), ...entriesOf(catalog, 'transceiver')].flatMap((medium) => medium.modes.map((mode) => mode.gbps)),
  );
  return JSON.stringify([...speeds].sort((a, b) => a - b).map((gbps) => [gbps, ladderOf(gbps)]));
}

interface Offer {
  readonly lengthM: number;
  /** Share of one link. */
  readonly cents: number;
}

function cableOffers(catalog: Catalog, { allow }: Pick<MediaRules, 'allow'>, ranker: Ranker, gbps: number): Offer[] {
  return entriesOf(catalog, 'cable')
    .filter((cable) => cable.modes.some((mode) => mode.gbps === gbps) && (cable.type === 'cat6' || allow.includes(cable.type)))
    .flatMap((cable) => {
      const links = linksOfCable(cable);
      return cable.lengthsM.map((lengthM) => ({ lengthM, cents: ranker.centsOf(lengthSku(cable.id, lengthM)) / links }));
    });
}

/** A module at both ends and a cord between, within the module's reach. */
function opticalOffers(catalog: Catalog, { allow, fibre }: Pick<MediaRules, 'allow' | 'fibre'>, ranker: Ranker, gbps: number): Offer[] {
  const cords = entriesOf(catalog, 'fibre');
  return entriesOf(catalog, 'transceiver').flatMap((module) => {
    const mode = module.modes.find((own) => own.gbps === gbps);
    const kind = isCoPackaged(module) ? 'cpo' : module.linear === true ? 'lpo' : 'transceiver';
    if (mode === undefined || !allow.includes(kind) || (fibre !== 'auto' && module.fibre !== fibre)) return [];
    const ends = isCoPackaged(module) ? 0 : (2 * ranker.centsOf(module.id)) / mode.links;
    return fibreFor(cords, module).flatMap((cord) =>
      cord.lengthsM
        .filter((lengthM) => lengthM <= module.reachM)
        .map((lengthM) => ({ lengthM, cents: ends + mode.fibresPerLink * ranker.centsOf(lengthSku(cord.id, lengthM)) })),
    );
  });
}

/** The cheapest offer that is at least as long, for every length sold. */
function ladderOf(offers: readonly Offer[]): PriceLadder {
  const upToM = [...new Set(offers.map((offer) => offer.lengthM))].sort((a, b) => a - b);
  const cents = upToM.map(() => Infinity);
  for (const offer of offers) {
    const step = upToM.indexOf(offer.lengthM);
    cents[step] = Math.min(cents[step]!, offer.cents);
  }
  for (let step = cents.length - 2; step >= 0; step--) cents[step] = Math.min(cents[step]!, cents[step + 1]!);
  return { upToM, cents };
}
