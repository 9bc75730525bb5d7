import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { answerPageRequest } from '../../src/main/page-protocol';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'scaleplan-page-'));
  await mkdir(join(folder, 'page', 'assets'), { recursive: true });
  await writeFile(join(folder, 'page', 'index.html'), '<!doctype html>');
  await writeFile(join(folder, 'page', 'assets', 'index-1a2b.js'), 'void 0;');
  await writeFile(join(folder, 'secret.json'), '{}');
});
afterAll(() => rm(folder, { recursive: true }));

const ask = (url: string, init?: RequestInit) => answerPageRequest(new Request(url, init), join(folder, 'page'));

describe('the page scheme', () => {
  it('serves the page under a policy without inline code or foreign origins', async () => {
    const response = await ask('app://scaleplan/');
    expect(response.status).toBe(200);
    expect(response.headers.get('content-type')).toBe('text/html; charset=utf-8');
    const policy = response.headers.get('content-security-policy')!;
    expect(policy).toContain("default-src 'self'");
    expect(policy).toContain("script-src 'self'");
    expect(policy).toContain("object-src 'none'");
    expect(policy).not.toMatch(/unsafe|http:|https:|\*/);
    expect(response.headers.get('x-content-type-options')).toBe('nosniff');
  });

  it('serves a script with its type, for as long as its name lasts', async () => {
    const response = await ask('app://scaleplan/assets/index-1a2b.js');
    expect(response.headers.get('content-type')).toContain('text/javascript');
    expect(response.headers.get('cache-control')).toContain('immutable');
  });

  it("answers the page's own views with the page", async () => {
    expect(await (await ask('app://scaleplan/wizard/media')).text()).toBe('<!doctype html>');
  });

  it.each([
    'app://scaleplan/..%2fsecret.json',
    'app://scaleplan/%2e%2e/secret.json',
    'app://scaleplan/assets/..%5c..%5csecret.json',
    'app://scaleplan/%00index.html',
    'app://scaleplan/%E0%A4%A',
    'app://other/',
  ])('has nothing at %s', async (url) => {
    const response = await ask(url);
    expect(response.status).toBe(404);
    expect(await response.text()).toBe('Not found');
  });

  it('only ever reads', async () => {
    expect((await ask('app://scaleplan/', { method: 'POST', body: 'x' })).status).toBe(404);
  });
});
