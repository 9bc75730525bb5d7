import { computed, reactive, ref, shallowRef, watch } from 'vue';
import { toFault } from '../../../contract/faults';
import {
  InputFault,
  type InputIssue,
  type PriceBook,
  type PriceImport,
  type PriceMapping,
  type SheetPreview,
} from '../../../contract/procedures';
import { useClient } from '../../stores/client';
import { usePriceBooks } from '../../stores/price-books';

/** A supplier's list on its way to a price book: what is read of it follows every change of its mapping. */

/** Typing in a field is over after this time, ms. */
const PAUSE_MS = 250;

export interface ImportForm {
  sheet: string;
  /** Heading by what its column holds; empty where no column holds it. */
  columns: Record<string, string>;
  tiers: { column: string; fromQuantity: number }[];
  decimal: '' | 'point' | 'comma';
  name: string;
  currency: string;
  date: string;
  /** Id of the kept book that the list follows; empty for a first one. */
  previous: string;
  skipFaulty: boolean;
}

export function useImport() {
  const books = usePriceBooks();
  const file = shallowRef<File | null>(null);
  const sheets = shallowRef<readonly SheetPreview[]>([]);
  const form = reactive<ImportForm>(blankForm());
  const result = shallowRef<PriceImport | null>(null);
  const faults = shallowRef<readonly InputIssue[]>([]);
  const reading = ref(false);
  let turn = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;

  const sheet = computed(() => sheets.value.find(({ name }) => name === form.sheet) ?? null);
  const previous = computed(() => books.shelved.find(({ id }) => id === form.previous)?.book ?? null);

  async function open(picked: File): Promise<void> {
    const own = ++turn;
    file.value = picked;
    sheets.value = [];
    result.value = null;
    faults.value = [];
    reading.value = true;
    try {
      const found = await useClient().prices.preview({ file: picked });
      if (own !== turn) return;
      sheets.value = found;
      Object.assign(form, blankForm(), { name: picked.name.replace(/\.[^.]+$/, '') });
      const alike = books.shelved.filter(({ book }) => found.some((one) => fits(book.mapping, one)));
      const newest = alike.sort((a, b) => b.book.date.localeCompare(a.book.date))[0];
      if (newest !== undefined) follow(newest.id);
      else chooseSheet((found.find(({ readable }) => readable) ?? found[0]!).name);
    } catch (error) {
      if (own === turn) faults.value = issuesOf(error);
    } finally {
      if (own === turn) reading.value = false;
    }
  }

  /** Reads the sheet by its own headings. */
  function chooseSheet(name: string): void {
    const one = sheets.value.find((candidate) => candidate.name === name);
    form.sheet = name;
    if (one !== undefined) takeMapping(one.mapping);
  }

  /** Reads the list as the earlier one was read, and compares with it. */
  function follow(id: string): void {
    form.previous = id;
    const book = previous.value;
    if (book === null) return;
    form.name = book.name;
    form.currency = book.currency;
    const one = sheets.value.find((candidate) => fits(book.mapping, candidate));
    if (one === undefined || book.mapping === undefined) return;
    form.sheet = one.name;
    takeMapping(book.mapping);
  }

  function takeMapping({ columns, tiers, decimal }: PriceMapping): void {
    form.columns = { ...columns };
    form.tiers = (tiers ?? []).map((tier) => ({ ...tier }));
    form.decimal = decimal ?? '';
  }

  /** The mapping that the form says; null while it names neither part nor price. */
  const mapping = computed<PriceMapping | null>(() => {
    const columns = Object.fromEntries(Object.entries(form.columns).filter(([, heading]) => heading !== ''));
    if (columns['unitPrice'] === undefined || (columns['sku'] === undefined && columns['partNumber'] === undefined)) return null;
    const tiers = form.tiers.filter(({ column, fromQuantity }) => column !== '' && fromQuantity >= 2);
    return {
      sheet: form.sheet,
      columns,
      ...(tiers.length === 0 ? {} : { tiers }),
      ...(form.decimal === '' ? {} : { decimal: form.decimal }),
    };
  });

  async function read(): Promise<void> {
    if (file.value === null || mapping.value === null) {
      result.value = null;
      return;
    }
    const own = ++turn;
    reading.value = true;
    try {
      const answer = await useClient().prices.import({
        file: file.value,
        mapping: mapping.value,
        name: form.name || undefined,
        currency: form.currency || undefined,
        date: form.date || undefined,
        skipFaulty: true,
        ...(previous.value === null ? {} : { previous: previous.value }),
      });
      if (own !== turn) return;
      result.value = answer;
      faults.value = [];
    } catch (error) {
      if (own !== turn) return;
      result.value = null;
      faults.value = issuesOf(error);
    } finally {
      if (own === turn) reading.value = false;
    }
  }

  watch([mapping, () => form.name, () => form.currency, () => form.date, previous, sheets], () => {
    clearTimeout(timer);
    if (sheets.value.length > 0) timer = setTimeout(() => void read(), PAUSE_MS);
  });

  function clear(): void {
    turn++;
    clearTimeout(timer);
    file.value = null;
    sheets.value = [];
    result.value = null;
    faults.value = [];
    Object.assign(form, blankForm());
  }

  /** Nothing is wrong, or the person has said to leave the faulty rows out. */
  const ready = computed(() => !reading.value && result.value !== null && (result.value.issues.length === 0 || form.skipFaulty));

  return { file, sheets, sheet, form, previous, mapping, result, faults, reading, ready, open, chooseSheet, follow, clear };
}

function blankForm(): ImportForm {
  return { sheet: '', columns: {}, tiers: [], decimal: '', name: '', currency: '', date: '', previous: '', skipFaulty: false };
}

/** The sheet has every heading of the mapping, so it is a list of the same form. */
function fits(mapping: PriceBook['mapping'], sheet: SheetPreview): boolean {
  if (mapping === undefined) return false;
  const headings = new Set(sheet.headings);
  return [...Object.values(mapping.columns), ...(mapping.tiers ?? []).map(({ column }) => column)].every((heading) =>
    headings.has(heading),
  );
}

function issuesOf(error: unknown): readonly InputIssue[] {
  const fault = toFault(error);
  if (fault instanceof InputFault) return fault.issues;
  return [{ path: '', message: fault instanceof Error ? fault.message : String(fault) }];
}
