import { requireNumber, requireWhole } from '../fabric/bounds';

/** Share of time a part is up: `MTBF / (MTBF + MTTR)`. */
export function steadyAvailability(mtbfHours: number, mttrHours: number): number {
  requireNumber({ mtbfHours: [mtbfHours, 1e-6, 1e15], mttrHours: [mttrHours, 0, 1e9] });
  return mtbfHours / (mtbfHours + mttrHours);
}

/**
 * Probability that at least `k` of `n` independent parts are up. The binomial weights are walked outward from the most
 * likely count and divided by their sum, so that neither factorials nor powers overflow.
 * UB-Mesh (arXiv 2503.20377) keeps 64 of 65 accelerators of a rack: one spare.
 */
export function kOfNAvailability(k: number, n: number, availability: number): number {
  requireWhole({ n: [n, 1, 10_000_000], k: [k, 0, n] });
  requireNumber({ availability: [availability, 0, 1] });
  if (k === 0 || availability === 1) return 1;
  if (availability === 0) return 0;
  const mode = Math.min(n, Math.floor((n + 1) * availability));
  const odds = availability / (1 - availability);
  const [atLeast, below] = [1, 1].map(() => ({ sum: 0 })) as [{ sum: number }, { sum: number }];
  const count = (up: number, weight: number) => ((up >= k ? atLeast : below).sum += weight);
  for (let up = mode, weight = 1; up >= 0 && weight > 1e-40; weight *= up / ((n - up + 1) * odds), up--) count(up, weight);
  for (let up = mode, weight = 1; up < n && weight > 1e-40; up++) count(up + 1, (weight *= ((n - up) * odds) / (up + 1)));
  return atLeast.sum / (atLeast.sum + below.sum);
}
