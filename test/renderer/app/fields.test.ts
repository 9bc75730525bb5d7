import { describe, expect, it } from 'vitest';
import { stepOfField } from '../../../src/renderer/app/fields';

describe('the step of a field', () => {
  it.each([
    ['accelerators', 'brief'],
    ['supernode', 'brief'],
    ['supernode[2]', 'brief'],
    ['supernode.size', 'supernode'],
    ['site.pue', 'brief'],
    ['growth[0].months', 'brief'],
    ['fabrics.compute', 'scale-out'],
    ['fabrics.compute.tiers', 'scale-out'],
    ['fabrics.storage.linkGbps', 'brief'],
    ['media.allow', 'media'],
    ['pricing.years', 'brief'],
    ['pricing.marginPct.optics', 'quote'],
    ['name', 'quote'],
  ] as const)('of %s is %s', (path, step) => {
    expect(stepOfField(path)).toBe(step);
  });
});
