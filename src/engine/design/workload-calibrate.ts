import { z } from 'zod';
import { requireEntry, type Catalog } from '../../catalog/catalog';
import { parseOrFault } from '../../catalog/sentence';
import { InputFault } from '../../units/fault';
import { COLLECTIVES, readNcclRun, type RunFacts } from '../workload/nccl-run';
import { calibrateRuns, type NamedRun, type SiteCalibration } from '../workload/site-calibration';
import { acceleratorFacts } from './accelerator-facts';

/** A site's measurements as text, and what the text does not say: what the command `calibrate` takes. */
export const calibrateQuery = z.strictObject({
  site: z.string().min(1).max(100).default('site'),
  accelerator: z.string().min(1).max(200),
  /** Scale-out rate of one accelerator; needed for runs across domains. */
  scaleOutGbps: z.number().positive().max(1_000_000).optional(),
  files: z
    .array(
      z.strictObject({
        name: z.string().min(1).max(500),
        text: z.string(),
        operation: z.enum(COLLECTIVES).optional(),
        ranks: z.int().min(2).max(10_000_000).optional(),
        /** Scale-up domains of the run, where they are not the hosts it lists. */
        nodes: z.int().min(1).max(10_000_000).optional(),
      }),
    )
    .min(1)
    .max(1_000),
});

export function calibrateSite(catalog: Catalog, input: unknown): SiteCalibration {
  const { site, accelerator: id, scaleOutGbps, files } = parseOrFault(calibrateQuery, input);
  const accelerator = acceleratorFacts(requireEntry(catalog, 'accelerator', id, 'accelerator'), 'accelerator');
  const runs = files.map(({ name, text, operation, ranks, nodes }): NamedRun => {
    const facts: RunFacts = {
      ...(operation === undefined ? {} : { operation }),
      ...(ranks === undefined ? {} : { ranks }),
      ...(nodes === undefined ? {} : { nodes }),
    };
    return { name, run: inFile(name, () => readNcclRun(text, facts)) };
  });
  return calibrateRuns(site, runs, accelerator, scaleOutGbps);
}

/** Faults of a file are told with its name. */
function inFile<T>(name: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof InputFault)) throw error;
    throw new InputFault(error.issues.map(({ path, message }) => ({ path: `${name}: ${path}`, message })));
  }
}
