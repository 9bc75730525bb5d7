import { entriesOf, isSold, type Catalog } from '../../catalog/catalog';
import type { Protocol } from '../../catalog/schema';
import type { PriceLadder } from '../floor/rack-links';
import { lengthSku } from '../cost/part-price';
import type { Ranker } from './buy';
import { isCoPackaged, type MediaRules } from './candidate';
import { fibreFor, linksOfCable } from './fit';
import { switchEnds, type LinkEnd } from './link-end';

/** What of a switch's port decides which ladder prices its links. */
export type Port = Pick<LinkEnd, 'gbps' | 'protocols' | 'portsPerCage'>;

/** Least price of a link to a port by its length. */
export type LadderOf = (port: Port) => PriceLadder;

/**
 * What a link to a port of a switch costs at least by its length, whatever the form of its cage and the other end: the price by
 * which racks are placed. It is the same for all switches of a speed, a protocol and a number of ports a cage, so that their
 * designs can share a floor.
 */
export function createPortLadders(catalog: Catalog, rules: LadderRules, ranker: Ranker): LadderOf {
  const known = new Map<string, PriceLadder>();
  return (port) => {
    const key = portKey(port);
    let ladder = known.get(key);
    if (ladder === undefined) {
      ladder = ladderOf([...cableOffers(catalog, rules, ranker, port), ...opticalOffers(catalog, rules, ranker, port)]);
      known.set(key, ladder);
    }
    return ladder;
  };
}

type LadderRules = Pick<MediaRules, 'allow' | 'fibre'>;

const portKey = ({ gbps, protocols, portsPerCage }: Port) => `${gbps}|${protocols.join()}|${portsPerCage}`;

/** The ladders of all ports of the catalog's switches as one text: equal where racks are placed alike. */
export function ladderKey(catalog: Catalog, ladderOf: LadderOf): string {
  const ports = new Map<string, Port>();
  for (const entry of entriesOf(catalog, 'switch')) {
    const speeds = new Set(entry.cages.flatMap((cage) => cage.modes.map((mode) => mode.gbps)));
    for (const gbps of speeds) for (const { end } of switchEnds(entry, gbps)) ports.set(portKey(end), end);
  }
  return JSON.stringify([...ports.keys()].sort().map((key) => [key, ladderOf(ports.get(key)!)]));
}

interface Offer {
  readonly lengthM: number;
  /** Share of one link. */
  readonly cents: number;
}

const speaks = (protocols: readonly Protocol[], port: Port) => protocols.some((protocol) => port.protocols.includes(protocol));

/** Cables with a plug for the port's cage at either end: at the other they may fan out. */
function cableOffers(catalog: Catalog, { allow }: LadderRules, ranker: Ranker, port: Port): Offer[] {
  return entriesOf(catalog, 'cable')
    .filter(
      (cable) =>
        isSold(cable) &&
        (cable.type === 'cat6' || allow.includes(cable.type)) &&
        cable.modes.some((mode) => mode.gbps === port.gbps) &&
        speaks(cable.protocols, port) &&
        [cable.near, cable.far].some((plug) => plug.linksPerPlug === port.portsPerCage),
    )
    .flatMap((cable) => {
      const links = linksOfCable(cable);
      return cable.lengthsM.map((lengthM) => ({ lengthM, cents: ranker.centsOf(lengthSku(cable.id, lengthM)) / links }));
    });
}

/** The module of the port at both ends and a cord between, within the module's reach. */
function opticalOffers(catalog: Catalog, { allow, fibre }: LadderRules, ranker: Ranker, port: Port): Offer[] {
  const cords = entriesOf(catalog, 'fibre');
  return entriesOf(catalog, 'transceiver').flatMap((module) => {
    const mode = module.modes.find((own) => own.gbps === port.gbps && own.links === port.portsPerCage);
    const kind = isCoPackaged(module) ? 'cpo' : module.linear === true ? 'lpo' : 'transceiver';
    if (mode === undefined || !isSold(module) || !allow.includes(kind) || !speaks(module.protocols, port)) return [];
    if (fibre !== 'auto' && module.fibre !== fibre) return [];
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
