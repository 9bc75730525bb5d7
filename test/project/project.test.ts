import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { readProject, writeProject } from '../../src/project/project';

const fixture = (name: string) =>
  readFileSync(join(fileURLToPath(new URL('.', import.meta.url)), '..', 'fixtures', 'projects', `${name}.scaleplan.json`), 'utf8');

describe('a project file', () => {
  it('of the first version opens as one option, with all that it held', () => {
    const { brief, notes } = JSON.parse(fixture('v1')) as { brief: unknown; notes: string };
    expect(readProject(fixture('v1'))).toEqual({
      format: 'scaleplan.project/2',
      name: 'Northern hall',
      options: [{ name: 'A', brief }],
      chosen: 0,
      notes,
    });
  });

  it('of the present version is written as it was read', () => {
    const text = fixture('v2');
    const project = readProject(text);
    expect(JSON.parse(writeProject(project))).toEqual(JSON.parse(text));
    expect(writeProject(readProject(writeProject(project)))).toBe(writeProject(project));
    expect(project.options[project.chosen]!.name).toBe('B, three tiers');
  });

  it.each([
    ['a newer version', { format: 'scaleplan.project/3' }, /format.*newer Scaleplan/],
    ['an option that is not there', { ...JSON.parse(fixture('v2')), chosen: 2 }, /chosen.*does not have/],
    ['no option', { ...JSON.parse(fixture('v2')), options: [] }, /options/],
    ['an id that is a path', { ...JSON.parse(fixture('v2')), id: '../../secret' }, /id/],
    ['an unknown field', { ...JSON.parse(fixture('v2')), colour: 'red' }, /colour/],
    ['another document', { format: 'scaleplan.brief/1', accelerators: 8 }, /format/],
  ])('with %s is refused with the reason', (_what, document, reason) => {
    expect(() => readProject(JSON.stringify(document))).toThrow(reason);
  });
});
