import { ceilDiv } from '../../units/integer';
import type { ScaleUpSizer } from './supernode-spec';

export const scaleUpSizer: ScaleUpSizer = ({ accelerators, gbpsPerAccelerator, linkGbps, radix = 72 }) => {
  const ports = ceilDiv(gbpsPerAccelerator, linkGbps);
  const chips =
    accelerators <= radix ? ceilDiv(ports, Math.max(1, Math.floor(radix / accelerators))) : ceilDiv(3 * accelerators * ports, radix);
  return {
    switches: chips,
    links: accelerators * ports,
    transceivers: accelerators <= radix ? 0 : 2 * accelerators * ports,
    copperPairs: accelerators <= radix ? accelerators * ports * 4 : 0,
    medium: accelerators <= radix ? 'copper' : 'optics',
    powerW: 0,
  };
};
