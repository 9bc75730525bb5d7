import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { briefSchema, parseBrief } from '../src/engine/brief/schema';
import { sizeBrief } from '../src/engine/design/size';
import { verifyDesign } from '../src/engine/verify/verify-design';
import { loadDependencies } from '../src/platform/dependencies';
import { readResources } from '../src/platform/resources';
import { builtIn } from './support/built-in';

const { templates } = loadDependencies();
const byId = (id: string) => templates.find((template) => template.id === id)!;

const words = z.string().trim().min(4);
/** The shape that every door shows; a misspelt key is a fault here, not an empty card there. */
const templateShape = z.strictObject({
  id: z.string().regex(/^[a-z0-9][a-z0-9-]*$/),
  title: z.strictObject({ en: words, zh: words }),
  description: z.strictObject({ en: words, zh: words }),
  source: words,
  brief: briefSchema,
});

describe('templates', () => {
  it('are at least twenty, with ids of their own', () => {
    expect(templates.length).toBeGreaterThanOrEqual(20);
    expect(new Set(templates.map((template) => template.id)).size).toBe(templates.length);
  });

  it.each(readResources('templates'))('$name has texts in both languages, a source and a brief', ({ content }) => {
    expect(templateShape.safeParse(content).error?.issues ?? []).toEqual([]);
  });

  it.each(templates.map((template) => [template.id, template] as const))('%s leads to a design that holds', (_id, template) => {
    const built = sizeBrief(parseBrief(template.brief), builtIn);
    expect(built.design.accelerators).toBe(template.brief.accelerators);
    expect(built.design.cost.unpriced).toEqual([]);
    expect(verifyDesign(built).checks.filter((check) => !check.ok)).toEqual([]);
  });
});

describe('templates of published reference architectures', () => {
  // Switches of the compute network as printed: DGX H100 SuperPOD, RA-11333-001, Tables 3 and 4; DGX B200
  // SuperPOD, Table 4.1; DGX B300 SuperPOD, Table 3. Access links where the table has them.
  it.each([
    { id: 'superpod-h100-1su', leaf: 8, spine: 4, core: 0, accessLinks: 252 },
    { id: 'superpod-h100-4su', leaf: 32, spine: 16, core: 0, accessLinks: 1020 },
    { id: 'superpod-b200-4su', leaf: 32, spine: 16, core: 0, accessLinks: 1020 },
    { id: 'h100-16384', leaf: 512, spine: 512, core: 256, accessLinks: 16_384 },
    { id: 'superpod-h100-2su', leaf: 16, spine: 8, core: 0, accessLinks: 508 },
    { id: 'superpod-h100-8su', leaf: 64, spine: 32, core: 0, accessLinks: 2048 },
    { id: 'superpod-h100-16su', leaf: 128, spine: 128, core: 64, accessLinks: 4096 },
    { id: 'superpod-b200-1su', leaf: 8, spine: 4, core: 0, accessLinks: 252 },
    { id: 'superpod-b200-2su', leaf: 16, spine: 8, core: 0, accessLinks: 512 },
    { id: 'superpod-b200-8su', leaf: 64, spine: 32, core: 0, accessLinks: 2048 },
    { id: 'superpod-b200-32su', leaf: 256, spine: 256, core: 128, accessLinks: 8192 },
    // S. Yeluri: eight rails of one 128-port switch each carry at most 1,024 accelerators.
    { id: 'rail-only-1024', leaf: 8, spine: 0, core: 0, accessLinks: 1024 },
    { id: 'superpod-b300-2su', leaf: 32, spine: 16, core: 0, accessLinks: 2 * 1024 },
    { id: 'superpod-b300-8su', leaf: 128, spine: 64, core: 0, accessLinks: 2 * 4096 },
    // The table counts one cable for the two 400G ports of a cage.
    { id: 'superpod-b300-ethernet', leaf: 16, spine: 8, core: 0, accessLinks: 2 * 512 },
  ])('$id has the switches and links that were published', ({ id, leaf, spine, core, accessLinks }) => {
    const { compute } = sizeBrief(parseBrief(byId(id).brief), builtIn).design.fabrics;
    const count = (role: string) => compute.tiers.find((tier) => tier.role === role)?.switches ?? 0;
    expect({ leaf: count('leaf'), spine: count('spine'), core: count('core') }).toEqual({ leaf, spine, core });
    expect(compute.links.endpoint).toBe(accessLinks);
  });
});
