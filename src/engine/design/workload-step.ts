import { entriesOf, requireEntry, type Catalog } from '../../catalog/catalog';
import type { PriceList } from '../../catalog/price-book';
import { InputFault } from '../../units/fault';
import { list, num } from '../../units/format';
import { decimal, moneyString } from '../../units/money';
import { partPrice } from '../cost/part-price';
import { resolvePricing } from '../cost/pricing';
import { SITE_DEFAULTS } from '../floor/site';
import { HOURS_PER_YEAR } from '../reliability/failure-rate';
import { leastAccelerators } from '../workload/demand';
import { estimateStep } from '../workload/estimate-step';
import { plainNetwork } from '../workload/facts';
import type { Machine } from '../workload/job';
import { runningCost, type RunningTerms } from '../workload/running-cost';
import { parseWorkload, type WorkloadDocument } from '../workload/schema';
import type { StepResult } from '../workload/step-result';
import { acceleratorFacts } from './accelerator-facts';
import { HOST_OVERHEAD } from './supernode-spec';

/** The step of a workload that brings its own machine: what the command `step` answers. */

const MACHINE_FIELDS = ['accelerator', 'supernodeSize', 'scaleOutGbps'] as const;

/** The machine that a workload on its own names; `open` fields may be left out, because the caller varies them. */
export function machineOf(catalog: Catalog, workload: WorkloadDocument, open: readonly (typeof MACHINE_FIELDS)[number][] = []): Machine {
  const missing = MACHINE_FIELDS.find((field) => workload[field] === undefined && !open.includes(field));
  if (missing !== undefined)
    throw InputFault.of(
      missing,
      `is missing; a workload on its own needs ${list(
        MACHINE_FIELDS.filter((field) => !open.includes(field)),
        'and',
      )}`,
    );
  const accelerator = acceleratorFacts(requireEntry(catalog, 'accelerator', workload.accelerator!, 'accelerator'), 'accelerator');
  return { accelerator, network: plainNetwork(workload.scaleOutGbps ?? 400, workload.supernodeSize ?? 8) };
}

export function estimateWorkload(catalog: Catalog, prices: PriceList, input: unknown): StepResult {
  const workload = parseWorkload(input);
  const machine = machineOf(catalog, workload);
  const demand =
    workload.accelerators === undefined && workload.deadlineDays !== undefined ? leastAccelerators(workload, machine) : undefined;
  const step = estimateStep(workload, machine, demand?.accelerators ?? workload.accelerators);
  const terms = runningTerms(catalog, prices, workload, machine);
  return {
    ...step,
    ...(terms === null ? {} : { running: runningCost(step, workload.tokens, terms) }),
    ...(demand === undefined ? {} : { demand }),
  };
}

/** Power and price of one accelerator of the job, from the document, else from the catalog's system of that accelerator; null without power. */
function runningTerms(catalog: Catalog, prices: PriceList, workload: WorkloadDocument, machine: Machine): RunningTerms | null {
  const system = systemOf(catalog, workload);
  const { powerW } = machine.accelerator;
  if (system === undefined && powerW === undefined) return null;
  const itPowerW = system === undefined ? powerW! * (1 + HOST_OVERHEAD) : system.powerW / system.accelerators;
  const pue = workload.economics?.pue ?? SITE_DEFAULTS.pue;
  return {
    itPowerW,
    pue,
    powerBasis:
      system === undefined
        ? `${num(powerW!)} W of the accelerator and ${num(100 * HOST_OVERHEAD)} % for its host, without network`
        : `${system.model}, ${num(system.powerW)} W for ${num(system.accelerators)} accelerators, without network`,
    price: priceOf(prices, workload, system, itPowerW * pue),
    goodputPct: 100,
  };
}

/** The catalog's supernode with this accelerator, of the size the job names when there is one. */
function systemOf(catalog: Catalog, workload: WorkloadDocument) {
  const systems = entriesOf(catalog, 'supernode').filter((entry) => entry.accelerator === workload.accelerator);
  return systems.find((entry) => entry.accelerators === workload.supernodeSize) ?? systems[0];
}

function priceOf(
  prices: PriceList,
  { economics = {} }: WorkloadDocument,
  system: ReturnType<typeof systemOf>,
  facilityW: number,
): RunningTerms['price'] {
  const pricing = resolvePricing(
    {
      ...(economics.energyPerKwh === undefined ? {} : { energyPerKwh: economics.energyPerKwh }),
      ...(economics.years === undefined ? {} : { years: economics.years }),
    },
    prices.book,
  );
  if (economics.acceleratorHour !== undefined) {
    return {
      acceleratorHour: economics.acceleratorHour,
      currency: economics.currency ?? prices.book.currency,
      basis: 'price of an accelerator-hour as given in the workload',
    };
  }
  const price = system === undefined ? null : partPrice(prices, system.id);
  if (system === undefined || price === null) return null;
  if (economics.currency !== undefined && economics.currency !== prices.book.currency) {
    throw InputFault.of(
      'economics.currency',
      `is ${economics.currency}, but the price book is in ${prices.book.currency}; leave it out, or give acceleratorHour in ${economics.currency}`,
    );
  }
  const hardware = price.unit.div(system.accelerators).div(pricing.years * HOURS_PER_YEAR);
  const energy = decimal(facilityW).div(1000).times(pricing.energyPerKwh);
  return {
    acceleratorHour: hardware.plus(energy).toFixed(4),
    currency: prices.book.currency,
    basis: `${system.model} at ${prices.book.currency} ${moneyString(price.unit, prices.book.currency)} over ${pricing.years} years and energy at ${pricing.energyPerKwh.toString()} a kWh, in use all the time; without network, staff and space`,
  };
}
