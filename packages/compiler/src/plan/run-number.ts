import { quote } from '../diagnostics.ts';
import type { Key } from './key.ts';
import { TEXT } from './shape.ts';
import { readScalar } from './values.ts';

/** The run-number format of a pipeline that does not name one (RNAME-1). */
export const DEFAULT_RUN_NUMBER = '$(Date:yyyyMMdd).$(Rev:r)';

/** `name` of a pipeline: text with tokens (RNAME-2). Other tokens are variables, known when the run is created. */
export const runNumberKey: Key<string> = {
  summary: 'The format of run numbers, for example `$(Date:yyyyMMdd).$(Rev:r)`.',
  shape: TEXT,
  read(node, scope) {
    const scalar = readScalar(node, scope);
    if (scalar === undefined || scalar.text === '') return undefined;
    const { text, at } = scalar;
    const problems = tokenProblems(text);
    for (const problem of problems) {
      scope.report('run-number-invalid', at, `The run-number format is not well-formed: ${problem}.`);
    }
    // What is wrong with a token must not be told of its characters as well.
    const forbidden = problems.length === 0 ? forbiddenText(text) : undefined;
    if (forbidden !== undefined) {
      scope.report('run-number-not-allowed', at, `No run can have the number ${quote(text)}: ${forbidden}.`);
    }
    return text;
  },
};

/** What a token with a colon may have behind it. Separators in `Rev` are written only with the number. */
const FORMATS: ReadonlyMap<string, readonly [RegExp, string]> = new Map([
  ['rev', [/^[^A-Za-z0-9$()]*[rR]+$/, 'one or more `r`, for example `$(Rev:r)` or `$(Rev:.rr)`']],
  ['year', [/^(?:yy|yyyy)$/i, '`yy` or `yyyy`']],
  ['date', [/^.+$/, 'a date format, for example `$(Date:yyyyMMdd)`']],
]);

/** Tokens are `$(name)`; a name holds no bracket. */
const TOKEN = /\$\(([^()$]*)\)/g;

function tokenProblems(format: string): readonly string[] {
  const problems: string[] = [];
  for (const [token, inner = ''] of format.matchAll(TOKEN)) {
    const colon = inner.indexOf(':');
    if (colon < 0) continue;
    const known = FORMATS.get(inner.slice(0, colon).trim().toLowerCase());
    if (known !== undefined && !known[0].test(inner.slice(colon + 1)))
      problems.push(`${quote(token)} needs ${known[1]}`);
  }
  if (format.lastIndexOf('$(') > format.lastIndexOf(')')) problems.push('a token is not closed with `)`');
  return problems;
}

/** What every number of this format would have and none may have; values of tokens are only known later (RNAME-5). */
function forbiddenText(format: string): string | undefined {
  const literal = format.replaceAll(TOKEN, ' ');
  const wrong = /["/\\:<>'|?@*]/.exec(literal)?.[0];
  if (wrong !== undefined) return `it cannot hold \`${wrong}\``;
  return literal.endsWith('.') ? 'it cannot end in `.`' : undefined;
}
