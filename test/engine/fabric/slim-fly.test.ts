import { describe, expect, test } from 'vitest';
import { galoisField, primePowerOf } from '../../../src/engine/fabric/galois-field';
import { countSlimFly, cutSlimFly, isBuildableSlimFly, planSlimFly, slimFlyLinks, slimFlyShape } from '../../../src/engine/fabric/slim-fly';
import { InfeasibleFault, InputFault } from '../../../src/units/fault';
import { Graph } from './graph';

const PRIME_POWERS = [3, 4, 5, 7, 8, 9, 11, 13, 16, 17, 19, 23, 25, 27];

describe('Slim Fly', () => {
  test('has the counts of DeepSeek-V3, ISCA 2025 (arXiv 2505.09343), table 3: a formula value, since 28 is no prime power', () => {
    const counts = countSlimFly({ q: 28, linkGbps: 400 });
    expect(counts).toMatchObject({
      switches: 1_568,
      endpoints: 32_928,
      links: { trunk: 32_928 },
      diameterHops: 3,
      shape: { networkPorts: 42, endpointsPerRouter: 21 },
    });
    expect(isBuildableSlimFly(28)).toBe(false);
    expect(() => [...slimFlyLinks(28)]).toThrow('choose 27 or 29');
  });

  test('q = 5 is the Hoffman-Singleton graph: 50 routers of 7 links, 175 links (Besta and Hoefler 2014, section II)', () => {
    const graph = new Graph(slimFlyLinks(5), 50);
    expect(graph.links.length).toBe(175);
    // 1 + 7 + 7 * 6 = 50 routers within two links: the Moore bound is met.
    expect(graph.distancesFrom(0).filter((distance) => distance <= 2).length).toBe(50);
  });

  test.each(PRIME_POWERS)('the graph over GF(%i) has the degree, links and diameter of the formulas', (q) => {
    const { networkPorts } = slimFlyShape(q);
    const counts = countSlimFly({ q, linkGbps: 1 });
    const graph = new Graph(slimFlyLinks(q), 2 * q * q);
    expect(graph.links.length).toBe(counts.links.trunk);
    expect(new Set(graph.links.map(([a, b]) => (a < b ? `${a}-${b}` : `${b}-${a}`))).size).toBe(counts.links.trunk);
    expect(new Set(graph.degrees())).toEqual(new Set([networkPorts]));
    expect(graph.diameter() + 1).toBe(counts.diameterHops);
  });

  test.each([3, 4, 5, 7, 8, 9, 11, 13])('the bisection over GF(%i) lies at the spectral bound: no halving is narrower', (q) => {
    const graph = new Graph(slimFlyLinks(q), 2 * q * q);
    const bound = ((2 * q * q) / 4) * (slimFlyShape(q).networkPorts - graph.secondEigenvalue());
    expect(bound).toBeCloseTo(q ** 3 / 2, 6);
    const block = (node: number) => Math.floor((node % (q * q)) / q);
    const halving = graph.cut((node) => (node < q * q ? block(node) < Math.ceil(q / 2) : block(node) < Math.floor(q / 2)));
    expect(halving).toBe(cutSlimFly(q));
    expect(cutSlimFly(q) - q ** 3 / 2).toBeLessThanOrEqual(q / 2);
  });

  test('a plan takes the smallest prime power that carries the endpoints at full global bandwidth', () => {
    // q=27: 1,458 routers of 21 places are 30,618; q=29: 1,682 routers of min(22, 64-43) = 21 places are 35,322.
    expect(planSlimFly({ endpoints: 30_618, radix: 64, linkGbps: 400 }).shape.q).toBe(27);
    expect(planSlimFly({ endpoints: 32_928, radix: 64, linkGbps: 400 })).toMatchObject({
      shape: { q: 29, endpointsPerRouter: 20 },
      maxEndpoints: 35_322,
      switches: 1_682,
    });
    for (let endpoints = 2; endpoints < 35_000; endpoints += 611)
      expect(isBuildableSlimFly(planSlimFly({ endpoints, radix: 64, linkGbps: 400 }).shape.q)).toBe(true);
  });

  test('refuses more than any Slim Fly of the radix holds, and orders without a graph', () => {
    expect(() => planSlimFly({ endpoints: 35_323, radix: 64, linkGbps: 400 })).toThrow(InfeasibleFault);
    expect(() => planSlimFly({ endpoints: 100, radix: 7, linkGbps: 400 })).toThrow(InputFault);
    expect(() => countSlimFly({ q: 6, linkGbps: 400 })).toThrow('choose 7');
    expect(() => countSlimFly({ q: 2, linkGbps: 400 })).toThrow(InputFault);
    expect(() => countSlimFly({ q: 5.5, linkGbps: 400 })).toThrow(InputFault);
  });
});

describe('GF(q)', () => {
  test.each([2, 3, 4, 5, 8, 9, 16, 25, 27])('of order %i is a field: inverses, distributivity, a generator', (q) => {
    const field = galoisField(q);
    const elements = Array.from({ length: q }, (_, at) => at);
    expect(new Set(elements.slice(1).map((_, exponent) => field.power(exponent))).size).toBe(q - 1);
    for (const a of elements) {
      expect(elements.filter((b) => field.add(a, b) === 0).length).toBe(1);
      if (a > 0) expect(elements.filter((b) => field.multiply(a, b) === 1).length).toBe(1);
      for (const b of elements) expect(field.multiply(a, field.add(b, 1))).toBe(field.add(field.multiply(a, b), a));
    }
  });

  test('exists for prime powers only', () => {
    expect([1, 6, 10, 12, 28, 30].map(primePowerOf)).toEqual([null, null, null, null, null, null]);
    expect(primePowerOf(27)).toEqual({ prime: 3, exponent: 3 });
    expect(() => galoisField(28)).toThrow(RangeError);
  });
});
