import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createFolderStore, userDataFolder } from '../../src/platform/folder-store';
import { createWorkspace } from '../../src/service/workspace';

let folder: string;
let minute = 0;
const now = () => new Date(Date.UTC(2026, 10, 24, 10, minute++));
const open = () => createWorkspace(createFolderStore(join(folder, 'projects')), now);
const project = (id: string, accelerators: number) => ({
  format: 'scaleplan.project/2',
  id: `project-${id}`,
  name: `Hall ${id}`,
  options: [{ name: 'A', brief: { format: 'scaleplan.brief/1', accelerators } }],
  chosen: 0,
});

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'scaleplan-workspace-'));
  minute = 0;
});
afterEach(() => rmSync(folder, { recursive: true }));

describe('the workspace', () => {
  it('lists what was kept, the newest first, and gives it back after a restart', async () => {
    const workspace = open();
    expect(await workspace.list()).toEqual([]);
    await workspace.keep({ project: project('one', 64), window: 'w1', revision: null, saved: true });
    await workspace.keep({ project: project('two', 128), window: 'w1', revision: null, saved: false });
    expect((await open().list()).map(({ name, saved, accelerators }) => [name, saved, accelerators])).toEqual([
      ['Hall two', false, 128],
      ['Hall one', true, 64],
    ]);
    expect((await open().open('project-two')).project).toEqual(project('two', 128));
  });

  it('does not let one window overwrite what another has written', async () => {
    const workspace = open();
    const first = await workspace.keep({ project: project('one', 64), window: 'w1', revision: null, saved: false });
    const second = await workspace.open('project-one');
    expect(await workspace.keep({ project: project('one', 128), window: 'w2', revision: second.revision, saved: false })).toMatchObject({
      kept: true,
    });
    expect(await workspace.keep({ project: project('one', 72), window: 'w1', revision: first.revision, saved: false })).toMatchObject({
      kept: false,
    });
    expect((await workspace.open('project-one')).project.options[0]!.brief.accelerators).toBe(128);
  });

  it('keeps two calls of one moment apart', async () => {
    const workspace = open();
    const answers = await Promise.all(
      ['w1', 'w2'].map((window) => workspace.keep({ project: project('one', 64), window, revision: null, saved: false })),
    );
    expect(answers.map(({ kept }) => kept)).toEqual([true, false]);
  });

  it('lets a window write again and again', async () => {
    const workspace = open();
    let revision: number | null = null;
    for (const accelerators of [8, 16, 24]) {
      const answer = await workspace.keep({ project: project('one', accelerators), window: 'w1', revision, saved: false });
      expect(answer.kept).toBe(true);
      revision = answer.revision;
    }
  });

  it('passes over a copy that cannot be read, and forgets on demand', async () => {
    const workspace = open();
    await workspace.keep({ project: project('one', 64), window: 'w1', revision: null, saved: true });
    writeFileSync(join(folder, 'projects', 'project-broken.json'), '{');
    expect(await workspace.list()).toHaveLength(1);
    await workspace.forget('project-one');
    expect(await workspace.list()).toEqual([]);
    await expect(workspace.open('project-one')).rejects.toThrow('no copy any more');
  });

  it('drops the oldest saved copies, never one that no file has', async () => {
    const workspace = open();
    for (let index = 0; index < 45; index++)
      await workspace.keep({ project: project(`number-${index}`, 8), window: 'w', revision: null, saved: index > 0 });
    const names = (await workspace.list()).map(({ name }) => name);
    expect(names).toContain('Hall number-0');
    expect(names).not.toContain('Hall number-1');
    expect(names.length).toBeLessThanOrEqual(42);
  });

  it.skipIf(process.platform === 'win32')('is for its owner alone', async () => {
    await open().keep({ project: project('one', 64), window: 'w1', revision: null, saved: true });
    expect(statSync(join(folder, 'projects')).mode & 0o077).toBe(0);
  });
});

describe('the folder of the user', () => {
  it('is where each system keeps such data, or where the user says', () => {
    expect(userDataFolder({ XDG_DATA_HOME: '/data' }, 'linux')).toBe(join('/data', 'scaleplan', 'projects'));
    expect(userDataFolder({ APPDATA: 'C:/Data' }, 'win32')).toBe(join('C:/Data', 'Scaleplan', 'projects'));
    expect(userDataFolder({ SCALEPLAN_DATA: '/elsewhere' }, 'darwin')).toBe('/elsewhere');
  });

  it('takes no name that leads out of it', async () => {
    await expect(async () => createFolderStore(folder).read('../secret')).rejects.toThrow('no name');
  });
});
