import { entriesById, type Catalog } from '../../catalog/catalog';
import { nicEnds, type LinkEnd } from '../media/link-end';
import type { SwitchOption } from './fabric-options';

/** Ends of things that are not servers: management hosts, and switches' own management ports. */

/** A host's card: one port a cage, of the fabric's speed, like the server's; the server's own cage where no such card exists. */
export function serviceHostEnd(catalog: Catalog, option: SwitchOption): LinkEnd {
  const { nic } = option.ends;
  for (const entry of entriesById(catalog, 'nic')) {
    const end = nicEnds(entry, option.linkGbps).find(
      (candidate) =>
        candidate.portsPerCage === 1 &&
        candidate.laneGbps === nic.laneGbps &&
        candidate.form === nic.form &&
        candidate.protocols.includes(option.protocol),
    );
    if (end) return end;
  }
  return nic;
}

/** A switch's management port is like a server's: RJ45. */
export function managementEnd(option: SwitchOption): LinkEnd {
  return option.ends.nic;
}
