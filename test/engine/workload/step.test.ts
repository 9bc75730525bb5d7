import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type AcceleratorFacts, plainNetwork } from '../../../src/engine/workload/facts';
import { publishedAccelerator } from '../../../src/engine/workload/validation';
import { estimateStep } from '../../../src/engine/workload/estimate-step';
import { prepareStep } from '../../../src/engine/workload/step-basis';
import { timeStep } from '../../../src/engine/workload/step-time';
import { A100, basisOf, faultOf, H100, llamaMachine, llamaWorkload, plan } from './sample';

describe('one training step', () => {
  it('405B on 16,384 H100 runs at 400 TFLOP/s each (arXiv 2407.21783, Table 4), within its band', () => {
    const step = estimateStep(llamaWorkload({ tokens: 15.6e12 }), llamaMachine);
    expect(Math.abs(step.tflopsPerAccelerator / 400 - 1)).toBeLessThan(0.02);
    expect(step.fits).toBe(true);
    expect(step.band.plusMinusPct).toBeLessThan(10);
    expect(step.trainingDays).toBeCloseTo(15.6e12 / step.tokensPerDay, 9);
    expect(step.mfuPct).toBeCloseTo((100 * step.tflopsPerAccelerator) / 989, 9);
  });

  it('its parts add up to the whole', () => {
    const step = estimateStep(llamaWorkload(), llamaMachine);
    const exposed = step.communication.reduce((sum, row) => sum + row.exposedS, 0);
    expect(step.computeS + step.bubbleS + step.optimizerS + step.jitterS + exposed).toBeCloseTo(step.stepTimeS, 9);
    const { weights, gradients, optimizer, activations, total } = step.memoryGiB;
    expect(weights + gradients + optimizer + activations).toBeCloseTo(total, 9);
  });

  it('keeps tensor traffic inside the supernode and sends pipeline and data traffic out', () => {
    const rows = estimateStep(llamaWorkload(), llamaMachine).communication.map((row) => `${row.group} ${row.domain}`);
    expect(rows).toEqual(['tensor scale-up', 'pipeline scale-out', 'data scale-out']);
  });

  it('every derivation names formula, inputs and source', () => {
    for (const record of estimateStep(llamaWorkload(), llamaMachine).derivations) {
      expect(record.formula).not.toBe('');
      expect(record.source).not.toBe('');
      expect(Object.keys(record.inputs).length).toBeGreaterThan(0);
    }
  });

  it('the bubble is (p - 1)/(v m) of the ideal: 0.0586 for 16 stages, 8 chunks, 32 microbatches', () => {
    // Infinitely fast sends leave the bubble alone.
    const basis = basisOf('gpt-3-175b', { globalBatch: 32, network: { ...plainNetwork(1e9, 8), hopLatencyNs: 0 } });
    const noStart = prepareStep({ ...basis.setting, calibration: { ...basis.setting.calibration, scaleOutAlphaUs: 0 } });
    // The output embedding loads one stage more, so the whole stage is compared.
    const step = timeStep(noStart, plan({ tp: 8, pp: 16, interleave: 6 }));
    const tensor = step.tp.exposedInnerS;
    const logitShare = 1 - step.bubbleS / (step.computeS + tensor) / (15 / (6 * 32));
    expect(logitShare).toBeGreaterThanOrEqual(0);
    expect(logitShare).toBeLessThan(0.06);
  });

  it('never gets slower with more bandwidth, up or out, and never faster with oversubscription', () => {
    const gen = fc.record({
      tp: fc.constantFrom(1, 2, 4, 8, 16),
      pp: fc.constantFrom(1, 4, 8),
      dp: fc.constantFrom(1, 4, 16),
      cp: fc.constantFrom(1, 2),
      zeroStage: fc.constantFrom(0, 1, 2, 3) as fc.Arbitrary<0 | 1 | 2 | 3>,
      sequenceParallel: fc.boolean(),
      recompute: fc.constantFrom('none', 'selective', 'full') as fc.Arbitrary<'none' | 'selective' | 'full'>,
    });
    fc.assert(
      fc.property(gen, fc.double({ min: 1, max: 8, noNaN: true }), (change, factor) => {
        const here = plan(change);
        const time = (out: number, up: number, oversubscription: number) =>
          timeStep(
            basisOf('gpt-3-175b', {
              accelerator: { ...A100, scaleUpGBps: 300 * up },
              network: { ...plainNetwork(200 * out, 8), oversubscription },
            }),
            here,
          ).stepS;
        // Sums in another order may differ in their last digit.
        const base = time(1, 1, 1);
        const rounding = base * 1e-12;
        expect(time(factor, 1, 1)).toBeLessThanOrEqual(base + rounding);
        expect(time(1, factor, 1)).toBeLessThanOrEqual(base + rounding);
        expect(time(1, 1, factor)).toBeGreaterThanOrEqual(base - rounding);
      }),
    );
  });

  it('a larger supernode moves expert traffic from scale-out to scale-up', () => {
    const basis = (size: number) => basisOf('deepseek-v3', { sequence: 4096, accelerator: H100, network: plainNetwork(400, size) });
    const of = (size: number) => timeStep(basis(size), plan({ pp: 16, dp: 64, ep: 64 })).ep;
    expect(of(64).outerBytes).toBe(0);
    expect(of(8).outerBytes).toBeGreaterThan(of(32).outerBytes);
    expect(of(64).innerBytes).toBeGreaterThan(of(8).innerBytes);
  });

  it('gradients between two sites cost time on their own row', () => {
    const network = { ...plainNetwork(400, 8), scaleAcross: { sites: 2, gbpsPerAccelerator: 1, roundTripMs: 1 } };
    const step = estimateStep(llamaWorkload(), { accelerator: H100, network });
    expect(step.communication.at(-1)?.domain).toBe('scale-across');
    expect(step.stepTimeS).toBeGreaterThan(estimateStep(llamaWorkload(), llamaMachine).stepTimeS);
  });

  it('shows a wide band for a device nobody measured and for experts', () => {
    const unknown = estimateStep(llamaWorkload({ accelerator: 'x' }), { ...llamaMachine, accelerator: { ...H100, id: 'x' } });
    expect(unknown.band).toMatchObject({ plusMinusPct: 30, calibrated: false });
    const mixture = estimateStep(
      llamaWorkload({ model: { preset: 'mixtral-8x7b' }, accelerators: 64, globalBatch: 64, parallelism: { tp: 8, dp: 8, ep: 8 } }),
      llamaMachine,
    );
    expect(mixture.band.plusMinusPct).toBe(30);
  });

  it('says when a plan does not fit and what to do', () => {
    const step = estimateStep(llamaWorkload({ parallelism: { tp: 8, pp: 1, dp: 2048 }, globalBatch: 2048 }), llamaMachine);
    expect(step.fits).toBe(false);
    expect(step.warnings[0]).toMatch(/^memory: the plan needs [\d,.]+ GiB on an accelerator with 76 GiB usable; recompute more/);
  });
});

describe('bad plans', () => {
  const refuse = (change: Record<string, unknown>) => faultOf(() => estimateStep(llamaWorkload(change), llamaMachine));

  it.each([
    [{ parallelism: { tp: 8, pp: 16, dp: 64 } }, 'tp 8 x pp 16 x dp 64 x cp 1 = 8,192, but there are 16,384 accelerators; set dp to 128'],
    [
      { parallelism: { tp: 8, pp: 15, dp: 128 } },
      'tp x pp x cp = 120 does not divide 16,384; the nearest accelerators that fit are 16,320 or 16,440',
    ],
    [
      { parallelism: { tp: 3, pp: 1, dp: 1 }, accelerators: 3 },
      'parallelism.tp: is 3, which does not divide the 128 attention heads; use 2 or 4',
    ],
    [{ parallelism: { tp: 1, pp: 128, dp: 128 } }, 'parallelism.pp: is 128, but the model has only 126 layers; use at most 126'],
    [
      { parallelism: { tp: 8, pp: 16, dp: 128, interleave: 9 } },
      'parallelism.interleave: is 9, but a pipeline stage has only 8 of the 126 layers',
    ],
    [{ parallelism: { tp: 8, pp: 1, dp: 2048, interleave: 2 } }, 'but pp is 1 and there is no pipeline to interleave'],
    [{ parallelism: { tp: 8, pp: 16, dp: 128, ep: 2 } }, 'parallelism.ep: is 2, but the model has no experts; set it to 1'],
    [{ globalBatch: 2000 }, 'globalBatch: is 2,000, which dp 128 x microBatch 1 = 128 does not divide; use 1,920 or 2,048'],
    [
      { sequence: 8191, parallelism: { tp: 8, pp: 16, dp: 64, cp: 2 } },
      'parallelism.cp: is 2, which does not divide the sequence of 8,191 tokens',
    ],
    [{ accelerators: undefined }, 'accelerators: is missing'],
    [{ precision: 'fp8', accelerators: 16_384, deadlineDays: 3 }, 'tokens: is missing'],
  ])('%j', (change, sentence) => {
    expect(refuse(change)).toContain(sentence);
  });
});

describe('experts and prediction modules', () => {
  it('a small microbatch waits for the host: tokens no longer set the pace, fewer experts an accelerator do', () => {
    const job = (change: Record<string, unknown>) =>
      estimateStep(
        llamaWorkload({
          model: { preset: 'qwen3-30b' },
          sequence: 4096,
          accelerators: 16,
          globalBatch: 512,
          recompute: 'none',
          precision: 'fp8',
          ...change,
        }),
        llamaMachine,
      ).stepTimeS;
    const at = (microBatch: number, ep: number) => job({ microBatch, parallelism: { tp: 1, pp: 1, dp: 16, ep, zeroStage: 1 } });
    // 48 layers x (6.82 ms + 128/8 experts x 128 us) x 32 microbatches.
    expect(at(1, 8)).toBeGreaterThanOrEqual(48 * (6.82e-3 + 16 * 128e-6) * 32);
    expect(at(1, 8) / at(2, 8)).toBeGreaterThan(1.3);
    expect(at(1, 16)).toBeLessThan(at(1, 8));
  });

  it('a prediction module adds a layer and an output to the last stage', () => {
    const of = (preset: string, pp: number) =>
      estimateStep(
        llamaWorkload({
          model: { preset },
          sequence: 4096,
          accelerators: 256,
          globalBatch: 2048,
          parallelism: { tp: 1, pp, dp: 256 / pp, ep: 16, zeroStage: 1 },
          precision: 'fp8',
        }),
        llamaMachine,
      );
    const [without, with_] = [of('deepseek-v3', 2), of('deepseek-v3-mtp', 2)];
    expect(with_.stepTimeS).toBeGreaterThan(without.stepTimeS);
    // arXiv 2412.19437: one of 61 layers and a second output of 7,168 x 129,280, about 4 % of the work.
    const flop = (step: typeof without) => step.tflopsPerAccelerator / step.tokensPerSecond;
    expect(flop(with_) / flop(without)).toBeCloseTo(1.041, 2);
  });
});

describe('what software does beside computing', () => {
  const megatron = (change: Record<string, unknown>, parallelism: Record<string, unknown>) =>
    estimateStep(
      llamaWorkload({
        model: { preset: 'megatron-175b' },
        accelerator: A100.id,
        accelerators: 96,
        scaleOutGbps: 200,
        sequence: 2048,
        globalBatch: 96,
        recompute: 'full',
        parallelism: { tp: 8, pp: 12, dp: 1, sequenceParallel: false, zeroStage: 0, ...parallelism },
        ...change,
      }),
      { accelerator: A100, network: plainNetwork(200, 8) },
    );

  it('without sequence parallelism the receiver of an activation gathers it over scale-up (arXiv 2104.04473, section 4.1)', () => {
    const sends = (sequenceParallel: boolean) => megatron({}, { sequenceParallel }).communication.filter((row) => row.group === 'pipeline');
    expect(sends(true).map((row) => row.domain)).toEqual(['scale-out']);
    // 96 microbatches, forward and backward, 7/8 of 2 x 2,048 x 12,288 bytes.
    expect(sends(false).map((row) => [row.domain, row.volumeBytes])).toEqual([
      ['scale-up', 2 * 96 * (7 / 8) * 2 * 2048 * 12_288],
      ['scale-out', (2 * 96 * 2 * 2048 * 12_288) / 8],
    ]);
  });

  it('replicas without sequence parallelism add the gradients of every microbatch by a kernel: 8 bytes a parameter', () => {
    const at = (globalBatch: number, dp: number) => megatron({ globalBatch, accelerators: 96 * dp }, { dp }).computeS;
    // 96 microbatches each; 1.82 billion parameters an accelerator at 0.9 x 2,039 GB/s.
    const local = (12 * 12_288 ** 2 * 96 + 51_200 * 12_288 * 0.5) / 96;
    const added = (at(192, 2) - at(96, 1)) / 96;
    expect(added / ((8 * local) / (0.9 * 2039e9))).toBeCloseTo(1, 1);
  });

  it('ZeRO 3 on the software of 2021 waits for its gathers: twice the accelerators are no faster (arXiv 2104.04473, Table 2)', () => {
    const at = (accelerators: number, microBatch: number) =>
      megatron({ accelerators, globalBatch: 1536, microBatch }, { tp: 1, pp: 1, dp: accelerators, zeroStage: 3 }).stepTimeS;
    expect(at(1536, 1) / at(768, 2)).toBeCloseTo(1, 1);
  });

  it('overlapping the exchange of experts hides half of it and costs the host time', () => {
    const job = (expertOverlap: boolean, accelerator: AcceleratorFacts, microBatch: number) =>
      estimateStep(
        llamaWorkload({
          model: { preset: 'qwen3-235b' },
          accelerator: accelerator.id,
          sequence: 4096,
          accelerators: 256,
          globalBatch: 8192,
          microBatch,
          precision: 'fp8',
          parallelism: { tp: 1, pp: 8, dp: 32, ep: 8, interleave: 4, expertOverlap },
        }),
        { accelerator, network: plainNetwork(400, 8) },
      );
    const exchanged = (overlap: boolean) =>
      job(overlap, H100, 8)
        .communication.filter((row) => row.group === 'expert')
        .reduce((sum, row) => sum + row.exposedS, 0);
    expect(exchanged(true)).toBeCloseTo(exchanged(false) / 2, 9);
    expect(job(true, H100, 8).stepTimeS).toBeLessThan(job(false, H100, 8).stepTimeS);
    // Where products are fast and small the host sets the pace.
    const B300 = publishedAccelerator('nvidia-b300-sxm');
    expect(job(true, B300, 1).stepTimeS).toBeGreaterThan(job(false, B300, 1).stepTimeS);
  });

  it('refuses an overlap of nothing', () => {
    expect(
      faultOf(() => estimateStep(llamaWorkload({ parallelism: { tp: 8, pp: 16, dp: 128, expertOverlap: true } }), llamaMachine)),
    ).toContain('parallelism.expertOverlap: is true, but ep is 1');
  });
});
