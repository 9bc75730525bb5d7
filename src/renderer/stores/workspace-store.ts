import { defineStore } from 'pinia';
import { shallowRef, watch } from 'vue';
import type { KeptSummary } from '../../contract/procedures';
import { useClient } from './client';
import { useProjectStore } from './project-store';

/** A copy follows an edit after this pause. */
const KEEP_MS = 400;
const WINDOW = crypto.randomUUID();

/** Another window has gone on with the project that is at hand here. */
export interface Conflict {
  readonly id: string;
  readonly at: string;
  readonly revision: number;
}

/** Copies of projects on the host: kept with every edit, offered after a crash, listed as recent. */
export const useWorkspaceStore = defineStore('workspace', () => {
  const project = useProjectStore();
  const recent = shallowRef<readonly KeptSummary[]>([]);
  const lost = shallowRef<KeptSummary | null>(null);
  const conflict = shallowRef<Conflict | null>(null);
  /** Revisions that this window has read or written, by project. */
  const known = new Map<string, number>();
  let timer: ReturnType<typeof setTimeout> | undefined;

  /** What was worked on last, and the newest of it that no file has. */
  async function load(): Promise<void> {
    try {
      recent.value = await useClient().workspace.list();
      lost.value = recent.value.find(({ id, saved }) => !saved && id !== project.id) ?? null;
    } catch {
      // Without the list there is nothing to offer; the page works as well.
      recent.value = [];
    }
  }

  async function keep(): Promise<void> {
    const { document, dirty, id } = project;
    if (conflict.value?.id === id) return;
    try {
      const answer = await useClient().workspace.keep({
        project: document,
        window: WINDOW,
        revision: known.get(id) ?? null,
        saved: !dirty,
      });
      if (answer.kept) known.set(id, answer.revision);
      else conflict.value = { id, at: answer.at, revision: answer.revision };
    } catch {
      // A host that keeps nothing only costs the safety copy; the result panel says when it is gone.
    }
  }

  watch([() => project.document, () => project.dirty], () => {
    clearTimeout(timer);
    if (conflict.value !== null && conflict.value.id !== project.id) conflict.value = null;
    timer = setTimeout(() => void keep(), KEEP_MS);
  });

  async function open(id: string): Promise<void> {
    const copy = await useClient().workspace.open({ id });
    known.set(id, copy.revision);
    project.open(copy.project, copy.saved);
    if (lost.value?.id === id) lost.value = null;
    if (conflict.value?.id === id) conflict.value = null;
  }

  async function forget(id: string): Promise<void> {
    await useClient().workspace.forget({ id });
    await load();
  }

  const restore = async () => {
    if (lost.value !== null) await open(lost.value.id);
  };
  const dismiss = () => (lost.value = null);

  /** Takes what the other window made of the project; what was here is one step of undo away. */
  const takeTheirs = async () => {
    if (conflict.value !== null) await open(conflict.value.id);
  };
  /** Both live on: the one here under a name of its own. */
  function keepBoth(title: string): void {
    conflict.value = null;
    project.branch(title);
  }

  return { recent, lost, conflict, load, open, forget, restore, dismiss, takeTheirs, keepBoth };
});
