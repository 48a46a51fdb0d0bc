import { expandVariables, macroNames } from '@signalbox/expressions';
import { fold, type FoldedName } from '@signalbox/model';
import type { Scope, Variable } from './variables.ts';

/** Variables that mention others get their values; one that mentions a secret is a secret itself (VAR-7). */
export function expandedVariables({ variables }: Pick<Scope, 'variables'>): readonly Variable[] {
  const { values } = expandVariables(new Map([...variables].map(([key, one]) => [key, one.value])));
  const secrets = secretNames(variables);
  return [...variables].map(([key, one]) => ({
    ...one,
    value: values.get(key) ?? one.value,
    secret: secrets.has(key),
  }));
}

function secretNames(variables: Scope['variables']): ReadonlySet<FoldedName> {
  const mentionedBy = new Map<FoldedName, FoldedName[]>();
  for (const [key, { value }] of variables) {
    for (const name of macroNames(value).map(fold))
      mentionedBy.set(name, [...(mentionedBy.get(name) ?? []), key]);
  }
  const secrets = new Set([...variables].filter(([, one]) => one.secret).map(([key]) => key));
  // A set may grow while it is walked: what is added is visited, too.
  for (const key of secrets) for (const user of mentionedBy.get(key) ?? []) secrets.add(user);
  return secrets;
}
