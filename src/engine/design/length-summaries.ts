import { SEGMENTS } from '../wiring/wiring';
import type { LengthSummary } from './design';
import type { PlacedFabric } from './place-fabrics';

/** Upper edges of the length buckets, m: where media classes change. */
const BUCKETS = [1, 2, 3, 5, 7, 10, 15, 20, 30, 50, 70, 100, 150, 300, 500, 2_000, 10_000, 120_000] as const;

/** How long the links of each fabric are, segment by segment. Fabrics of one name, at several sites, are summed up together. */
export function lengthSummaries(fabrics: readonly PlacedFabric[]): LengthSummary[] {
  const names = [...new Set(fabrics.map((fabric) => fabric.planned.name))];
  return names.flatMap((name) => {
    const tallies = SEGMENTS.map(() => new LengthTally());
    for (const { planned, routeM, wiring } of fabrics)
      if (planned.name === name) for (let link = 0; link < wiring.links; link++) tallies[wiring.segment[link]!]!.add(routeM[link]!);
    return SEGMENTS.flatMap((segment, index) => {
      const tally = tallies[index]!;
      return tally.links === 0 ? [] : [{ fabric: name, segment, ...tally.summary() }];
    });
  });
}

/** Counts lengths by the centimetre, as fine as a summary states them. */
class LengthTally {
  readonly #byCentimetre = new Map<number, number>();
  readonly #byBucket = BUCKETS.map(() => 0);
  links = 0;

  add(lengthM: number): void {
    const cm = Math.round(lengthM * 100);
    this.#byCentimetre.set(cm, (this.#byCentimetre.get(cm) ?? 0) + 1);
    let bucket = 0;
    while (lengthM > BUCKETS[bucket]!) bucket++;
    this.#byBucket[bucket]!++;
    this.links++;
  }

  summary(): Pick<LengthSummary, 'links' | 'minM' | 'medianM' | 'maxM' | 'buckets'> {
    const lengths = [...this.#byCentimetre].sort(([a], [b]) => a - b);
    let below = 0;
    const median = lengths.find(([, links]) => (below += links) > this.links >> 1)!;
    return {
      links: this.links,
      minM: lengths[0]![0] / 100,
      medianM: median[0] / 100,
      maxM: lengths[lengths.length - 1]![0] / 100,
      buckets: BUCKETS.flatMap((upToM, bucket) => (this.#byBucket[bucket]! > 0 ? [{ upToM, links: this.#byBucket[bucket]! }] : [])),
    };
  }
}
