/**
 * Where each group of ranks lives: how many of its members share a scale-up domain.
 *
 * Ranks are numbered tp fastest, then cp, dp, pp (Megatron's order), so tensor groups fill a domain first,
 * then context, data and expert groups, and pipeline neighbours are the farthest apart.
 */

export interface GroupPlace {
  readonly size: number;
  /** Members of the group inside one domain; divides `size`. */
  readonly inside: number;
  /** Domains the group touches. */
  readonly across: number;
}

/** `stride`: ranks between neighbours of the group. */
export function placeGroup(size: number, stride: number, supernodeSize: number): GroupPlace {
  let inside = Math.max(1, Math.min(size, Math.floor(supernodeSize / stride)));
  while (size % inside !== 0) inside--;
  return { size, inside, across: size / inside };
}

/** Share of the traffic of a uniform all-to-all that reaches other domains: `(n - k)/(n - 1)`. */
export function crossingShare(place: GroupPlace): number {
  return place.size <= 1 ? 0 : (place.size - place.inside) / (place.size - 1);
}

/**
 * Expected number of other domains that the `visits` experts of one token lie in, when each visit falls in any of the
 * domains alike, and at most `limit` domains (0 = no limit) may be used: `min(limit, (g-1)(1-(1-1/g)^visits))`.
 */
export function domainsVisited(domains: number, visits: number, limit: number): number {
  if (domains <= 1) return 0;
  const expected = (domains - 1) * (1 - (1 - 1 / domains) ** visits);
  return limit > 0 ? Math.min(limit, expected) : expected;
}
