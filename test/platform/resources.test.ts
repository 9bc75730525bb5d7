import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadDependencies } from '../../src/platform/dependencies';
import { findPackageRoot, readResource, readResources } from '../../src/platform/resources';
import { InputFault } from '../../src/units/fault';

let root: string;
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'scaleplan-resources-'));
  await mkdir(join(root, 'resources', 'catalog'), { recursive: true });
  await mkdir(join(root, 'out', 'main', 'chunks'), { recursive: true });
  await writeFile(join(root, 'package.json'), '{"name":"scaleplan"}');
  await writeFile(join(root, 'out', 'package.json'), '{"type":"module"}');
  await writeFile(join(root, 'resources', 'catalog', 'b.json'), '2');
  await writeFile(join(root, 'resources', 'catalog', 'a.json'), '1');
  await writeFile(join(root, 'resources', 'catalog', 'notes.txt'), 'x');
  await writeFile(join(root, 'resources', 'damaged.json'), '{"a": 1,}');
});
afterAll(() => rm(root, { recursive: true }));

describe('the package root', () => {
  it('is found from a chunk of the build, past packages of other names', () => {
    expect(findPackageRoot(pathToFileURL(join(root, 'out', 'main', 'chunks', 'router.js')).href)).toBe(root);
  });

  it('is found from the checkout', () => {
    expect(readResources('catalog', findPackageRoot()).length).toBeGreaterThan(0);
  });

  it('is a fault of the program where there is none', () => {
    expect(() => findPackageRoot(pathToFileURL(join(tmpdir(), 'x.js')).href)).toThrow('no package.json of scaleplan');
  });
});

describe('resources', () => {
  it('are read in the order of their names, JSON only', () => {
    expect(readResources('catalog', root)).toEqual([
      { name: 'catalog/a.json', content: 1 },
      { name: 'catalog/b.json', content: 2 },
    ]);
    expect(readResources('nothing-here', root)).toEqual([]);
  });

  it('stay inside their folder', () => {
    expect(() => readResource('../package.json', root)).toThrow('outside resources/');
  });

  it('name the damaged file and the place', () => {
    expect(() => readResource('damaged.json', root)).toThrow(InputFault);
    expect(() => readResource('damaged.json', root)).toThrow(/resources\/damaged\.json: is not JSON.*line 1, column 9/);
  });
});

describe('the built-in data', () => {
  it('is sound, and the clock is the one given', () => {
    const { catalog, prices, now } = loadDependencies(() => new Date('2026-01-02T00:00:00Z'));
    expect(catalog.byId.has('nvidia-dgx-h100')).toBe(true);
    expect(prices.book.currency).toBe('USD');
    expect(now().toISOString()).toBe('2026-01-02T00:00:00.000Z');
  });
});
