import type { Brief } from '../engine/brief/schema';
import type { SizingInput } from './sizing';

/** What floors depend on: all of the brief but its money, and the catalog. Of the prices, the shaper itself knows what matters. */
export function placedKey({ pricing: _pricing, objective: _objective, ...placed }: Brief, { catalogs }: SizingInput): string {
  return JSON.stringify([placed, catalogs]);
}
