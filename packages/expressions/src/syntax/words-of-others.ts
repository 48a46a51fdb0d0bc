import { foldCase } from '../values/fold.ts';

/** What other languages call what is here; keys in upper case. */
const HERE: ReadonlyMap<string, string> = new Map([
  ['SUCCESS', 'succeeded()'],
  ['FAILURE', 'failed()'],
  ['COMPLETED', 'always()'],
  ['TOJSON', 'convertToJson(…)'],
  ['TOLOWER', 'lower(…)'],
  ['TOUPPER', 'upper(…)'],
  ['EQUALS', 'eq(…, …)'],
  ['CONCAT', "format('{0}{1}', …, …)"],
  ['LEN', 'length(…)'],
  ['SIZE', 'length(…)'],
  ['COUNT', 'length(…)'],
  ['IF', 'iif(…, …, …)'],
  ['ENV', "variables['NAME']"],
  ['VARS', "variables['NAME']"],
  ['INPUTS', 'parameters.NAME'],
  ['PARAMS', 'parameters.NAME'],
  ['NEEDS', 'dependencies.JOB'],
]);

/** How to say here what an unknown word means in other languages; empty when it means nothing known. */
export function wordOfOthers(word: string, offered: readonly string[]): string {
  const meant = HERE.get(foldCase(word));
  const name = meant === undefined ? '' : (/^\w+/.exec(meant)?.[0] ?? '');
  return offered.includes(name) ? `Write \`${meant}\`.` : '';
}

/** What to write instead of an operator that other languages have, also one that begins a word (EXPR-2). */
export function operatorHelp(symbol: string): string {
  const name = OPERATORS.get(symbol) ?? (symbol.startsWith('!') ? 'not' : undefined);
  return name === undefined ? '' : `There are no operators; use the function ${name}.`;
}

const OPERATORS: ReadonlyMap<string, string> = new Map([
  ['==', 'eq'],
  ['=', 'eq'],
  ['!=', 'ne'],
  ['<', 'lt'],
  ['<=', 'le'],
  ['>', 'gt'],
  ['>=', 'ge'],
  ['&&', 'and'],
  ['||', 'or'],
  ['+', 'format'],
  ['?', 'iif'],
]);
