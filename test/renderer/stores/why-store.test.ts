import { createPinia, setActivePinia } from 'pinia';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Brief } from '../../../src/contract/procedures';
import type { Client } from '../../../src/renderer/client/transport';
import { provideClient } from '../../../src/renderer/stores/client';
import { useWhyStore } from '../../../src/renderer/stores/why-store';

const record = (id: string) => ({ id, label: id, formula: 'counted', inputs: {}, value: 1, source: 'catalog' });
const other: Brief = { format: 'scaleplan.brief/1', accelerators: 8 };
const size = vi.fn();

beforeEach(() => {
  setActivePinia(createPinia());
  size.mockReset();
  provideClient({ design: { size } } as unknown as Client);
});
afterEach(() => provideClient(null));

describe('why a figure is as it is', () => {
  it('knows nothing of a figure without a basis', () => {
    expect(useWhyStore().knows({ ids: ['racks'] })).toBe(false);
    expect(useWhyStore().knows({ own: [record('net')] })).toBe(true);
  });

  it('asks for the design that a figure belongs to, and names each record once', async () => {
    size.mockResolvedValue({ derivations: [record('cost.capex'), record('cost.optics'), record('racks')] });
    const why = useWhyStore();
    why.ask({ title: 'Another design', brief: other, ids: ['cost.capex', 'cost.'] });
    expect(why.loading).toBe(true);
    await vi.waitFor(() => expect(why.loading).toBe(false));
    expect(size.mock.calls[0]![0]).toMatchObject({ brief: other });
    expect(why.answers.map(({ id }) => id)).toEqual(['cost.capex', 'cost.optics']);
  });

  it('tells why there is no answer', async () => {
    size.mockRejectedValue(new Error('the engine is gone'));
    const why = useWhyStore();
    why.ask({ title: 'Another design', brief: other, ids: ['racks'] });
    await vi.waitFor(() => expect(why.failure).toBe('the engine is gone'));
    expect(why.answers).toEqual([]);
  });
});
