import { fold, type Instant } from '@signalbox/model';
import { expandMacros, expandVariables } from '@signalbox/expressions';
import { lastSegment } from '../run/values/predefined.ts';
import type { Scope } from '../run/values/variables.ts';
import { formatUtc, utcTime } from './utc.ts';

/** What a run number is made of. */
export interface NumberInputs {
  readonly format: string;
  readonly at: Instant;
  readonly branch: string;
  readonly projectName: string;
  /** Root variables, `$[ ]` evaluated (RNAME-6). */
  readonly scope: Scope;
}

/** True when the format asks for a revision (RNAME-4). */
export function hasRevision({ format }: NumberInputs): boolean {
  return /\$\(\s*rev\s*:[^)]*\)/i.test(format);
}

/** The number with its revision taken out, folded: runs that share it share their revisions (RNAME-4). */
export function revisionKey(inputs: NumberInputs): string {
  return fold(write(inputs, () => ''));
}

/** The number of a run; `revision` is used if the format asks for it. */
export function runNumber(inputs: NumberInputs, revision: number): string {
  return write(inputs, (form) => {
    // `Rev:.rr`: what stands before the letters is written before the digits.
    const digits = form.length - form.replace(/r+$/i, '').length;
    return form.slice(0, form.length - digits) + String(revision).padStart(digits, '0');
  });
}

function write(inputs: NumberInputs, revision: (form: string) => string): string {
  const variables = textVariables(inputs);
  return expandMacros(inputs.format, (name) => {
    const [token = '', ...rest] = name.split(':');
    const form = rest.join(':');
    if (fold(token.trim()) === 'rev' && rest.length > 0) return revision(form);
    return (
      dateToken(fold(token.trim()), rest.length > 0 ? form : undefined, inputs.at) ??
      variables.get(fold(name))
    );
  });
}

/** The variables that a number may show: no secrets; branches with `_` for `/` (RNAME-5). */
function textVariables({ scope, branch, projectName }: NumberInputs): ReadonlyMap<string, string> {
  const open = [...scope.variables.values()].filter((one) => !one.secret);
  const values = new Map(open.map((one) => [fold(one.name), one.value]));
  values.set('build.sourcebranch', branch.replaceAll('/', '_'));
  values.set('sourcebranchname', lastSegment(branch));
  values.set('teamproject', projectName);
  // The number cannot mention itself.
  values.delete('build.buildnumber');
  return expandVariables(values).values;
}

/** The tokens made of the time of queueing (RNAME-2). */
function dateToken(token: string, form: string | undefined, at: Instant): string | undefined {
  if (token === 'date' && form !== undefined) return formatUtc(at, form);
  if (token === 'year' && form !== undefined) return formatUtc(at, fold(form));
  if (form !== undefined) return undefined;
  const time = utcTime(at);
  const fields: ReadonlyMap<string, number> = new Map([
    ['dayofmonth', time.day],
    ['dayofyear', time.dayOfYear],
    ['hours', time.hour],
    ['minutes', time.minute],
    ['seconds', time.second],
    ['month', time.month],
  ]);
  const field = fields.get(token);
  return field === undefined ? undefined : String(field);
}
