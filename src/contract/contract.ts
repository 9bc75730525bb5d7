import { eventIterator, oc, type } from '@orpc/contract';
import { z } from 'zod';
import { OBJECTIVES } from '../engine/brief/schema';
import { DRIVERS } from '../engine/explore/sensitivity';
import type { Design } from '../engine/design/design';
import type { FabricCounts } from '../engine/fabric/counts';
import type { TrayLoad } from '../engine/floor/tray-load';
import type { SupernodeCounts } from '../engine/supernode/count-supernode';
import type { CableRow } from '../engine/wiring/cable-row';
import type { FabricGraph } from '../engine/wiring/fabric-graph';
import type { WorkloadCurve } from '../engine/design/workload-curve';
import type { ServingAnswer } from '../engine/design/workload-serve';
import type { SiteCalibration } from '../engine/workload/site-calibration';
import type { StepResult } from '../engine/workload/step-result';
import type { ValidationRow } from '../engine/workload/validation';
import type { PriceDifference } from '../prices/diff-prices';
import type { SheetPreview } from '../prices/preview-list';
import type { Project } from '../project/project';
import type { Quote } from '../quote/quote';
import { errors } from './errors';
import { CABLE_FORMATS, type FileEvent } from './file-stream';
import type {
  Alternative,
  CatalogCheck,
  CatalogRow,
  CompareEvent,
  KeepAnswer,
  KeptProject,
  KeptSummary,
  MediaOption,
  ModelSummary,
  PriceImport,
  ShelvedBook,
  Template,
  Verification,
  BreakEven,
  MonteCarlo,
  PinnedDifferences,
  Sensitivity,
  WhyNot,
} from './procedures';

/**
 * Every procedure that a door offers, with its input and typed errors. Briefs arrive as plain JSON and are
 * read by the engine's own schema, so that each door gives the same sentence for the same fault.
 */

const brief = z.unknown();
const audience = z.enum(['customer', 'internal']).default('customer');
const language = z.enum(['en', 'zh']).default('en');
const paper = z.enum(['a4', 'letter']).default('a4');
/** A price book document that stands for the built-in one, or several of which a later goes before an earlier. */
const priceBook = z.unknown().optional();
const file = z.object({ name: z.string(), content: z.unknown() });
/** Catalog files over the built-in ones. */
const catalogs = z.array(file).optional();

/** Names a file of the host, so nothing but these letters. */
const keptId = z.string().regex(/^[0-9a-z][0-9a-z-]{7,63}$/);

/** What a comparison is made from; `digits` of an objective make a difference. */
const compared = z.object({ brief, priceBook, catalogs, digits: z.int().min(1).max(15).optional() });
/** Briefs with nothing left open. */
const pinned = z.object({ pins: z.array(brief).min(1).max(4), priceBook, catalogs });
const range = z
  .object({ low: z.number().min(0), mode: z.number().min(0), high: z.number().min(0).max(100) })
  .refine(({ low, mode, high }) => low <= mode && mode <= high, { message: 'must rise from low over mode to high' });

const procedure = oc.errors(errors);

export const contract = {
  catalog: {
    list: procedure.input(z.object({ kind: z.string().optional(), priceBook, catalogs })).output(type<readonly CatalogRow[]>()),
    show: procedure.input(z.object({ id: z.string(), priceBook, catalogs })).output(type<CatalogRow>()),
    check: procedure.input(z.object({ files: z.array(file) })).output(type<CatalogCheck>()),
  },
  fabric: {
    count: procedure.input(z.unknown()).output(type<FabricCounts>()),
  },
  supernode: {
    count: procedure.input(z.unknown()).output(type<SupernodeCounts>()),
  },
  workload: {
    /** Memory, time, energy and cost of one training step; without `accelerators` but with a deadline, on the least number. */
    step: procedure.input(z.object({ workload: z.unknown(), priceBook, catalogs })).output(type<StepResult>()),
    /** The job against the size of the supernode: `{ workload, sizes?, linkGbps?, radix? }`. */
    curve: procedure.input(z.looseObject({ catalogs })).output(type<WorkloadCurve>()),
    /** Measurements of nccl-tests into what a workload takes as `siteCalibration`: `{ site, accelerator, scaleOutGbps?, files: [{ name, text }] }`. */
    calibrate: procedure.input(z.looseObject({ catalogs })).output(type<SiteCalibration>()),
    /** Serving at a latency target, one result for each supernode size: a `scaleplan.serving/1` document. */
    serve: procedure.input(z.object({ serving: z.unknown(), catalogs })).output(type<ServingAnswer>()),
    /** The models that ship with the program. */
    models: procedure.output(type<readonly ModelSummary[]>()),
    /** Every published row beside ours. */
    validate: procedure.output(type<readonly ValidationRow[]>()),
  },
  media: {
    options: procedure.input(z.unknown()).output(type<readonly MediaOption[]>()),
  },
  design: {
    size: procedure.input(z.object({ brief, priceBook, catalogs })).output(type<Design>()),
    alternatives: procedure
      .input(z.object({ brief, priceBook, catalogs, axis: z.enum(['supernode', 'scaleOut', 'media']) }))
      .output(type<readonly Alternative[]>()),
    verify: procedure.input(z.object({ brief, priceBook, catalogs })).output(type<Verification>()),
    /** The real graph of one fabric, for its drawing; with several sites that of the named one, else of the first. */
    graph: procedure
      .input(
        z.object({
          brief,
          priceBook,
          catalogs,
          fabric: z.enum(['compute', 'storage', 'inBand', 'outOfBand']),
          site: z.string().optional(),
        }),
      )
      .output(type<FabricGraph>()),
    /** Cables rack by rack and tray by tray. */
    trays: procedure.input(z.object({ brief, priceBook, catalogs })).output(type<TrayLoad>()),
    /** Every cable that ends at the device of this name. */
    cablesOf: procedure.input(z.object({ brief, priceBook, catalogs, device: z.string() })).output(type<readonly CableRow[]>()),
  },
  compare: {
    /**
     * Explores what the brief leaves open: progress as it goes, the comparison as the last event. Ends when the caller stops listening.
     * With `verify` every design of the front is sized in full and checked against its own graph, and the answer says what was found.
     */
    run: procedure
      .input(
        compared.extend({
          objective: z.enum(OBJECTIVES).optional(),
          top: z.int().min(1).max(10_000).optional(),
          verify: z.boolean().optional(),
        }),
      )
      .output(eventIterator(type<CompareEvent>())),
    /** Why a candidate (a brief with nothing left open, such as a design point's own) is not on the front. */
    whyNot: procedure.input(compared.extend({ candidate: brief })).output(type<WhyNot>()),
    /** Up to four designs line by line, each against the first. */
    differences: procedure.input(pinned).output(type<PinnedDifferences>()),
    /** What would have to be true for a design to cost no more than a rival: prices, energy, years, growth. */
    breakEven: procedure.input(z.object({ chosen: brief, rival: brief, priceBook, catalogs })).output(type<readonly BreakEven[]>()),
    /** Total cost of each design with each driver lowered and raised by so many per cent, 20 unless given. */
    sensitivity: procedure.input(pinned.extend({ changePct: z.number().positive().max(90).optional() })).output(type<Sensitivity>()),
    /** Total cost under uncertain drivers, the same draws for every design; ranges left out are the default ones. */
    monteCarlo: procedure
      .input(
        pinned.extend({
          seed: z.int().min(0).max(4_294_967_295),
          samples: z.int().min(10).max(100_000).optional(),
          ranges: z.partialRecord(z.enum(DRIVERS), range).optional(),
        }),
      )
      .output(type<MonteCarlo>()),
  },
  quote: {
    /** `previous`: an earlier quote to compare with, as this procedure answered it. */
    build: procedure.input(z.object({ brief, priceBook, catalogs, previous: z.unknown().optional() })).output(type<Quote>()),
    workbook: procedure
      .input(z.object({ brief, priceBook, catalogs, previous: z.unknown().optional(), audience, language, paper }))
      .output(z.file()),
    /** The customer's quote as a PDF. */
    pdf: procedure.input(z.object({ brief, priceBook, catalogs, previous: z.unknown().optional(), language, paper })).output(z.file()),
    /** The cable schedule, in pieces as it is made. */
    cables: procedure
      .input(z.object({ brief, priceBook, catalogs, format: z.enum(CABLE_FORMATS).default('csv'), language, paper }))
      .output(eventIterator(type<FileEvent>())),
  },
  prices: {
    /** A price book from a supplier's list (.xlsx, .csv); `previous` is the book to compare with and whose mapping is used again. */
    import: procedure
      .input(
        z.object({
          file: z.file(),
          name: z.string().optional(),
          id: z.string().optional(),
          currency: z
            .string()
            .regex(/^[A-Z]{3}$/)
            .optional(),
          date: z
            .string()
            .regex(/^\d{4}-\d{2}-\d{2}$/)
            .optional(),
          mapping: z.unknown().optional(),
          skipFaulty: z.boolean().optional(),
          previous: z.unknown().optional(),
          catalogs,
        }),
      )
      .output(type<PriceImport>()),
    /** The sheets of a supplier's list with their first rows and headings, to say which column holds what. */
    preview: procedure.input(z.object({ file: z.file() })).output(type<readonly SheetPreview[]>()),
    /** The books that the host keeps for every project. */
    kept: procedure.output(type<readonly ShelvedBook[]>()),
    keep: procedure.input(z.object({ id: keptId, book: z.unknown() })).output(type<ShelvedBook>()),
    forget: procedure.input(z.object({ id: keptId })),
    diff: procedure.input(z.object({ before: z.unknown(), after: z.unknown() })).output(type<PriceDifference>()),
    /** The book as a list that a spreadsheet opens and `import` reads back without loss. */
    export: procedure.input(z.object({ priceBook, format: z.enum(['xlsx', 'csv']).default('xlsx') })).output(z.file()),
  },
  project: {
    /** Reads a project file's text: the latest version's document, or a fault that says why it was refused. */
    read: procedure.input(z.object({ text: z.string() })).output(type<Project>()),
    /** The project as the text of its file. */
    write: procedure.input(z.object({ project: z.unknown() })).output(z.string()),
  },
  workspace: {
    /** Copies of the projects worked on last, the newest first. */
    list: procedure.output(type<readonly KeptSummary[]>()),
    /** Keeps a copy, unless another window has changed the project since `revision`. */
    keep: procedure
      .input(z.object({ project: z.unknown(), window: z.string().max(100), revision: z.int().nullable(), saved: z.boolean() }))
      .output(type<KeepAnswer>()),
    open: procedure.input(z.object({ id: keptId })).output(type<KeptProject>()),
    forget: procedure.input(z.object({ id: keptId })),
  },
  templates: {
    list: procedure.output(type<readonly Template[]>()),
  },
};
export type Contract = typeof contract;
