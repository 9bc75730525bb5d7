import { defineStore } from 'pinia';
import { computed, shallowRef } from 'vue';
import type { Brief, Project } from '../../contract/procedures';
import { useClient } from './client';
import { valueAt, withValue } from './path';

const FORMAT = 'scaleplan.project/2';
const MOST_STEPS = 200;
/** Edits of one field within this time are one step of undo. */
const SAME_EDIT_MS = 1_000;
const BLANK_BRIEF: Brief = { format: 'scaleplan.brief/1' };

/** A project as it stands at one moment: what undo brings back. */
type Snapshot = Omit<Project, 'format' | 'id'> & { readonly id: string };

const begin = (brief: Brief, name: string): Snapshot => ({
  id: crypto.randomUUID(),
  name,
  options: [{ name: 'A', brief }],
  chosen: 0,
});

/** The project at hand: its options, the brief that is worked on, and every step back and forth. */
export const useProjectStore = defineStore('project', () => {
  const now = shallowRef<Snapshot>(begin(BLANK_BRIEF, ''));
  const saved = shallowRef<Snapshot>(now.value);
  const past = shallowRef<readonly Snapshot[]>([]);
  const future = shallowRef<readonly Snapshot[]>([]);
  let lastEdit = { path: '', at: 0 };

  const brief = computed(() => now.value.options[now.value.chosen]!.brief);
  const priceBook = computed(() => now.value.priceBook);
  const name = computed({ get: () => now.value.name, set: (next) => record({ ...now.value, name: next }, '(name)') });
  /** Undoing every edit since the file was saved leaves nothing to save. */
  const dirty = computed(() => now.value !== saved.value);

  function record(next: Snapshot, path: string): void {
    const at = performance.now();
    const sameEdit = path !== '' && path === lastEdit.path && at - lastEdit.at < SAME_EDIT_MS;
    if (!sameEdit) past.value = [...past.value, now.value].slice(-MOST_STEPS);
    future.value = [];
    lastEdit = { path, at };
    now.value = next;
  }

  const withBrief = (next: Brief): Snapshot => ({
    ...now.value,
    options: now.value.options.map((option, index) => (index === now.value.chosen ? { ...option, brief: next } : option)),
  });

  /** Sets one field of the brief; undefined leaves it open again. */
  function set(path: string, value: unknown): void {
    if (JSON.stringify(valueAt(brief.value, path)) === JSON.stringify(value)) return;
    record(withBrief(withValue(brief.value, path, value)), path);
  }

  const replaceBrief = (next: Brief) => record(withBrief(next), '');

  /** Prices the whole project with these books; undefined with the one that comes with the program. */
  function setPriceBook(next: unknown): void {
    const { priceBook: _old, ...rest } = now.value;
    record(next === undefined ? rest : { ...rest, priceBook: next }, '');
  }

  /** Puts a copy of the present option beside it and goes on with the copy. */
  function duplicateOption(): void {
    const { options, chosen } = now.value;
    const copy = { name: freeName(options.map((option) => option.name)), brief: brief.value };
    record({ ...now.value, options: [...options.slice(0, chosen + 1), copy, ...options.slice(chosen + 1)], chosen: chosen + 1 }, '');
  }
  function chooseOption(chosen: number): void {
    if (chosen !== now.value.chosen && now.value.options[chosen] !== undefined) record({ ...now.value, chosen }, '');
  }
  function removeOption(index: number): void {
    const { options, chosen } = now.value;
    if (options.length === 1) return;
    const rest = options.filter((_, other) => other !== index);
    record({ ...now.value, options: rest, chosen: Math.min(rest.length - 1, index < chosen ? chosen - 1 : chosen) }, '');
  }
  function nameOption(index: number, title: string): void {
    const options = now.value.options.map((option, other) => (other === index ? { ...option, name: title } : option));
    record({ ...now.value, options }, `(option ${index})`);
  }

  function undo(): void {
    const previous = past.value.at(-1);
    if (previous === undefined) return;
    past.value = past.value.slice(0, -1);
    future.value = [now.value, ...future.value];
    now.value = previous;
    lastEdit = { path: '', at: 0 };
  }

  function redo(): void {
    const [next, ...rest] = future.value;
    if (next === undefined) return;
    future.value = rest;
    past.value = [...past.value, now.value];
    now.value = next;
    lastEdit = { path: '', at: 0 };
  }

  /** Begins anew, as from a template. What was open before is one step of undo away. */
  const start = (next: Brief, title: string) => record(begin(next, title), '');

  const document = computed<Project>(() => {
    const { id, name: title, options, chosen, priceBook: prices, notes } = now.value;
    return {
      format: FORMAT,
      id,
      name: title,
      options,
      chosen,
      ...(prices === undefined ? {} : { priceBook: prices }),
      ...(notes === undefined ? {} : { notes }),
    };
  });

  let written: Snapshot | null = null;
  /** The text of the project file. */
  async function fileText(): Promise<string> {
    written = now.value;
    return useClient().project.write({ project: document.value });
  }

  /** Goes on with a project from elsewhere; `isSaved` where a file has it. */
  function open({ format: _format, id, ...rest }: Project, isSaved: boolean): void {
    record({ ...rest, id: id ?? crypto.randomUUID() }, '');
    if (isSaved) saved.value = now.value;
  }

  /** Opens the text of a project file; on a fault nothing changes. */
  async function openText(text: string): Promise<void> {
    open(await useClient().project.read({ text }), true);
  }

  /** Goes its own way from here on: another project with the same content. */
  const branch = (title: string) => record({ ...now.value, id: crypto.randomUUID(), name: title }, '');

  /** What was last written is safe; an edit made meanwhile is not. */
  const markSaved = () => (saved.value = written ?? now.value);

  return {
    id: computed(() => now.value.id),
    brief,
    name,
    priceBook,
    options: computed(() => now.value.options),
    chosen: computed(() => now.value.chosen),
    document,
    dirty,
    canUndo: computed(() => past.value.length > 0),
    canRedo: computed(() => future.value.length > 0),
    set,
    replaceBrief,
    setPriceBook,
    duplicateOption,
    chooseOption,
    removeOption,
    nameOption,
    undo,
    redo,
    start,
    open,
    openText,
    fileText,
    branch,
    markSaved,
  };
});

/** The first letter that no option is called by. */
function freeName(names: readonly string[]): string {
  const letters = Array.from({ length: 26 }, (_, index) => String.fromCharCode(65 + index));
  return letters.find((letter) => !names.includes(letter)) ?? String(names.length + 1);
}
