import { failure, type Failure } from '../errors.ts';
import { textArgument } from '../values/convert.ts';
import { formatDateTime } from '../values/date-format.ts';
import { NULL, stringValue, type Value } from '../values/value.ts';
import type { FunctionContext } from './context.ts';
import { ANY_NUMBER, type FunctionRecord, type Outcome } from './record.ts';

/** `format` with `{0}` placeholders, `{0:format}` for dates, and `{{`, `}}` for braces (REC-128, EXPR-40). */
export const FORMAT_FUNCTION: FunctionRecord = {
  name: 'format',
  group: 'general',
  minArgs: 1,
  maxArgs: ANY_NUMBER,
  description:
    '`format(text, a, b, …)` – the text with `{0}`, `{1}`, … replaced by the arguments; `{0:yyyy-MM-dd}` formats a ' +
    'date, `{{` and `}}` are braces.',
  examples: [
    { call: "format('{0} of {1}', 1, 3)", result: '1 of 3' },
    { call: "format('{{{0}}}', 'braces')", result: '{braces}' },
  ],
  call: ([template = NULL, ...args], context) => {
    const text = textArgument(template, 0);
    return typeof text === 'string' ? format(text, args, context) : text;
  },
};

/** The texts to join, and their length so far: joined only once that is known to be allowed. */
interface Parts {
  readonly texts: string[];
  length: number;
}

function format(template: string, args: readonly Value[], context: FunctionContext): Outcome {
  const parts: Parts = { texts: [], length: 0 };
  let index = 0;
  while (index < template.length) {
    const next = nextBrace(template, index);
    add(parts, template.slice(index, next));
    if (next === template.length) break;
    const brace = template.charAt(next);
    if (template.charAt(next + 1) === brace) {
      add(parts, brace);
      index = next + 2;
      continue;
    }
    const end = template.indexOf('}', next);
    if (brace === '}' || end < 0) return badFormat(template, next);
    const text = placeholder(template.slice(next + 1, end), args);
    if (typeof text !== 'string') return text;
    add(parts, text);
    index = end + 1;
  }
  return context.reserve(parts.length) ?? stringValue(parts.texts.join(''));
}

function add(parts: Parts, text: string): void {
  parts.texts.push(text);
  parts.length += text.length;
}

function nextBrace(template: string, from: number): number {
  let index = from;
  while (index < template.length && template.charAt(index) !== '{' && template.charAt(index) !== '}') index++;
  return index;
}

function placeholder(inside: string, args: readonly Value[]): string | Failure {
  const colon = inside.indexOf(':');
  const number = colon < 0 ? inside : inside.slice(0, colon);
  if (!/^\d{1,3}$/.test(number)) {
    return failure(
      'bad-format',
      `'{${inside.slice(0, 40)}}' is no placeholder`,
      'Write a brace as {{ or }}.',
      0,
    );
  }
  const argument = Number(number) + 1;
  const value = args[argument - 1];
  if (value === undefined) {
    return failure(
      'bad-format',
      `The format names {${number}}, but there are only ${args.length} arguments`,
      'Add the argument; they count from {0}. A brace itself is written {{ or }}.',
      0,
    );
  }
  if (colon < 0) return textArgument(value, argument);
  if (value.kind === 'dateTime') return formatDateTime(value.value, inside.slice(colon + 1));
  return failure('bad-format', 'Only a date takes a format after the colon', '', argument);
}

function badFormat(template: string, at: number): Failure {
  const shown = template.slice(at, at + 40);
  return failure(
    'bad-format',
    `A brace stands alone in the format, at '${shown}'`,
    'Write it as {{ or }}.',
    0,
  );
}
