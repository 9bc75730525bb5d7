import { describe, expect, it } from 'vitest';
import { sizeBrief } from '../../../src/engine/design/size';
import { InputFault } from '../../../src/units/fault';
import { briefOf, builtIn } from '../../support/built-in';

const size = (fields: Parameters<typeof briefOf>[0]) => sizeBrief(briefOf(fields), builtIn).design;

describe('a spine named while the leaf is open', () => {
  it('rules out leaves that do not match it, not the brief', () => {
    const { compute } = size({
      accelerators: 1_024,
      supernode: 'nvidia-dgx-h100',
      fabrics: { compute: { topology: 'fat-tree', spineSwitch: 'nvidia-qm9700' } },
    }).fabrics;
    expect(compute.switchIds[1]).toBe('nvidia-qm9700');
    expect(compute.protocol).toBe('infiniband');
  });

  it('is the fault when no leaf matches it', () => {
    const ask = () => size({ accelerators: 1_024, supernode: 'nvidia-dgx-h100', fabrics: { compute: { spineSwitch: 'nvidia-sn2201' } } });
    expect(ask).toThrow(InputFault);
    expect(ask).toThrow('choose a switch that matches');
  });
});

describe('the NIC of a custom supernode', () => {
  it.each([
    ['nvidia-h100-sxm5', 'nvidia-connectx-7-osfp'],
    ['amd-mi300x', 'amd-pensando-pollara-400'],
    ['intel-gaudi3', 'nvidia-connectx-7-osfp'],
  ])("is of the accelerator's own maker where it makes one: %s", (accelerator, nic) => {
    const { lines } = size({ accelerators: 16, supernode: { accelerator, size: 16, scaleUpGbps: 3_600, nicGbps: 400 } });
    expect(lines.find((line) => line.category === 'nics')?.sku).toBe(nic);
  });
});
