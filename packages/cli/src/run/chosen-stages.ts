import { fold, type Plan } from '@signalbox/model';
import { EXIT, CliError } from '../exit-codes.ts';

/**
 * The stages to skip so that those alone run that `--stage` named; those that depend on a skipped one run as if it were
 * not there (STG-6). Nothing named: all run. A name that the file has not is a mistake on the command line.
 */
export function stagesToSkip(plan: Plan, chosen: readonly string[]): readonly string[] {
  const names = plan.stages.map(({ name }) => name);
  const wanted = new Set(chosen.map(fold));
  const unknown = chosen.find((one) => !names.some((name) => fold(name) === fold(one)));
  if (unknown !== undefined) {
    throw new CliError(EXIT.usage, `There is no stage ${unknown}. There are: ${names.join(', ')}.`);
  }
  return chosen.length === 0 ? [] : names.filter((name) => !wanted.has(fold(name)));
}
