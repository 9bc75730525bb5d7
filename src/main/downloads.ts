import { basename, extname, join } from 'node:path';
import type { FileFilter, Session } from 'electron';

const KINDS: Readonly<Record<string, string>> = {
  '.xlsx': 'Excel workbook',
  '.csv': 'Comma-separated values',
  '.json': 'Scaleplan document',
  '.scaleplan': 'Scaleplan project',
  '.pdf': 'PDF document',
  '.png': 'Picture',
  '.svg': 'Picture',
};

/** Every download of the page asks where to go, starting in the user's own folder. */
export function askWhereToSave(session: Session, folder: () => string): void {
  session.on('will-download', (_event, item) => {
    const name = basename(item.getFilename());
    item.setSaveDialogOptions({ defaultPath: join(folder(), name), filters: filtersFor(name) });
  });
}

function filtersFor(name: string): FileFilter[] {
  const ending = extname(name).toLowerCase();
  const all = { name: 'All files', extensions: ['*'] };
  return ending === '' ? [all] : [{ name: KINDS[ending] ?? ending.slice(1).toUpperCase(), extensions: [ending.slice(1)] }, all];
}
