import type { z } from 'zod';
import { InputFault, type InputIssue } from '../units/fault';
import { list } from '../units/format';

/** Turns schema issues into sentences that name the field, the value, what is allowed and what to do. */

type SchemaIssue = z.core.$ZodIssue;

function show(value: unknown): string {
  if (value === undefined) return 'nothing';
  if (typeof value === 'string') return value.length > 40 ? `"${value.slice(0, 37)}…"` : `"${value}"`;
  if (typeof value === 'object' && value !== null) return Array.isArray(value) ? 'a list' : 'an object';
  return String(value);
}

function valueAt(root: unknown, path: readonly PropertyKey[]): unknown {
  let at: unknown = root;
  for (const key of path) {
    if (typeof at !== 'object' || at === null) return undefined;
    at = (at as Record<PropertyKey, unknown>)[key];
  }
  return at;
}

export function pathString(path: readonly PropertyKey[]): string {
  return path.reduce<string>(
    (text, key) => (typeof key === 'number' ? `${text}[${key}]` : text === '' ? String(key) : `${text}.${String(key)}`),
    '',
  );
}

const NOUN: Readonly<Record<string, string>> = {
  int: 'a whole number',
  number: 'a number',
  string: 'text',
  object: 'an object',
  array: 'a list',
  boolean: 'true or false',
};

function sentence(issue: SchemaIssue, value: unknown): string {
  switch (issue.code) {
    case 'invalid_type':
      return value === undefined
        ? `is missing; give ${NOUN[issue.expected] ?? issue.expected}`
        : `is ${show(value)}, but ${NOUN[issue.expected] ?? issue.expected} is needed; change its value`;
    case 'too_small':
      return issue.origin === 'string' || issue.origin === 'array'
        ? `is empty or too short; give at least ${issue.minimum} ${issue.origin === 'string' ? 'character(s)' : 'item(s)'}`
        : `is ${show(value)}, but must be ${issue.inclusive === false ? 'above' : 'at least'} ${issue.minimum}; raise it`;
    case 'too_big':
      return issue.origin === 'string' || issue.origin === 'array'
        ? `is too long; at most ${issue.maximum} ${issue.origin === 'string' ? 'characters' : 'items'} are allowed`
        : `is ${show(value)}, but must be at most ${issue.maximum}; lower it`;
    case 'invalid_value':
      return `is ${show(value)}; allowed: ${list(issue.values.map((allowed) => (typeof allowed === 'string' ? allowed : String(allowed))))}`;
    case 'unrecognized_keys':
      return `has the unknown field${issue.keys.length > 1 ? 's' : ''} ${list(
        issue.keys.map((key) => `"${key}"`),
        'and',
      )}; remove or correct ${issue.keys.length > 1 ? 'them' : 'it'}`;
    case 'not_multiple_of':
      return `is ${show(value)}, but must be a multiple of ${issue.divisor}; change it`;
    case 'invalid_format':
      return `is ${show(value)}, but must look like ${issue.message.startsWith('Invalid') ? issue.format : issue.message}; correct it`;
    default:
      return `is ${show(value)}: ${issue.message}`;
  }
}

/** The deepest alternative of a union is the one the user meant. */
function flatten(issue: SchemaIssue, root: unknown, base: readonly PropertyKey[]): InputIssue[] {
  const path = [...base, ...issue.path];
  if (issue.code === 'invalid_union' && issue.errors.length > 0) {
    const depth = (issues: readonly SchemaIssue[]) =>
      Math.max(...issues.map((inner) => inner.path.length + (inner.code === 'invalid_type' ? 0 : 0.5)));
    const best = [...issue.errors].sort((a, b) => depth(b) - depth(a))[0];
    if (best && best.some((inner) => inner.path.length > 0 || inner.code !== 'invalid_type'))
      return best.flatMap((inner) => flatten(inner, root, path));
    const expected = issue.errors
      .flat()
      .map((inner) => (inner.code === 'invalid_type' ? (NOUN[inner.expected] ?? inner.expected) : 'a listed value'));
    return [
      { path: pathString(path), message: `is ${show(valueAt(root, path))}, but ${list([...new Set(expected)])} is needed; change it` },
    ];
  }
  return [{ path: pathString(path) || '(document)', message: sentence(issue, valueAt(root, path)) }];
}

/** Parses `input`, or throws an {@link InputFault} with one sentence per fault. `base` prefixes every path. */
export function parseOrFault<T>(schema: z.ZodType<T>, input: unknown, base: readonly PropertyKey[] = []): T {
  const parsed = schema.safeParse(input);
  if (parsed.success) return parsed.data;
  throw new InputFault(
    parsed.error.issues
      .flatMap((issue) => flatten(issue, input, []))
      .map((issue) => ({ ...issue, path: base.length > 0 ? `${pathString(base)}.${issue.path}` : issue.path })),
  );
}
