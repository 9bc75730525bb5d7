import type { KeptProject, KeepAnswer, KeptSummary } from '../contract/procedures';
import { readProject, writeProject, type Project } from '../project/project';
import { InputFault } from '../units/fault';

/** Where a host keeps small documents of the program's own, by name. */
export interface DocumentStore {
  names(): Promise<readonly string[]>;
  /** The text of a document, or null where there is none. */
  read(name: string): Promise<string | null>;
  write(name: string, text: string): Promise<void>;
  remove(name: string): Promise<void>;
}

/** Copies kept of projects at hand; the oldest that is saved elsewhere goes first. */
const MOST_COPIES = 40;

interface Copy {
  readonly at: string;
  /** The window that wrote it. */
  readonly window: string;
  readonly revision: number;
  /** Whether a file has it too. */
  readonly saved: boolean;
  readonly project: Project;
}

export interface KeepRequest {
  readonly project: unknown;
  readonly window: string;
  /** The revision that this window last read or wrote; null for a project that it has just begun. */
  readonly revision: number | null;
  readonly saved: boolean;
}

/**
 * The projects that were worked on last, kept by the host: recent projects, and what a crash leaves behind. Each copy has
 * a revision, so that of two windows with one project neither overwrites the other unseen.
 */
export function createWorkspace(documents: DocumentStore, now: () => Date) {
  // One call after the other: two windows must not both find the old revision.
  let last: Promise<unknown> = Promise.resolve();
  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    const next = last.then(work, work);
    last = next.catch(() => undefined);
    return next;
  };

  const nameOf = (id: string) => `project-${id}.json`;

  async function readCopy(name: string): Promise<Copy | null> {
    const text = await documents.read(name);
    if (text === null) return null;
    try {
      const { project, ...about } = JSON.parse(text) as Copy;
      return { ...about, project: readProject(JSON.stringify(project)) };
    } catch {
      // A copy that cannot be read is no reason to keep from work; its file stays for whoever looks.
      return null;
    }
  }

  async function all(): Promise<Copy[]> {
    const names = (await documents.names()).filter((name) => name.startsWith('project-'));
    const copies = await Promise.all(names.map(readCopy));
    return copies.filter((copy): copy is Copy => copy?.project.id !== undefined).sort((a, b) => b.at.localeCompare(a.at));
  }

  async function prune(): Promise<void> {
    const oldest = (await all()).slice(MOST_COPIES);
    for (const { project, saved } of oldest) if (saved) await documents.remove(nameOf(project.id!));
  }

  return {
    list: async (): Promise<KeptSummary[]> => (await all()).map(summaryOf),

    keep: ({ project: input, window, revision, saved }: KeepRequest): Promise<KeepAnswer> =>
      inTurn(async () => {
        const project = readProject(writeProject(input));
        if (project.id === undefined) throw InputFault.of('id', 'is missing; a project that is kept needs one');
        const stored = await readCopy(nameOf(project.id));
        if (stored !== null && stored.revision !== revision && stored.window !== window)
          return { kept: false, revision: stored.revision, at: stored.at };
        const copy: Copy = { at: now().toISOString(), window, revision: (stored?.revision ?? 0) + 1, saved, project };
        await documents.write(nameOf(project.id), `${JSON.stringify(copy)}\n`);
        if (stored === null) await prune();
        return { kept: true, revision: copy.revision, at: copy.at };
      }),

    open: async (id: string): Promise<KeptProject> => {
      const copy = await readCopy(nameOf(id));
      if (copy === null) throw InputFault.of('id', `is "${id}", of which there is no copy any more; open the project from its file`);
      const { project, revision, saved, at } = copy;
      return { project, revision, saved, at };
    },

    forget: (id: string) => inTurn(() => documents.remove(nameOf(id))),
  };
}

function summaryOf({ project, at, saved }: Copy): KeptSummary {
  const { brief } = project.options[project.chosen]!;
  return {
    id: project.id!,
    name: project.name,
    at,
    saved,
    options: project.options.length,
    accelerators: brief.accelerators ?? null,
    supernode: typeof brief.supernode === 'string' ? brief.supernode : null,
  };
}
