import { isScalar, visit } from 'yaml';
import type { Document, YAMLParseError } from 'yaml';

/** How to mend what the YAML library refuses, by its code; what is not here has the help of the diagnostic. */
const HELP: ReadonlyMap<string, string> = new Map([
  ['MULTILINE_IMPLICIT_KEY', 'A key needs a `:` behind it on its line; look at this line and the one below.'],
  [
    'BLOCK_AS_IMPLICIT_KEY',
    'Quote a value that holds `: `; if this is no value, the line below is indented too far.',
  ],
  ['BAD_INDENT', 'Let all keys of a mapping, and all `-` of a list, begin in the same column.'],
  ['MISSING_CHAR', 'Close the quote or the bracket, or write the missing `:` or `,`.'],
  ['BAD_SCALAR_START', 'Quote text that begins with `@`, `` ` `` or `%`.'],
  ['BAD_DQ_ESCAPE', 'Write `\\\\` for a backslash in double quotes, or use single quotes.'],
  ['BLOCK_IN_FLOW', 'Inside brackets there are only brackets: write `[a, b]` and `{ key: value }`.'],
]);

/** Help that hangs on the words of the library, where one code stands for several mistakes. */
const HELP_BY_MESSAGE: readonly (readonly [RegExp, string])[] = [
  [/^Sequence item without/, 'Begin this line in the column of the keys above it, or with `- `.'],
  [/^Flow (?:sequence|map) in block/, 'Close the bracket that is open above with `]` or `}`.'],
  [
    /^A block sequence may not/,
    'Let all `-` of a list begin in the same column; a list holds no keys beside them.',
  ],
  [/ at node end$/, 'Put the whole value in quotes, or let the line begin in the column of those above it.'],
];

const DIRECTIVE = /^[\s-]*\$\{\{\s*(?:if|elseif|else|each|insert)\b.*\}\}\s*$/;

/** Help for a syntax error in a text, by the library's code and words; undefined when there is none better. */
export function syntaxHelp(
  { code, message, pos: [offset] }: YAMLParseError,
  text: string,
): string | undefined {
  const start = text.lastIndexOf('\n', offset - 1) + 1;
  const end = text.indexOf('\n', offset);
  const line = text.slice(start, end < 0 ? text.length : end);
  if (DIRECTIVE.test(line)) return 'A directive is a key: write `:` at the end of its line.';
  if (/^ *\t/.test(line)) return 'Indent with spaces: this line begins with a tab.';
  const first = message.split(/ at line \d|\n/)[0] ?? message;
  return HELP_BY_MESSAGE.find(([pattern]) => pattern.test(first))?.[1] ?? HELP.get(code);
}

/** Where the quote begins that is not closed; the library only says where the text ended without it. */
export function openQuote(
  { message, pos }: YAMLParseError,
  document: Document,
): [number, number] | undefined {
  if (!message.startsWith('Missing closing')) return undefined;
  let last: [number, number] | undefined;
  visit(document, (_, node) => {
    if (!isScalar(node) || node.type?.startsWith('QUOTE_') !== true) return;
    const [start, end] = node.range ?? pos;
    if (start < pos[0] && end >= pos[0]) last = [start, end];
  });
  return last;
}
