import { InfeasibleFault, InputFault, type BindingLimit, type InputIssue } from '../units/fault';

/**
 * The fault behind an error that came over a transport, or the error itself. Errors are told by their code,
 * so that it does not matter through which copy of the library they came.
 */
export function toFault(error: unknown): unknown {
  if (!isCoded(error)) return error;
  const { code, data } = error;
  if (code === 'BAD_INPUT' && hasList(data, 'issues')) return new InputFault(data.issues as readonly InputIssue[]);
  if (code === 'INFEASIBLE' && hasList(data, 'limits')) return new InfeasibleFault(data.limits as readonly BindingLimit[]);
  if (code === 'BAD_REQUEST' && hasList(data, 'issues')) return new InputFault(data.issues.map(issueOfSchema));
  return error;
}

function isCoded(error: unknown): error is Error & { readonly code: string; readonly data: unknown } {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' && 'data' in error;
}

function hasList<K extends string>(data: unknown, key: K): data is Readonly<Record<K, readonly unknown[]>> {
  return typeof data === 'object' && data !== null && Array.isArray((data as Record<string, unknown>)[key]);
}

/** What a procedure's own schema found wrong: its path comes as a list of keys. */
function issueOfSchema(issue: unknown): InputIssue {
  const { path = [], message = 'is not allowed' } = issue as { path?: readonly (PropertyKey | { key: PropertyKey })[]; message?: string };
  const keys = path.map((part) => String(typeof part === 'object' ? part.key : part));
  return { path: keys.join('.') || 'input', message };
}
