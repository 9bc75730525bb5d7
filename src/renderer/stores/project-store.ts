import { defineStore } from 'pinia';
import { computed, shallowRef, watch } from 'vue';
import type { Brief, Project } from '../../contract/procedures';
import { useClient } from './client';
import { valueAt, withValue } from './path';

const STORAGE_KEY = 'scaleplan.recovery';
const MOST_STEPS = 200;
/** Edits of one field within this time are one step of undo. */
const SAME_EDIT_MS = 1_000;

/** A project as it stands at one moment: what undo brings back and a crash leaves behind. */
interface Snapshot {
  readonly name: string;
  readonly brief: Brief;
  readonly notes?: string | undefined;
  readonly priceBook?: unknown;
}

interface Recovery extends Snapshot {
  readonly at: string;
}

const blank = (): Snapshot => ({ name: '', brief: { format: 'scaleplan.brief/1' } });

/** The project at hand: its brief, every step back and forth, and a copy for the case of a crash. */
export const useProjectStore = defineStore('project', () => {
  const now = shallowRef<Snapshot>(blank());
  const saved = shallowRef<Snapshot>(now.value);
  const past = shallowRef<readonly Snapshot[]>([]);
  const future = shallowRef<readonly Snapshot[]>([]);
  let lastEdit = { path: '', at: 0 };

  const brief = computed(() => now.value.brief);
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

  /** Sets one field of the brief; undefined leaves it open again. */
  function set(path: string, value: unknown): void {
    if (JSON.stringify(valueAt(brief.value, path)) === JSON.stringify(value)) return;
    record({ ...now.value, brief: withValue(brief.value, path, value) }, path);
  }

  function replaceBrief(next: Brief): void {
    record({ ...now.value, brief: next }, '');
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
  function start(next: Brief, title: string): void {
    record({ name: title, brief: next }, '');
  }

  function toDocument(): Record<string, unknown> {
    const { notes } = now.value;
    return {
      format: 'scaleplan.project/1',
      name: name.value,
      brief: brief.value,
      ...(priceBook.value === undefined ? {} : { priceBook: priceBook.value }),
      ...(notes === undefined ? {} : { notes }),
    };
  }

  let written: Snapshot | null = null;
  /** The text of the project file. */
  async function fileText(): Promise<string> {
    written = now.value;
    return useClient().project.write({ project: toDocument() });
  }

  /** Opens the text of a project file; on a fault nothing changes. */
  async function openText(text: string): Promise<void> {
    const { name: title, brief: opened, notes, priceBook: prices }: Project = await useClient().project.read({ text });
    record({ name: title, brief: opened, notes, priceBook: prices }, '');
    saved.value = now.value;
  }

  /** What was last written is safe; an edit made meanwhile is not. */
  const markSaved = () => (saved.value = written ?? now.value);

  const recovery = shallowRef<Recovery | null>(readRecovery());
  watch([now, saved], () => {
    if (dirty.value) writeRecovery({ at: new Date().toISOString(), ...now.value });
    else if (recovery.value === null) window.localStorage.removeItem(STORAGE_KEY);
  });
  function restore(): void {
    if (recovery.value === null) return;
    const { at: _at, ...snapshot } = recovery.value;
    recovery.value = null;
    record(snapshot, '');
  }
  function discardRecovery(): void {
    recovery.value = null;
    if (!dirty.value) window.localStorage.removeItem(STORAGE_KEY);
  }

  return {
    brief,
    name,
    priceBook,
    dirty,
    recovery,
    canUndo: computed(() => past.value.length > 0),
    canRedo: computed(() => future.value.length > 0),
    set,
    replaceBrief,
    undo,
    redo,
    start,
    fileText,
    openText,
    markSaved,
    restore,
    discardRecovery,
  };
});

function readRecovery(): Recovery | null {
  try {
    const kept = JSON.parse(window.localStorage.getItem(STORAGE_KEY) ?? 'null') as Recovery | null;
    return typeof kept?.brief === 'object' && typeof kept.name === 'string' ? kept : null;
  } catch {
    return null;
  }
}

function writeRecovery(recovery: Recovery): void {
  try {
    window.localStorage.setItem(STORAGE_KEY, JSON.stringify(recovery));
  } catch {
    // A full or forbidden store only costs the safety copy.
  }
}
