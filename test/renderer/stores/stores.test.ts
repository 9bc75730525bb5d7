import { createPinia, setActivePinia } from 'pinia';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { nextTick } from 'vue';
import { InfeasibleFault, InputFault, type Brief, type Project } from '../../../src/contract/procedures';
import { toContractError } from '../../../src/service/fault-mapping';
import type { Client } from '../../../src/renderer/client/transport';
import { provideClient } from '../../../src/renderer/stores/client';
import { useDesignStore } from '../../../src/renderer/stores/design-store';
import { useProjectStore } from '../../../src/renderer/stores/project-store';
import { useWorkspaceStore } from '../../../src/renderer/stores/workspace-store';

/** Answers of the engine, each given when the test says so. */
function heldAnswers() {
  const calls: { brief: Brief; answer: (value: unknown) => void; fail: (error: unknown) => void }[] = [];
  const size = ({ brief }: { brief: Brief }) => new Promise((answer, fail) => calls.push({ brief, answer, fail }));
  provideClient({ design: { size } } as unknown as Client);
  return calls;
}

const projectOf = (brief: Brief): Project => ({
  format: 'scaleplan.project/2',
  name: 'Hall 1',
  options: [{ name: 'A', brief }],
  chosen: 0,
});

beforeEach(() => {
  vi.useFakeTimers();
  window.localStorage.clear();
  setActivePinia(createPinia());
});
afterEach(() => {
  vi.useRealTimers();
  provideClient(null);
});

describe('the project', () => {
  it('undoes and redoes every edit', () => {
    const project = useProjectStore();
    project.set('accelerators', 64);
    project.set('objective', 'power');
    project.set('site.pue', 1.3);
    project.undo();
    expect(project.brief).toEqual({ format: 'scaleplan.brief/1', accelerators: 64, objective: 'power' });
    project.undo();
    project.undo();
    expect(project.brief).toEqual({ format: 'scaleplan.brief/1' });
    expect(project.canUndo).toBe(false);
    project.redo();
    project.redo();
    project.redo();
    expect(project.brief).toMatchObject({ accelerators: 64, objective: 'power', site: { pue: 1.3 } });
    expect(project.canRedo).toBe(false);
  });

  it('takes quick edits of one field as one step', () => {
    const project = useProjectStore();
    for (const value of [1, 10, 102, 1024]) project.set('accelerators', value);
    project.undo();
    expect(project.brief.accelerators).toBeUndefined();
  });

  it('forgets what was undone after a new edit', () => {
    const project = useProjectStore();
    project.set('accelerators', 64);
    project.undo();
    project.set('accelerators', 128);
    expect(project.canRedo).toBe(false);
  });

  it('takes a new beginning back like any other edit', () => {
    const project = useProjectStore();
    project.set('accelerators', 64);
    project.name = 'Hall 1';
    project.start({ format: 'scaleplan.brief/1', accelerators: 1016 }, 'From a template');
    expect(project.name).toBe('From a template');
    project.undo();
    expect(project.name).toBe('Hall 1');
    expect(project.brief.accelerators).toBe(64);
    project.redo();
    expect(project.brief.accelerators).toBe(1016);
  });

  it('has nothing to save once every edit since the file is undone', async () => {
    const opened = projectOf({ format: 'scaleplan.brief/1', accelerators: 64 });
    provideClient({ project: { read: () => Promise.resolve(opened), write: () => Promise.resolve('{}') } } as unknown as Client);
    const project = useProjectStore();
    await project.openText('…');
    expect(project.dirty).toBe(false);
    project.set('accelerators', 128);
    expect(project.dirty).toBe(true);
    project.undo();
    expect(project.dirty).toBe(false);
  });

  it('counts an edit made while the file is written as not saved', async () => {
    provideClient({ project: { write: () => Promise.resolve('{}') } } as unknown as Client);
    const project = useProjectStore();
    project.set('accelerators', 64);
    const writing = project.fileText();
    project.set('objective', 'power');
    await writing;
    project.markSaved();
    expect(project.dirty).toBe(true);
  });

  it('duplicates an option, works on the copy and goes back with undo', () => {
    const project = useProjectStore();
    project.set('accelerators', 64);
    project.duplicateOption();
    project.set('accelerators', 128);
    expect(project.options.map(({ name, brief }) => [name, brief.accelerators])).toEqual([
      ['A', 64],
      ['B', 128],
    ]);
    project.chooseOption(0);
    expect(project.brief.accelerators).toBe(64);
    project.removeOption(0);
    expect(project.brief.accelerators).toBe(128);
    for (let step = 0; step < 4; step++) project.undo();
    expect(project.options).toHaveLength(1);
    expect(project.brief.accelerators).toBe(64);
  });
});

describe('the workspace', () => {
  /** A host that keeps copies, as the service does. */
  function host() {
    const copies = new Map<string, { project: Project; revision: number; saved: boolean; window: string; at: string }>();
    provideClient({
      workspace: {
        list: () =>
          Promise.resolve(
            [...copies.values()].map(({ project, saved, at }) => ({
              id: project.id!,
              name: project.name,
              at,
              saved,
              options: project.options.length,
              accelerators: null,
              supernode: null,
            })),
          ),
        keep: ({ project, window, revision, saved }: { project: Project; window: string; revision: number | null; saved: boolean }) => {
          const stored = copies.get(project.id!);
          const at = '2026-11-24T10:00:00Z';
          if (stored !== undefined && stored.revision !== revision) return Promise.resolve({ kept: false, revision: stored.revision, at });
          copies.set(project.id!, { project, window, revision: (revision ?? 0) + 1, saved, at });
          return Promise.resolve({ kept: true, revision: (revision ?? 0) + 1, at });
        },
        open: ({ id }: { id: string }) => Promise.resolve(copies.get(id)!),
      },
    } as unknown as Client);
    return copies;
  }
  const settle = () => vi.advanceTimersByTimeAsync(500);

  it('keeps a copy of every edit, price book and all, and offers it after a crash until a file has it', async () => {
    const copies = host();
    const project = useProjectStore();
    useWorkspaceStore();
    const priceBook = { format: 'scaleplan.prices/1', id: 'own' };
    project.open({ ...projectOf({ format: 'scaleplan.brief/1' }), priceBook }, true);
    project.set('accelerators', 64);
    await settle();
    setActivePinia(createPinia());
    const after = useProjectStore();
    const workspace = useWorkspaceStore();
    await workspace.load();
    expect(workspace.lost?.id).toBe(project.id);
    await workspace.restore();
    expect(after.brief.accelerators).toBe(64);
    expect(after.priceBook).toEqual(priceBook);
    after.markSaved();
    await settle();
    expect(copies.get(project.id)?.saved).toBe(true);
  });

  it('tells when another window has gone on with the project, and overwrites nothing', async () => {
    const copies = host();
    const project = useProjectStore();
    const workspace = useWorkspaceStore();
    project.set('accelerators', 64);
    await settle();
    const theirs = copies.get(project.id)!;
    copies.set(project.id, { ...theirs, revision: theirs.revision + 1, window: 'another' });
    project.set('accelerators', 128);
    await settle();
    expect(workspace.conflict?.id).toBe(project.id);
    expect(copies.get(project.id)?.project.options[0]!.brief.accelerators).toBe(64);
    workspace.keepBoth('Hall 1 (2)');
    await settle();
    expect(copies.size).toBe(2);
    expect(copies.get(project.id)?.project.options[0]!.brief.accelerators).toBe(128);
  });
});

describe('the design', () => {
  const settle = async () => {
    await vi.advanceTimersByTimeAsync(200);
    await nextTick();
  };

  it('answers a first edit at once, and typing after a pause', async () => {
    const calls = heldAnswers();
    const project = useProjectStore();
    const store = useDesignStore();
    await vi.advanceTimersByTimeAsync(1_000);
    project.set('accelerators', 1);
    await nextTick();
    expect(calls.map((call) => call.brief.accelerators)).toEqual([1]);
    calls[0]!.answer({ accelerators: 1 });
    await vi.advanceTimersByTimeAsync(50);
    project.set('accelerators', 10);
    await nextTick();
    project.set('accelerators', 102);
    await nextTick();
    expect(calls).toHaveLength(1);
    await settle();
    expect(calls.map((call) => call.brief.accelerators)).toEqual([1, 102]);
    expect(store.design?.accelerators).toBe(1);
  });

  it('asks one question at a time, the next about the latest brief, and drops answers to older ones', async () => {
    const calls = heldAnswers();
    const project = useProjectStore();
    const store = useDesignStore();
    project.set('accelerators', 10);
    await settle();
    for (const value of [100, 1_000]) {
      project.set('accelerators', value);
      await settle();
    }
    expect(calls.map((call) => call.brief.accelerators)).toEqual([10]);
    calls[0]!.answer({ accelerators: 10 });
    await settle();
    expect(store.design).toBeNull();
    expect(calls.map((call) => call.brief.accelerators)).toEqual([10, 1_000]);
    expect(store.working).toBe(true);
    calls[1]!.answer({ accelerators: 1_000 });
    await settle();
    expect(store.design?.accelerators).toBe(1_000);
    expect(store.working).toBe(false);
  });

  it('tells a fault at its field, and keeps the last design beside it', async () => {
    const calls = heldAnswers();
    const project = useProjectStore();
    const store = useDesignStore();
    project.set('accelerators', 8);
    await settle();
    calls[0]!.answer({ accelerators: 8 });
    await settle();
    project.set('site.pue', 0.5);
    await settle();
    calls[1]!.fail(toContractError(InputFault.of('site.pue', 'is 0.5, but must be at least 1; raise it')));
    await settle();
    expect(store.issueAt('site.pue')).toContain('at least 1');
    expect(store.issueAt('accelerators')).toBeUndefined();
    expect(store.design?.accelerators).toBe(8);
  });

  it('tells a limit with its fixes', async () => {
    const calls = heldAnswers();
    const project = useProjectStore();
    const store = useDesignStore();
    project.set('accelerators', 512);
    await settle();
    const fix = { label: 'raise maxRacks to 12', path: 'site.maxRacks', value: 12 };
    calls[0]!.fail(toContractError(InfeasibleFault.of({ limit: 'maxRacks', path: 'site.maxRacks', message: 'is 10', fixes: [fix] })));
    await settle();
    expect(store.limits[0]?.fixes).toEqual([fix]);
    expect(store.issueAt('site.maxRacks')).toBe('is 10');
  });

  it('tells a fault inside a list at the field of the list', async () => {
    const calls = heldAnswers();
    const store = useDesignStore();
    useProjectStore().set('accelerators', 8);
    await settle();
    calls[0]!.fail(toContractError(InputFault.of('supernode[1]', 'is "x", but the catalog has no such supernode')));
    await settle();
    expect(store.issueAt('supernode')).toContain('no such supernode');
    expect(store.issueAt('super')).toBeUndefined();
    expect(store.stale).toBe(true);
  });

  it('asks nothing while there is no number of accelerators', async () => {
    const calls = heldAnswers();
    useDesignStore();
    useProjectStore().set('objective', 'power');
    await settle();
    expect(calls).toEqual([]);
  });
});
