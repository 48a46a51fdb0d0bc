import { VALUE_LENGTH, VARIABLES } from '../../limits.ts';
import { badRequest } from '../problem.ts';

/**
 * Reads `Build.parameters`: JSON text, or what Python prints for a dict, which is what az sends (REST.md §0.6).
 * Values are text; other plain values become text.
 */
export function readParameters(text: string): Readonly<Record<string, string>> {
  if (text.trim() === '') return {};
  return toTexts(parseJson(text) ?? parseJson(fromPython(text)) ?? refuse());
}

function refuse(): never {
  throw badRequest('"parameters" must be a JSON object of texts.');
}

function parseJson(text: string): object | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

// Rewrites a Python repr as JSON in one pass over its characters: quotes, and the words True, False and None.
function fromPython(text: string): string {
  let out = '';
  let at = 0;
  while (at < text.length) {
    const quote = text[at];
    if (quote === "'" || quote === '"') {
      const [literal, end] = readLiteral(text, at + 1, quote);
      out += JSON.stringify(literal);
      at = end;
    } else {
      const word = /^(True|False|None)\b/.exec(text.slice(at, at + 6))?.[1];
      out += word === undefined ? text[at] : (PYTHON_WORDS[word] ?? '');
      at += word?.length ?? 1;
    }
  }
  return out;
}

const PYTHON_WORDS: Readonly<Record<string, string>> = { True: 'true', False: 'false', None: 'null' };
const PYTHON_ESCAPES: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t' };

function readLiteral(text: string, start: number, quote: string): readonly [string, number] {
  let literal = '';
  let at = start;
  while (at < text.length && text[at] !== quote) {
    if (text[at] === '\\') {
      const escape = readEscape(text, at + 1);
      literal += escape.text;
      at = escape.end;
    } else {
      literal += text[at];
      at += 1;
    }
  }
  return [literal, at + 1];
}

function readEscape(text: string, at: number): { readonly text: string; readonly end: number } {
  const hex = /^(?:x([\da-f]{2})|u([\da-f]{4}))/i.exec(text.slice(at, at + 5));
  const digits = hex?.[1] ?? hex?.[2];
  if (hex !== null && digits !== undefined) {
    return { text: String.fromCharCode(Number.parseInt(digits, 16)), end: at + hex[0].length };
  }
  const letter = text[at] ?? '';
  return { text: PYTHON_ESCAPES[letter] ?? letter, end: at + 1 };
}

/** Names and texts of an object; anything that is neither text, number nor truth value is refused. */
export function toTexts(object: object): Readonly<Record<string, string>> {
  const entries = Object.entries(object);
  if (entries.length > VARIABLES) throw badRequest(`More than ${VARIABLES} variables.`);
  return Object.fromEntries(entries.map(([name, value]) => [checkName(name), toText(name, value)]));
}

function checkName(name: string): string {
  if (name === '' || name === '__proto__' || name.length > 256) {
    throw badRequest('A variable needs a name of at most 256 characters.');
  }
  return name;
}

function toText(name: string, value: unknown): string {
  if (value === null) return '';
  if (typeof value !== 'string' && typeof value !== 'number' && typeof value !== 'boolean') {
    throw badRequest(`The value of "${name}" must be text.`);
  }
  const text = String(value);
  if (text.length > VALUE_LENGTH) throw badRequest(`The value of "${name}" is too long.`);
  return text;
}
