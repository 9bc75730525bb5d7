import { chmod, mkdtemp, readdir, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { writeStreamAtomic } from '../../src/platform/write-stream';
import { InputFault } from '../../src/units/fault';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'scaleplan-stream-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

async function* pieces(count: number, failAt = Infinity) {
  for (let index = 0; index < count; index++) {
    if (index === failAt) throw new Error('broken on the way');
    yield Uint8Array.of(index);
  }
}

describe('writing a stream', () => {
  it('writes all pieces in their order', async () => {
    await writeStreamAtomic(join(folder, 'a.csv'), pieces(200));
    expect([...(await readFile(join(folder, 'a.csv')))]).toEqual(Array.from({ length: 200 }, (_, index) => index));
    expect(await readdir(folder)).toEqual(['a.csv']);
  });

  it('leaves the old file and nothing else when it fails on the way', async () => {
    await writeFile(join(folder, 'a.csv'), 'old');
    await expect(writeStreamAtomic(join(folder, 'a.csv'), pieces(9, 5))).rejects.toThrow('broken');
    expect(await readFile(join(folder, 'a.csv'), 'utf8')).toBe('old');
    expect(await readdir(folder)).toEqual(['a.csv']);
  });

  it('shows the old file until the new one is whole', async () => {
    await writeFile(join(folder, 'a.csv'), 'old');
    async function* watched() {
      yield* pieces(3);
      expect(await readFile(join(folder, 'a.csv'), 'utf8')).toBe('old');
      yield* pieces(3);
    }
    await writeStreamAtomic(join(folder, 'a.csv'), watched());
    expect((await readFile(join(folder, 'a.csv'))).length).toBe(6);
  });

  it('keeps the permissions of the old file and writes through a link', async () => {
    await writeFile(join(folder, 'a.csv'), 'old');
    await chmod(join(folder, 'a.csv'), 0o600);
    await symlink(join(folder, 'a.csv'), join(folder, 'link.csv'));
    await writeStreamAtomic(join(folder, 'link.csv'), pieces(2));
    expect((await stat(join(folder, 'a.csv'))).mode & 0o777).toBe(0o600);
    expect((await readFile(join(folder, 'a.csv'))).length).toBe(2);
  });

  it.each([
    ['a missing folder', 'none/a.csv', 'does not exist'],
    ['a folder', '.', 'is not a file'],
  ])('refuses %s in a sentence', async (_what, path, words) => {
    const fault = await writeStreamAtomic(join(folder, path), pieces(1), { name: '--out' }).catch((error: unknown) => error);
    expect(fault).toBeInstanceOf(InputFault);
    expect((fault as InputFault).issues).toEqual([{ path: '--out', message: expect.stringContaining(words) as string }]);
  });

  it('never replaces a device', async () => {
    await expect(writeStreamAtomic('/dev/null', pieces(1))).rejects.toBeInstanceOf(InputFault);
  });
});
