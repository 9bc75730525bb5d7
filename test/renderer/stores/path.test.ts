import { describe, expect, it } from 'vitest';
import { keysOf, valueAt, withValue } from '../../../src/renderer/stores/path';

describe('paths into a brief', () => {
  const brief = { accelerators: 8, fabrics: { compute: { tiers: 2 } }, growth: [{ accelerators: 16, months: 6 }] };

  it('read fields and list items', () => {
    expect(keysOf('growth[0].months')).toEqual(['growth', 0, 'months']);
    expect(valueAt(brief, 'growth[0].months')).toBe(6);
    expect(valueAt(brief, 'fabrics.storage.linkGbps')).toBeUndefined();
  });

  it('set without touching the original', () => {
    const next = withValue(brief, 'fabrics.compute.tiers', 3);
    expect(valueAt(next, 'fabrics.compute.tiers')).toBe(3);
    expect(brief.fabrics.compute.tiers).toBe(2);
    expect(next.growth).toBe(brief.growth);
  });

  it('an emptied field is open again, and so is an object that it leaves empty', () => {
    expect(withValue(brief, 'fabrics.compute.tiers', undefined)).toEqual({ accelerators: 8, growth: brief.growth });
    expect(withValue(brief, 'site.pue', undefined)).toEqual(brief);
  });

  it('keeps an object that is set to be empty: a fabric with everything open', () => {
    expect(withValue(brief, 'fabrics.storage', {})).toMatchObject({ fabrics: { compute: { tiers: 2 }, storage: {} } });
  });

  it('changes and removes list items', () => {
    expect(withValue(brief, 'growth[0].months', 9).growth).toEqual([{ accelerators: 16, months: 9 }]);
    expect(withValue(brief, 'growth[0]', undefined).growth).toEqual([]);
  });
});
