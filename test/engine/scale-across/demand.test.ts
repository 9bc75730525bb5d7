import { describe, expect, it } from 'vitest';
import {
  demandBetween,
  exchangeGbps,
  PLANNING_BATCH_TOKENS,
  PLANNING_MFU,
  type DemandRequest,
} from '../../../src/engine/scale-across/demand';
import { sitesOf } from '../../../src/engine/scale-across/sites';
import { parseBrief } from '../../../src/engine/brief/schema';

function request(accelerators: readonly number[], fields: object = {}): DemandRequest {
  const brief = parseBrief({
    format: 'scaleplan.brief/1',
    sites: accelerators.map((count, index) => ({ name: `S${index}`, accelerators: count, ...(index === 0 ? {} : { distanceKm: 40 }) })),
    ...fields,
  });
  return { brief, sites: sitesOf(brief), accessGbps: 400, peakTflops: 1_000, exchange: null };
}

describe('the bandwidth between sites', () => {
  it('of a 405B model in BF16 between two sites, hidden in 4 s, is 1.62 Tb/s (reference notes, section 8)', () => {
    expect(exchangeGbps({ bytes: 2 * 405e9, windowS: 4 })).toBeCloseTo(1_620, 6);
  });

  it('is what the brief states', () => {
    expect(demandBetween(request([64, 64, 8], { scaleAcross: { gbps: 700 } })).gbps).toEqual([700, 700]);
  });

  it('follows the smaller side of a link where the brief states an oversubscription', () => {
    const { gbps, derivation } = demandBetween(request([64, 128, 8], { scaleAcross: { oversubscription: 4 } }));
    expect(gbps).toEqual([6_400, 800]);
    expect(derivation.value).toBe(6_400);
  });

  it('without a workload equals that of a dense model of any size: gradients over backward pass', () => {
    const { gbps, basis } = demandBetween(request([512, 512]));
    for (const parameters of [7e9, 405e9]) {
      const bytes = ((2 * (2 - 1)) / 2) * 2 * parameters;
      const backwardS = (4 * parameters * PLANNING_BATCH_TOKENS) / (1_024 * 1_000e12 * PLANNING_MFU);
      expect(gbps[0]).toBeCloseTo(exchangeGbps({ bytes, windowS: backwardS }), 6);
    }
    expect(basis).toBe('planning');
  });

  it('rests on the workload where there is one', () => {
    const { gbps, basis } = demandBetween({ ...request([64, 64]), exchange: { bytes: 1e12, windowS: 2 } });
    expect([gbps[0], basis]).toEqual([4_000, 'workload']);
  });
});
