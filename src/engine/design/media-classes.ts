import type { FailureRate } from '../../catalog/schema';
import type { Category } from '../brief/schema';
import type { MediaRow } from './design';

/** Where a medium's kind stands in the quote, and among the failure rates. */

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

export const FAILING_PART: Readonly<Record<MediaRow['kind'], FailureRate['part']>> = {
  transceiver: 'transceiver',
  lpo: 'linear-transceiver',
  cpo: 'co-packaged-port',
  dac: 'dac',
  acc: 'acc',
  aec: 'aec',
  aoc: 'aoc',
  fibre: 'fibre',
  cat6: 'cat6',
};
