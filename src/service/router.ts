import { implement } from '@orpc/server';
import { createCatalog, createPriceList, entriesOf, nearestIds, type PriceList } from '../catalog/catalog';
import type { CatalogEntry, CatalogKind } from '../catalog/schema';
import { contract } from '../contract/contract';
import { fileStem } from '../contract/file-name';
import type { CatalogRow } from '../contract/procedures';
import { parseBrief } from '../engine/brief/schema';
import { stepAlternatives } from '../engine/design/alternatives';
import { sizeBrief, type SizingContext } from '../engine/design/size';
import { calibrateSite } from '../engine/design/workload-calibrate';
import { curveOfWorkload } from '../engine/design/workload-curve';
import { serveWorkload } from '../engine/design/workload-serve';
import { estimateWorkload } from '../engine/design/workload-step';
import { countFabric } from '../engine/fabric/count-fabric';
import { mediaOptions } from '../engine/media/media-options';
import { countSupernode } from '../engine/supernode/count-supernode';
import { modelSummaries } from '../engine/workload/presets';
import { validationTable } from '../engine/workload/validation';
import { verifyDesign } from '../engine/verify/verify-design';
import { readProject, writeProject } from '../project/project';
import { buildQuote } from '../quote/build-quote';
import { writeWorkbook } from '../quote/workbook/write-workbook';
import { InputFault } from '../units/fault';
import { list } from '../units/format';
import { cableFile } from './cable-file';
import { inTurns } from './in-turns';
import type { ServiceDependencies } from './dependencies';
import { mapFaults } from './fault-mapping';
import { createLastSizing } from './last-sizing';
import { cablesOfDevice, graphOf, traysOf } from './pictures';

/** Implements every procedure of the contract over engine, quote and project. Knows no host. */
export function createRouter(dependencies: ServiceDependencies) {
  const { catalog, prices, templates, now } = dependencies;
  const api = implement(contract).use(mapFaults);

  const contextWith = (priceBook: unknown): SizingContext => ({
    catalog,
    prices: priceBook === undefined || priceBook === null ? prices : createPriceList(priceBook),
  });
  const lastSizing = createLastSizing();
  const size = ({ brief, priceBook }: { readonly brief?: unknown; readonly priceBook?: unknown }) =>
    lastSizing({ brief, priceBook }, () => sizeBrief(parseBrief(brief), contextWith(priceBook)));
  const today = () => now().toISOString().slice(0, 10);
  const quoteOf = (input: { readonly brief?: unknown; readonly priceBook?: unknown }) => {
    const { design } = size(input);
    return { design, quote: buildQuote(design, { date: today(), priceBook: contextWith(input.priceBook).prices.book }) };
  };
  const row = (entry: CatalogEntry): CatalogRow => ({ entry, price: priceRow(prices, entry.id) });

  return api.router({
    catalog: {
      list: api.catalog.list.handler(({ input }) =>
        (input.kind === undefined ? catalog.entries : entriesOf(catalog, kindOf(input.kind))).map(row),
      ),
      show: api.catalog.show.handler(({ input }) => row(showEntry(dependencies, input.id))),
      check: api.catalog.check.handler(({ input }) => checkCatalog(dependencies, input.files)),
    },
    fabric: { count: api.fabric.count.handler(({ input }) => countFabric(input)) },
    workload: {
      step: api.workload.step.handler(({ input }) => estimateWorkload(catalog, contextWith(input.priceBook).prices, input.workload)),
      curve: api.workload.curve.handler(({ input }) => curveOfWorkload(catalog, input)),
      calibrate: api.workload.calibrate.handler(({ input }) => calibrateSite(catalog, input)),
      serve: api.workload.serve.handler(({ input }) => serveWorkload(catalog, input)),
      models: api.workload.models.handler(() => modelSummaries()),
      validate: api.workload.validate.handler(() => validationTable()),
    },
    supernode: { count: api.supernode.count.handler(({ input }) => countSupernode(catalog, input)) },
    media: { options: api.media.options.handler(({ input }) => mediaOptions(catalog, prices, input)) },
    design: {
      size: api.design.size.handler(({ input }) => size(input).design),
      alternatives: api.design.alternatives.handler(({ input, signal }) =>
        inTurns(stepAlternatives(parseBrief(input.brief), input.axis, contextWith(input.priceBook)), signal),
      ),
      verify: api.design.verify.handler(({ input }) => verifyDesign(size(input))),
      graph: api.design.graph.handler(({ input }) => graphOf(size(input), input.fabric)),
      trays: api.design.trays.handler(({ input }) => traysOf(size(input))),
      cablesOf: api.design.cablesOf.handler(({ input }) => cablesOfDevice(size(input), catalog, input.device)),
    },
    quote: {
      build: api.quote.build.handler(({ input }) => quoteOf(input).quote),
      workbook: api.quote.workbook.handler(async ({ input }) => {
        const { design, quote } = quoteOf(input);
        const bytes = await writeWorkbook(quote, design, { audience: input.audience, language: input.language, date: today() });
        return new File([new Uint8Array(bytes)], `${fileStem(quote.name, 'quote')}.xlsx`, { type: XLSX });
      }),
      cables: api.quote.cables.handler(({ input: { format, language, paper, ...input }, signal }) =>
        cableFile(size(input), catalog, { format, language, paper, date: today(), signal }),
      ),
    },
    project: {
      read: api.project.read.handler(({ input }) => readProject(input.text)),
      write: api.project.write.handler(({ input }) => writeProject(input.project)),
    },
    templates: { list: api.templates.list.handler(() => templates) },
  });
}
export type Router = ReturnType<typeof createRouter>;

const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

function priceRow({ book, bySku }: PriceList, id: string): CatalogRow['price'] {
  const price = bySku.get(id);
  if (price === undefined) return null;
  const { unitPrice, perMetre, source, confidence, asOf } = price;
  return {
    unitPrice,
    ...(perMetre === undefined ? {} : { perMetre }),
    currency: book.currency,
    source,
    confidence,
    ...(asOf === undefined ? {} : { asOf }),
  };
}

const KINDS: readonly CatalogKind[] = [
  'accelerator',
  'supernode',
  'nic',
  'switch',
  'transceiver',
  'cable',
  'fibre',
  'rack',
  'failure-rate',
];

function kindOf(kind: string): CatalogKind {
  const found = KINDS.find((candidate) => candidate === kind);
  if (found === undefined) throw InputFault.of('--kind', `is "${kind}"; allowed: ${KINDS.join(', ')}`);
  return found;
}

function showEntry({ catalog }: ServiceDependencies, id: string): CatalogEntry {
  const entry = catalog.byId.get(id);
  if (entry) return entry;
  throw InputFault.of('id', `is "${id}", which the catalog does not have; use ${list(nearestIds(id, [...catalog.byId.keys()]))}`);
}

function checkCatalog({ catalog }: ServiceDependencies, files: readonly { readonly name: string; readonly content?: unknown }[]) {
  try {
    const own = { name: 'built-in', content: { format: 'scaleplan.catalog/1', entries: catalog.entries } };
    const merged = createCatalog([own, ...files.map(({ name, content }) => ({ name, content }))]);
    return { ok: true, entries: merged.entries.length, issues: [] };
  } catch (error) {
    if (!(error instanceof InputFault)) throw error;
    return { ok: false, entries: catalog.entries.length, issues: error.issues };
  }
}
