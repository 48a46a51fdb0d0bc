import { fold, isGroup, type Plan } from '@signalbox/model';

/**
 * Gives names of a plan with those variables in them that are known before the run: the file's own, where their value is
 * plain text, and those that were given. What is not known stays as it is written.
 */
export function knownNames(plan: Plan, given: Readonly<Record<string, string>>): (name: string) => string {
  const known = new Map(
    plan.variables.flatMap((one) =>
      isGroup(one) || typeof one.value !== 'string' ? [] : [[fold(one.name), one.value]],
    ),
  );
  for (const [name, value] of Object.entries(given)) known.set(fold(name), value);
  return (name) =>
    name.replace(/\$\(([^()]+)\)/g, (macro, inside: string) => known.get(fold(inside)) ?? macro);
}
