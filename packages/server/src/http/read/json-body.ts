import { JSON_DEPTH, JSON_VALUES, NAME_LENGTH } from '../../limits.ts';
import { badRequest } from '../problem.ts';
import { repeatedName } from './repeated-name.ts';

/**
 * Reads a JSON body. Empty is no body: az sends `Content-Type: application/json` without one (REST.md §0.5).
 * Refuses what would hurt later: `__proto__`, a name that comes twice, deep nesting, text that PostgreSQL cannot hold.
 */
export function parseJsonBody(text: string): unknown {
  // A byte-order mark is no JSON, but some clients write one.
  const json = text.startsWith('\uFEFF') ? text.slice(1) : text;
  if (json.trim() === '') return undefined;
  const value = parse(json);
  inspect(value);
  const twice = repeatedName(json);
  if (twice !== undefined) throw badRequest(`The body names "${twice.slice(0, NAME_LENGTH)}" twice.`);
  return value ?? undefined;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw badRequest('The body is not valid JSON.');
  }
}

// Not recursive: the depth that is to be refused must not end the process first.
function inspect(root: unknown): void {
  const open: { readonly value: unknown; readonly depth: number }[] = [{ value: root, depth: 1 }];
  let seen = 0;
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const { value, depth } = next;
    if (typeof value === 'string') inspectText(value);
    if (typeof value !== 'object' || value === null) continue;
    if (depth > JSON_DEPTH) throw badRequest(`The body is nested deeper than ${JSON_DEPTH} levels.`);
    const names = Array.isArray(value) ? [] : Object.keys(value);
    const inner: readonly unknown[] = Array.isArray(value) ? value : Object.values(value);
    // Counted before they are looked at: a million of them must not even be put aside.
    seen += inner.length;
    if (seen > JSON_VALUES) throw badRequest('The body has too many values.');
    names.forEach(inspectName);
    for (const one of inner) open.push({ value: one, depth: depth + 1 });
  }
}

function inspectName(name: string): void {
  if (name === '__proto__') throw badRequest('A property may not be called "__proto__".');
  inspectText(name);
}

// U+0000 and lone surrogates cannot be stored by PostgreSQL (RELIABILITY §1.4).
function inspectText(text: string): void {
  if (text.includes('\u0000') || /\p{Surrogate}/u.test(text)) {
    throw badRequest('The body holds a character that is not valid text (U+0000 or half a surrogate pair).');
  }
}
