import { implement } from '@orpc/server';
import { contract } from '../contract/contract';
import { fileStem } from '../contract/file-name';
import { parseBrief } from '../engine/brief/schema';
import { stepAlternatives } from '../engine/design/alternatives';
import { calibrateSite } from '../engine/design/workload-calibrate';
import { stepCurve } from '../engine/design/workload-curve';
import { serveWorkload } from '../engine/design/workload-serve';
import { estimateWorkload } from '../engine/design/workload-step';
import { countFabric } from '../engine/fabric/count-fabric';
import { mediaOptions } from '../engine/media/media-options';
import { countSupernode } from '../engine/supernode/count-supernode';
import { modelSummaries } from '../engine/workload/presets';
import { validationTable } from '../engine/workload/validation';
import { cableRows, countCableRows } from '../engine/wiring/cable-rows';
import { verifyDesign } from '../engine/verify/verify-design';
import { readProject, writeProject } from '../project/project';
import { topologiesOf } from '../quote/topology/topologies';
import { writeQuotePdf } from '../quote/pdf/write-pdf';
import { writeWorkbook } from '../quote/workbook/write-workbook';
import { cableFile } from './cable-file';
import { checkCatalog, listCatalog, showEntry } from './catalog-procedures';
import { inTurns } from './in-turns';
import type { ServiceDependencies } from './dependencies';
import { createComparing } from './comparing';
import { compareOnThread } from './comparing-thread';
import { mapFaults, mapStreamFaults } from './fault-mapping';
import { cablesOfDevice, graphOf, traysOf } from './pictures';
import { diffBooks, exportBook, importList, previewOf } from './price-procedures';
import { createPriceShelf } from './price-shelf';
import { createSizing } from './sizing';
import { createWorkspace } from './workspace';

/** Implements every procedure of the contract over engine, quote and project. Knows no host. */
export function createRouter(dependencies: ServiceDependencies) {
  const { catalog, prices, templates, now } = dependencies;
  const workspace = createWorkspace(dependencies.documents, now);
  const shelf = createPriceShelf(dependencies.documents);
  const api = implement(contract).use(mapFaults);

  const sizing = createSizing(dependencies);
  const { today, catalogOf, pricesOf, contextOf, size, quoteOf } = sizing;
  const comparing = createComparing(sizing, dependencies);
  const { startComparing } = dependencies;
  const { run, whyNot } = startComparing === undefined ? comparing : compareOnThread(startComparing, comparing);

  return api.router({
    catalog: {
      list: api.catalog.list.handler(({ input }) => listCatalog(catalogOf(input), pricesOf(input), input.kind)),
      show: api.catalog.show.handler(({ input }) => showEntry(catalogOf(input), pricesOf(input), input.id)),
      check: api.catalog.check.handler(({ input }) => checkCatalog(catalog, input.files)),
    },
    fabric: { count: api.fabric.count.handler(({ input }) => countFabric(input)) },
    workload: {
      step: api.workload.step.handler(({ input }) => estimateWorkload(catalogOf(input), pricesOf(input), input.workload)),
      curve: api.workload.curve.handler(({ input: { catalogs, ...query }, signal }) =>
        inTurns(stepCurve(catalogOf({ catalogs }), query), signal),
      ),
      calibrate: api.workload.calibrate.handler(({ input: { catalogs, ...query } }) => calibrateSite(catalogOf({ catalogs }), query)),
      serve: api.workload.serve.handler(({ input }) => serveWorkload(catalogOf(input), input.serving)),
      models: api.workload.models.handler(() => modelSummaries()),
      validate: api.workload.validate.handler(() => validationTable()),
    },
    supernode: { count: api.supernode.count.handler(({ input }) => countSupernode(catalog, input)) },
    media: { options: api.media.options.handler(({ input }) => mediaOptions(catalog, prices, input)) },
    design: {
      size: api.design.size.handler(({ input }) => size(input).design),
      alternatives: api.design.alternatives.handler(({ input, signal }) =>
        inTurns(stepAlternatives(parseBrief(input.brief), input.axis, contextOf(parseBrief(input.brief), input)), signal),
      ),
      verify: api.design.verify.handler(({ input }) => verifyDesign(size(input))),
      graph: api.design.graph.handler(({ input }) => graphOf(size(input), input.fabric, input.site)),
      trays: api.design.trays.handler(({ input }) => traysOf(size(input))),
      cablesOf: api.design.cablesOf.handler(({ input }) => cablesOfDevice(size(input), catalogOf(input), input.device)),
    },
    compare: {
      run: api.compare.run.handler(({ input, signal }) => mapStreamFaults(run(input, signal))),
      whyNot: api.compare.whyNot.handler(({ input, signal }) => whyNot(input, signal)),
      differences: api.compare.differences.handler(({ input }) => comparing.differences(input)),
      breakEven: api.compare.breakEven.handler(({ input, signal }) => inTurns(comparing.breakEven(input), signal)),
      sensitivity: api.compare.sensitivity.handler(({ input, signal }) => inTurns(comparing.sensitivity(input), signal)),
      monteCarlo: api.compare.monteCarlo.handler(({ input, signal }) => inTurns(comparing.monteCarlo(input), signal)),
    },
    quote: {
      build: api.quote.build.handler(({ input }) => quoteOf(input).quote),
      workbook: api.quote.workbook.handler(async ({ input }) => {
        const { built, quote } = quoteOf(input);
        const bytes = await writeWorkbook(quote, built.design, {
          audience: input.audience,
          language: input.language,
          paper: input.paper,
          date: today(),
          topologies: topologiesOf(built),
          cables: { count: countCableRows(built), rows: () => cableRows(built, catalogOf(input)) },
        });
        return new File([new Uint8Array(bytes)], `${fileStem(quote.name, 'quote')}.xlsx`, { type: XLSX });
      }),
      pdf: api.quote.pdf.handler(async ({ input: { language, paper, ...input } }) => {
        const { built, quote } = quoteOf(input);
        const bytes = await writeQuotePdf(quote, built.design, await dependencies.documentFont(), {
          language,
          paper,
          date: today(),
          topologies: topologiesOf(built),
        });
        return new File([new Uint8Array(bytes)], `${fileStem(quote.name, 'quote')}.pdf`, { type: 'application/pdf' });
      }),
      cables: api.quote.cables.handler(({ input: { format, language, paper, ...input }, signal }) =>
        cableFile(size(input), catalogOf(input), { format, language, paper, date: today(), signal }),
      ),
    },
    prices: {
      import: api.prices.import.handler(({ input, signal }) =>
        importList(input, { catalog: catalogOf(input), builtIn: prices, date: today(), signal }),
      ),
      preview: api.prices.preview.handler(({ input, signal }) => previewOf(input.file, signal)),
      kept: api.prices.kept.handler(() => shelf.list()),
      keep: api.prices.keep.handler(({ input }) => shelf.keep(input.id, input.book)),
      forget: api.prices.forget.handler(({ input }) => shelf.forget(input.id)),
      diff: api.prices.diff.handler(({ input }) => diffBooks(input.before, input.after)),
      export: api.prices.export.handler(({ input }) => exportBook(pricesOf(input).book, input.format)),
    },
    project: {
      read: api.project.read.handler(({ input }) => readProject(input.text)),
      write: api.project.write.handler(({ input }) => writeProject(input.project)),
    },
    workspace: {
      list: api.workspace.list.handler(() => workspace.list()),
      keep: api.workspace.keep.handler(({ input }) => workspace.keep({ ...input, project: input.project })),
      open: api.workspace.open.handler(({ input }) => workspace.open(input.id)),
      forget: api.workspace.forget.handler(({ input }) => workspace.forget(input.id)),
    },
    templates: { list: api.templates.list.handler(() => templates) },
  });
}
export type Router = ReturnType<typeof createRouter>;

const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
