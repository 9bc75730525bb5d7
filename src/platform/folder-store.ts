import { mkdir, readdir, readFile, rm } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import writeFileAtomically from 'write-file-atomic';

/** Small documents of the program's own in one folder, each a file that is replaced whole. */
export interface FolderStore {
  names(): Promise<readonly string[]>;
  read(name: string): Promise<string | null>;
  write(name: string, text: string): Promise<void>;
  remove(name: string): Promise<void>;
}

/** Where this user's programs keep their data; `SCALEPLAN_DATA` names another folder. */
export function userDataFolder(env: NodeJS.ProcessEnv = process.env, platform: NodeJS.Platform = process.platform): string {
  if (env['SCALEPLAN_DATA']) return env['SCALEPLAN_DATA'];
  if (platform === 'win32') return join(env['APPDATA'] ?? join(homedir(), 'AppData', 'Roaming'), 'Scaleplan', 'projects');
  if (platform === 'darwin') return join(homedir(), 'Library', 'Application Support', 'Scaleplan', 'projects');
  return join(env['XDG_DATA_HOME'] ?? join(homedir(), '.local', 'share'), 'scaleplan', 'projects');
}

/** Makes the folder when something is first written; only its owner may read it. */
export function createFolderStore(folder: string): FolderStore {
  const pathOf = (name: string) => {
    if (!/^[\w-]+(\.[\w-]+)*$/.test(name)) throw new Error(`"${name}" is no name of a document`);
    return join(folder, name);
  };
  const orNone =
    <T>(none: T) =>
    (error: NodeJS.ErrnoException): T => {
      if (error.code === 'ENOENT') return none;
      throw error;
    };
  return {
    names: () => readdir(folder).catch(orNone<string[]>([])),
    read: (name) => readFile(pathOf(name), 'utf8').catch(orNone<string | null>(null)),
    write: async (name, text) => {
      const path = pathOf(name);
      await mkdir(folder, { recursive: true, mode: 0o700 });
      await writeFileAtomically(path, text, { mode: 0o600 });
    },
    remove: (name) => rm(pathOf(name), { force: true }),
  };
}
