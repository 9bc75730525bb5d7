import { describe, expect, it } from 'vitest';
import type { BuiltDesign } from '../../src/engine/design/build-design';
import { createLastSizing } from '../../src/service/last-sizing';

describe('the last sizing', () => {
  const designs = [{}, {}, {}] as BuiltDesign[];

  it('is made once for the same input, and anew for another', () => {
    const lastSizing = createLastSizing();
    let made = 0;
    const size = () => designs[made++]!;
    expect(lastSizing({ brief: 1 }, size)).toBe(lastSizing({ brief: 1 }, size));
    expect(made).toBe(1);
    lastSizing({ brief: 2 }, size);
    lastSizing({ brief: 1 }, size);
    expect(made).toBe(3);
  });

  it('remembers nothing of a refusal', () => {
    const lastSizing = createLastSizing();
    const refuse = () => {
      throw new Error('no design');
    };
    expect(() => lastSizing({ brief: 1 }, refuse)).toThrow('no design');
    expect(lastSizing({ brief: 1 }, () => designs[0]!)).toBe(designs[0]);
  });
});
