import type { Accelerator } from '../../catalog/schema';
import { InputFault } from '../../units/fault';
import type { AcceleratorFacts } from '../workload/facts';

/** The catalog's entry as the workload model reads it. Throws InputFault where a figure it needs is not published. */
export function acceleratorFacts(entry: Accelerator, path: string): AcceleratorFacts {
  const missing = (['memoryGB', 'memoryGBps', 'scaleUpGbps'] as const).find((field) => entry[field] === undefined);
  if (missing !== undefined)
    throw InputFault.of(
      path,
      `is "${entry.id}", whose ${missing} is not published; choose another accelerator or add the figure in a catalog file`,
    );
  return {
    id: entry.id,
    peakTflops: entry.peakTflops,
    memoryGB: entry.memoryGB!,
    memoryGBps: entry.memoryGBps!,
    scaleUpGBps: entry.scaleUpGbps! / 8,
    ...(entry.tdpW === undefined ? {} : { powerW: entry.tdpW }),
  };
}
