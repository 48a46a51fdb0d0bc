import { quote } from '../diagnostics.ts';
import type { ScalarNode } from '../read/node.ts';
import type { Key, Scope } from './key.ts';
import { readScalar } from './values.ts';

/** The run-number format of a pipeline that does not name one (RNAME-1). */
export const DEFAULT_RUN_NUMBER = '$(Date:yyyyMMdd).$(Rev:r)';

/** `name` of a pipeline: text with tokens (RNAME-2). Other tokens are variables, known when the run is created. */
export const runNumberKey: Key<string> = {
  summary: 'The format of run numbers, for example `$(Date:yyyyMMdd).$(Rev:r)`.',
  read(node, scope) {
    const scalar = readScalar(node, scope);
    if (scalar === undefined || scalar.text === '') return undefined;
    for (const problem of problemsOf(scalar.text)) report(problem, scalar, scope);
    return scalar.text;
  },
};

/** What a token with a colon may have behind it. Separators in `Rev` are written only with the number. */
const FORMATS: ReadonlyMap<string, readonly [RegExp, string]> = new Map([
  ['rev', [/^[^A-Za-z0-9$()]*[rR]+$/, 'one or more `r`, for example `$(Rev:r)` or `$(Rev:.rr)`']],
  ['year', [/^(?:yy|yyyy)$/, '`yy` or `yyyy`']],
  ['date', [/^.+$/, 'a date format, for example `$(Date:yyyyMMdd)`']],
]);

function problemsOf(format: string): readonly string[] {
  const problems: string[] = [];
  for (const [token, inner = ''] of format.matchAll(/\$\(([^()$]*)\)/g)) {
    const colon = inner.indexOf(':');
    if (colon < 0) continue;
    const known = FORMATS.get(inner.slice(0, colon).toLowerCase());
    if (known !== undefined && !known[0].test(inner.slice(colon + 1)))
      problems.push(`${quote(token)} needs ${known[1]}`);
  }
  if (/\$\([^)]*$/.test(format)) problems.push('a token is not closed with `)`');
  return problems;
}

function report(problem: string, { at }: ScalarNode, scope: Scope): void {
  scope.report('run-number-invalid', at, `The run-number format is not well-formed: ${problem}.`);
}
