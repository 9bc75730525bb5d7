import { describe, expect, it } from 'vitest';
import { en } from '../../../src/renderer/locales/en';
import { zh } from '../../../src/renderer/locales/zh';

function textsOf(node: object, path = ''): [string, string][] {
  return Object.entries(node).flatMap(([key, value]: [string, unknown]) =>
    typeof value === 'string' ? [[`${path}${key}`, value] as [string, string]] : textsOf(value as object, `${path}${key}.`),
  );
}

describe('languages', () => {
  const english = new Map(textsOf(en));
  const chinese = new Map(textsOf(zh));

  it('have the same keys', () => {
    expect([...chinese.keys()].sort()).toEqual([...english.keys()].sort());
  });

  it('have the same placeholders', () => {
    const placeholders = (text: string) => [...new Set([...text.matchAll(/\{(\w+)\}/g)].map((match) => match[1]))].sort();
    for (const [key, text] of english) expect(placeholders(chinese.get(key)!), key).toEqual(placeholders(text));
  });

  it('are translated: a Chinese text has Chinese in it, unless it is a name or a unit', () => {
    const untranslated = [...chinese].filter(
      ([key, text]) => !/[\u4e00-\u9fff]/.test(text) && text === english.get(key) && /[a-z]{4,}/.test(text.replace(/\{\w+\}/g, '')),
    );
    expect(
      untranslated
        .map(([key]) => key)
        .filter((key) => !['common.app', 'common.topology.slim-fly', 'scaleOut.protocol.infiniband'].includes(key)),
    ).toEqual([]);
  });
});
