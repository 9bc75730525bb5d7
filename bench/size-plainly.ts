import type { SizingContext } from '../src/engine/design/candidates';
import type { BuiltDesign } from '../src/engine/design/build-design';
import { mediaRules, pairingsOf, pairingOf, cageNumbers } from '../src/engine/design/media-of-fabrics';
import { createRanker } from '../src/engine/media/buy';
import { fittingMedia, isCoPackaged } from '../src/engine/media/candidate';
import { lengthSku } from '../src/engine/cost/part-price';

/**
 * Media chosen the plain way, as a reference: every link an object, every candidate weighed for every link on its own. The engine
 * chooses once for all links that are alike.
 */
export function sizePlainly({ design, fabrics }: BuiltDesign, { catalog, prices }: SizingContext): number {
  const ranker = createRanker(prices);
  const rules = mediaRules(design.brief);
  let cents = 0;
  for (const fabric of fabrics) {
    const pairings = pairingsOf(fabric.planned).map(({ near, far, links }) => ({
      near,
      far,
      media: links > 0 ? fittingMedia(catalog, near, far, rules) : [],
    }));
    const pairing = pairingOf(fabric);
    const { nearCage, farCage } = cageNumbers(fabric);
    const links = Array.from(fabric.routeM, (routeM, link) => ({
      routeM,
      near: nearCage[link],
      far: farCage[link],
      ends: pairings[pairing[link]!]!,
    }));
    for (const { routeM, ends } of links) {
      let least = Infinity;
      for (const medium of ends.media) {
        if (medium.type === 'cable') {
          const { cable } = medium;
          const lengths = cable.lengthsM.filter((lengthM) => lengthM >= routeM);
          if (lengths.length === 0) continue;
          least = Math.min(least, ranker.centsOf(lengthSku(cable.id, Math.min(...lengths))) / cable.near.linksPerPlug);
          continue;
        }
        const modules =
          (isCoPackaged(medium.near) ? 0 : ranker.centsOf(medium.near.id) / ends.near.portsPerCage) +
          (isCoPackaged(medium.far) ? 0 : ranker.centsOf(medium.far.id) / ends.far.portsPerCage);
        for (const fibre of medium.fibres)
          for (const lengthM of fibre.lengthsM)
            if (lengthM >= routeM && lengthM <= medium.reachM)
              least = Math.min(least, modules + medium.fibresPerLink * ranker.centsOf(lengthSku(fibre.id, lengthM)));
      }
      cents += least;
    }
  }
  return cents;
}
