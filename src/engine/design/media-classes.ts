import type { Category } from '../brief/schema';
import type { MediaRow } from './design';

/** Where a medium's kind stands in the quote. */

export const CATEGORY_OF: Readonly<Record<MediaRow['kind'], Category>> = {
  transceiver: 'optics',
  lpo: 'optics',
  cpo: 'optics',
  aoc: 'optics',
  dac: 'cables',
  acc: 'cables',
  aec: 'cables',
  fibre: 'cables',
  cat6: 'cables',
};
