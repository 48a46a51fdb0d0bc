import { textArgument } from '../values/convert.ts';
import { foldCase, lowerCase, trimText } from '../values/fold.ts';
import { arrayValue, booleanValue, NULL, stringValue } from '../values/value.ts';
import type { FunctionContext } from './context.ts';
import type { FunctionExample, FunctionRecord, Outcome } from './record.ts';

/** `contains`, `startsWith`, `endsWith`, `lower`, `upper`, `trim`, `replace`, `split`. */
export const TEXT_FUNCTIONS: readonly FunctionRecord[] = [
  textTest(
    'contains',
    'contains',
    [{ call: "contains('refs/heads/Main', 'main')", result: 'True' }],
    (text, part) => text.includes(part),
  ),
  textTest(
    'startsWith',
    'starts with',
    [{ call: "startsWith('refs/tags/v1', 'refs/tags/')", result: 'True' }],
    (text, part) => text.startsWith(part),
  ),
  textTest(
    'endsWith',
    'ends with',
    [{ call: "endsWith('build.yml', '.YML')", result: 'True' }],
    (text, part) => text.endsWith(part),
  ),
  textChange('lower', 'in lower case', [{ call: "lower('Main')", result: 'main' }], lowerCase),
  textChange('upper', 'in upper case', [{ call: "upper('Main')", result: 'MAIN' }], foldCase),
  textChange(
    'trim',
    'without white space at both ends',
    [{ call: "trim('  a b ')", result: 'a b' }],
    trimText,
  ),
  {
    name: 'replace',
    group: 'general',
    minArgs: 3,
    maxArgs: 3,
    description: '`replace(a, b, c)` – `a` with every `b` replaced by `c`; letter case matters.',
    examples: [{ call: "replace('a-b-c', '-', '.')", result: 'a.b.c' }],
    call: ([a = NULL, b = NULL, c = NULL], context) => {
      const text = textArgument(a, 0);
      if (typeof text !== 'string') return text;
      const search = textArgument(b, 1);
      if (typeof search !== 'string') return search;
      const replacement = textArgument(c, 2);
      return typeof replacement === 'string' ? replaceAll(text, search, replacement, context) : replacement;
    },
  },
  {
    name: 'split',
    group: 'general',
    minArgs: 2,
    maxArgs: 2,
    description:
      '`split(a, separator)` – the parts of `a` between the occurrences of the separator, as an array.',
    examples: [
      { call: "split('a;b;c', ';')[1]", result: 'b' },
      { call: "length(split('a;b', ','))", result: '1' },
    ],
    call: ([a = NULL, b = NULL]) => {
      const text = textArgument(a, 0);
      if (typeof text !== 'string') return text;
      const separator = textArgument(b, 1);
      if (typeof separator !== 'string') return separator;
      const parts = separator === '' ? [text] : text.split(separator);
      return arrayValue(parts.map(stringValue));
    },
  },
];

function textTest(
  name: string,
  words: string,
  examples: readonly FunctionExample[],
  test: (text: string, part: string) => boolean,
): FunctionRecord {
  return {
    name,
    group: 'general',
    minArgs: 2,
    maxArgs: 2,
    description: `\`${name}(a, b)\` – True if the text \`a\` ${words} the text \`b\`, ignoring case.`,
    examples,
    call: ([a = NULL, b = NULL]) => {
      const text = textArgument(a, 0);
      if (typeof text !== 'string') return text;
      const part = textArgument(b, 1);
      return typeof part === 'string' ? booleanValue(test(foldCase(text), foldCase(part))) : part;
    },
  };
}

function textChange(
  name: string,
  words: string,
  examples: readonly FunctionExample[],
  change: (text: string) => string,
): FunctionRecord {
  return {
    name,
    group: 'general',
    minArgs: 1,
    maxArgs: 1,
    description: `\`${name}(a)\` – the text ${words}.`,
    examples,
    call: ([a = NULL], context) => {
      const text = textArgument(a, 0);
      if (typeof text !== 'string') return text;
      return context.reserve(text.length) ?? stringValue(change(text));
    },
  };
}

function replaceAll(text: string, search: string, replacement: string, context: FunctionContext): Outcome {
  if (search === '') return stringValue(text);
  const length = text.length + countOf(text, search) * (replacement.length - search.length);
  const refused = context.reserve(length);
  if (refused !== undefined) return refused;
  // Not `replaceAll`: it would give `$&` and `$1` a meaning, and a replacer function is called for each of a million.
  return stringValue(text.split(search).join(replacement));
}

function countOf(text: string, search: string): number {
  let count = 0;
  for (let at = text.indexOf(search); at >= 0; at = text.indexOf(search, at + search.length)) count++;
  return count;
}
