import { defineStore } from 'pinia';
import { computed, ref, shallowRef, watch } from 'vue';
import type { Brief, Project } from '../../contract/procedures';
import { useClient } from './client';
import { valueAt, withValue } from './path';

const STORAGE_KEY = 'scaleplan.recovery';
const MOST_STEPS = 200;
/** Edits of one field within this time are one step of undo. */
const SAME_EDIT_MS = 1_000;

interface Recovery {
  readonly at: string;
  readonly name: string;
  readonly brief: Brief;
}

const emptyBrief = (): Brief => ({ format: 'scaleplan.brief/1' });

/** The project at hand: its brief, every step back and forth, and a copy for the case of a crash. */
export const useProjectStore = defineStore('project', () => {
  const brief = shallowRef<Brief>(emptyBrief());
  const name = ref('');
  const notes = ref<string | undefined>();
  const priceBook = shallowRef<unknown>();
  const past = shallowRef<readonly Brief[]>([]);
  const future = shallowRef<readonly Brief[]>([]);
  const dirty = ref(false);
  let lastEdit = { path: '', at: 0 };

  function record(next: Brief, path: string): void {
    const now = performance.now();
    const sameEdit = path !== '' && path === lastEdit.path && now - lastEdit.at < SAME_EDIT_MS;
    if (!sameEdit) past.value = [...past.value, brief.value].slice(-MOST_STEPS);
    future.value = [];
    lastEdit = { path, at: now };
    brief.value = next;
    dirty.value = true;
  }

  /** Sets one field of the brief; undefined leaves it open again. */
  function set(path: string, value: unknown): void {
    if (JSON.stringify(valueAt(brief.value, path)) === JSON.stringify(value)) return;
    record(withValue(brief.value, path, value), path);
  }

  function replaceBrief(next: Brief): void {
    record(next, '');
  }

  function undo(): void {
    const previous = past.value[past.value.length - 1];
    if (previous === undefined) return;
    past.value = past.value.slice(0, -1);
    future.value = [brief.value, ...future.value];
    brief.value = previous;
    dirty.value = true;
    lastEdit = { path: '', at: 0 };
  }

  function redo(): void {
    const [next, ...rest] = future.value;
    if (next === undefined) return;
    future.value = rest;
    past.value = [...past.value, brief.value];
    brief.value = next;
    dirty.value = true;
    lastEdit = { path: '', at: 0 };
  }

  /** Begins anew with a brief, as from a template or a file. */
  function start(next: Brief, title: string, from?: Project): void {
    brief.value = next;
    name.value = title;
    notes.value = from?.notes;
    priceBook.value = from?.priceBook;
    past.value = [];
    future.value = [];
    dirty.value = from === undefined;
  }

  function toDocument(): Record<string, unknown> {
    return {
      format: 'scaleplan.project/1',
      name: name.value,
      brief: brief.value,
      ...(priceBook.value === undefined ? {} : { priceBook: priceBook.value }),
      ...(notes.value === undefined ? {} : { notes: notes.value }),
    };
  }

  /** The text of the project file. */
  async function fileText(): Promise<string> {
    return useClient().project.write({ project: toDocument() });
  }

  /** Opens the text of a project file; on a fault nothing changes. */
  async function openText(text: string): Promise<void> {
    const project = await useClient().project.read({ text });
    start(project.brief, project.name, project);
  }

  const markSaved = () => (dirty.value = false);

  const recovery = shallowRef<Recovery | null>(readRecovery());
  watch([brief, name, dirty], () => {
    if (dirty.value) writeRecovery({ at: new Date().toISOString(), name: name.value, brief: brief.value });
    else window.localStorage.removeItem(STORAGE_KEY);
  });
  function restore(): void {
    if (recovery.value === null) return;
    const { brief: saved, name: title } = recovery.value;
    recovery.value = null;
    start(saved, title);
  }
  function discardRecovery(): void {
    recovery.value = null;
    window.localStorage.removeItem(STORAGE_KEY);
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
    const saved = window.localStorage.getItem(STORAGE_KEY);
    return saved === null ? null : (JSON.parse(saved) as Recovery);
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
