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

const DIRECTIVE = /^[\s-]*\$\{\{\s*(?:if|elseif|else|each|insert)\b.*\}\}\s*$/;

/** Help for a syntax error at an offset of a text, by the library's code; undefined when there is none better. */
export function syntaxHelp(code: string, text: string, offset: number): string | undefined {
  const start = text.lastIndexOf('\n', offset - 1) + 1;
  const end = text.indexOf('\n', offset);
  const line = text.slice(start, end < 0 ? text.length : end);
  return DIRECTIVE.test(line) ? 'A directive is a key: write `:` at the end of its line.' : HELP.get(code);
}
