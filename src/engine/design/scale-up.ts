import { sizeScaleUp } from '../supernode/scale-up';
import type { ScaleUpSizer } from './supernode-spec';

/** The scale-up fabric of a supernode that a brief describes. */
export const scaleUpSizer: ScaleUpSizer = (request) => sizeScaleUp(request);
