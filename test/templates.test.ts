import { describe, expect, it } from 'vitest';
import { parseBrief } from '../src/engine/brief/schema';
import { sizeBrief } from '../src/engine/design/size';
import { verifyDesign } from '../src/engine/verify/verify-design';
import { loadDependencies } from '../src/platform/dependencies';
import { builtIn } from './support/built-in';

const { templates } = loadDependencies();

describe('templates', () => {
  it('have ids of their own, texts in both languages and a source', () => {
    expect(templates.length).toBeGreaterThanOrEqual(8);
    expect(new Set(templates.map((template) => template.id)).size).toBe(templates.length);
    for (const { title, description, source } of templates)
      for (const text of [title.en, title.zh, description.en, description.zh, source]) expect(text.length).toBeGreaterThan(3);
  });

  it.each(templates.map((template) => [template.id, template] as const))('%s leads to a design that holds', (_id, template) => {
    const built = sizeBrief(parseBrief(template.brief), builtIn);
    expect(verifyDesign(built).checks.filter((check) => !check.ok)).toEqual([]);
  });
});
