import { describe, expect, it } from 'vitest';
import { isBuildableSlimFly } from '../../src/engine/fabric/slim-fly';
import { fabricOf } from './cases/fabric-of';
import { superpodCases } from './cases/superpod';
import { goldenRows } from './reference';

/** Figures printed in sources that their own arithmetic refutes; docs/sources-and-misprints.md tells of each. */

describe('misprints, with the arithmetic', () => {
  it('H100 SuperPOD table 3 prints spine-core cables of two-tier fabrics', () => {
    for (const id of ['h100-superpod-t3-su4', 'h100-superpod-t3-su8']) {
      const row = goldenRows.find((one) => one.data.id === id)!;
      const printed = (row.data as { asPrinted?: { spine_core_cables: number } }).asPrinted!.spine_core_cables;
      const { core, spine_core_cables: cables } = superpodCases[id]!(row);
      expect([printed > 0, core, cables]).toEqual([true, 0, 0]);
    }
  });

  it('the HTML edition of the same table prints 56 units for 2,048 nodes', () => {
    expect(56 * 32).not.toBe(2_048);
    expect(64 * 32).toBe(2_048);
  });

  it('B300-XDR table 3 prints 9,216 GPUs beside 1,296 nodes and 10,368 cables', () => {
    expect(1_296 * 8).toBe(10_368);
    expect(fabricOf({ endpoints: 1_296 * 8, radix: 144, rails: 8, scalableUnit: 576 }).links.endpoint).toBe(10_368);
  });

  it('BasePOD table 4.2 counts 16 fibres where 32 links of 400G run', () => {
    const links = 4 * 8;
    const cages = 4 * 4;
    expect([cages, links]).toEqual([16, 32]);
  });

  it('DeepSeek-V3 table 3 prints a Slim Fly of q = 28, which is not a prime power', () => {
    expect(isBuildableSlimFly(28)).toBe(false);
    expect([25, 27, 29].every(isBuildableSlimFly)).toBe(true);
  });

  it('Llama 3 table 5 prints 148 of 419 interruptions as 30.1 %', () => {
    expect(((148 / 419) * 100).toFixed(1)).toBe('35.3');
  });

  it('Fire-Flyer prints 91 % at 512 GPUs, which its times give at 256', () => {
    const efficiency = (gpus: number, stepS: number) => (64 * 64.118) / (gpus * stepS);
    expect((100 * efficiency(512, 9.717)).toFixed(1)).toBe('82.5');
    expect((100 * efficiency(256, 17.448)).toFixed(1)).toBe('91.9');
  });

  it('SemiAnalysis GB200 calls two twin-port modules 30 % cheaper than four single-port ones of 0.65 of their price', () => {
    expect(Math.round(100 * (1 - 2 / (4 * 0.65)))).toBe(23);
  });

  it('SemiAnalysis GB200 calls four Q3200 what two chassis of two 36-port switches are', () => {
    const railPorts = 4 * 36;
    expect(railPorts / (2 * 36)).toBe(2);
  });

  it('Fire-Flyer counts 122 switches where two zones have 120', () => {
    expect(2 * fabricOf({ endpoints: 800, radix: 40, tiers: 2 }).switches).toBe(120);
  });
});
