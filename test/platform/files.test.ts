import { execFileSync } from 'node:child_process';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readJsonFile, readText, writeFileAtomic } from '../../src/platform/files';
import { InputFault } from '../../src/units/fault';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'scaleplan-files-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const put = async (name: string, content: string | Uint8Array) => {
  const path = join(folder, name);
  await writeFile(path, content);
  return path;
};

/** The one issue of the fault that a call ends with. */
async function issueOf(call: Promise<unknown>) {
  const error = await call.then(
    () => expect.unreachable('the call should be refused'),
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(InputFault);
  return (error as InputFault).issues[0]!;
}

describe('reading JSON', () => {
  it('reads a document, with or without a byte order mark', async () => {
    expect(await readJsonFile(await put('plain.json', '{"a":[1,2]}'))).toEqual({ a: [1, 2] });
    expect(await readJsonFile(await put('bom.json', '\uFEFF{"a":"中文"}'))).toEqual({ a: '中文' });
  });

  it.each([
    ['a comma too many', '{\n  "accelerators": 8,\n}', 'line 3, column 1'],
    ['an unknown word', '{\n  "accelerators": eight\n}', 'line 2, column 19'],
    ['a missing quote', '{accelerators: 8}', 'line 1, column 2'],
    ['a missing comma', '[1,\n 2\n 3]', 'line 3, column 2'],
    ['text after the end', '{"a": 1} x', 'line 1, column 10'],
    ['a line break in a text', '{"a": "x\ny"}', 'line 1, column 9'],
    ['a missing end', '{\n  "a": [1, 2', 'ends too early, at line 2'],
    ['a missing value', '{"a":', 'ends too early, at line 1'],
  ])('tells where %s stands', async (_what, text, place) => {
    const { path, message } = await issueOf(readJsonFile(await put('wrong.json', text), { name: '--brief' }));
    expect(path).toBe('--brief');
    expect(message).toContain('is not JSON');
    expect(message).toContain(place);
  });

  it('refuses an empty file, bytes that are not text, and a workbook by its name', async () => {
    expect((await issueOf(readJsonFile(await put('empty.json', ' \n')))).message).toContain('is empty');
    expect((await issueOf(readJsonFile(await put('bytes.json', new Uint8Array([0x50, 0x4b, 0xff, 0xfe]))))).message).toContain(
      'is not text',
    );
    expect((await issueOf(readJsonFile(await put('quote.xlsx', 'PK')))).message).toContain('not a JSON document by its name');
  });

  it('says that a file is missing or is a folder', async () => {
    expect((await issueOf(readJsonFile(join(folder, 'nowhere.json')))).message).toMatch(
      /there is no file ".*nowhere\.json"; check the path/,
    );
    expect((await issueOf(readJsonFile(join(folder, 'empty.json', 'below.json')))).message).toContain('there is no file');
    expect((await issueOf(readJsonFile(folder))).message).toContain('give the path of a file');
  });

  it('refuses a file above its limit without reading it', async () => {
    const path = await put('large.json', `"${'x'.repeat(2_000)}"`);
    expect((await issueOf(readJsonFile(path, { maxBytes: 1_000 }))).message).toContain('is too large');
    expect(await readText(path, { maxBytes: 2_002 })).toHaveLength(2_002);
  });

  it.skipIf(process.platform === 'win32')('does not wait for a named pipe', async () => {
    const path = join(folder, 'pipe');
    execFileSync('mkfifo', [path]);
    expect((await issueOf(readJsonFile(path))).message).toContain('is not a file');
  });
});

describe('writing', () => {
  it('writes text and bytes whole', async () => {
    const path = join(folder, 'new.json');
    await writeFileAtomic(path, '{"a":"中文"}');
    expect(await readFile(path, 'utf8')).toBe('{"a":"中文"}');
    await writeFileAtomic(path, new Uint8Array([1, 2, 3, 4]).subarray(1, 3));
    expect([...(await readFile(path))]).toEqual([2, 3]);
  });

  it('leaves the old file and no other behind when it fails', async () => {
    const place = join(folder, 'kept');
    await mkdir(place);
    const path = join(place, 'project.json');
    await writeFile(path, 'old');
    await expect(
      writeFileAtomic(
        path,
        new Proxy(new Uint8Array(4), {
          get: () => {
            throw new Error('broken on the way');
          },
        }),
      ),
    ).rejects.toThrow('broken');
    expect(await readFile(path, 'utf8')).toBe('old');
    expect(await readdir(place)).toEqual(['project.json']);
  });

  it('leaves nothing behind when the target is a folder', async () => {
    const place = join(folder, 'parent');
    await mkdir(join(place, 'quote.xlsx'), { recursive: true });
    const { path, message } = await issueOf(writeFileAtomic(join(place, 'quote.xlsx'), 'x', { name: '--out' }));
    expect(path).toBe('--out');
    expect(message).toContain('is a folder');
    expect(await readdir(place)).toEqual(['quote.xlsx']);
  });

  it('says that the folder is missing', async () => {
    expect((await issueOf(writeFileAtomic(join(folder, 'no', 'quote.xlsx'), 'x'))).message).toContain('does not exist; create it');
  });

  it('never shows a reader half a file', async () => {
    const path = join(folder, 'shared.txt');
    const versions = ['a', 'b', 'c', 'd'].map((letter) => letter.repeat(500_000));
    await writeFileAtomic(path, versions[0]!);
    let done = false;
    const writing = (async () => {
      for (let i = 0; i < 20; i++) await writeFileAtomic(path, versions[i % 4]!);
      done = true;
    })();
    while (!done) expect(versions).toContain(await readFile(path, 'utf8'));
    await writing;
  });
});
