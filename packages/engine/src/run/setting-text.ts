import { fold, isRuntime, type Value } from '@signalbox/model';
import { expandMacros } from '@signalbox/expressions';
import { evaluateRuntime, type Around, type Scope } from './values/variables.ts';

/** Evaluates the fields of one job; what cannot be evaluated is noted, one sentence each. */
export interface Reader {
  readonly scope: Scope;
  readonly around: Around;
  readonly problems: string[];
}

/** Text with macros expanded, or the result of a run-time expression (VAR-9, POOL-5). */
export function textOf(value: Value, field: string, { scope, around, problems }: Reader): string {
  const lookup = (name: string): string | undefined => scope.variables.get(fold(name))?.value;
  if (!isRuntime(value)) return expandMacros(value, lookup);
  const result = evaluateRuntime(value.expression, scope, around());
  if (result.kind === 'text') return result.text;
  const why = result.kind === 'problem' ? result.message : 'its value is not known';
  problems.push(`The job's '${field}' cannot be evaluated: $[ ${value.expression} ]: ${why}`);
  return '';
}
