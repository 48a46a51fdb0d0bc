import { fold } from '@signalbox/model';
import { recordOf, textOf, type JsonRecord } from '../json.ts';
import type { Remark } from '../report.ts';

/** A variable as both sides tell it; the value of a secret one is never told. */
export interface Variable {
  readonly name: string;
  readonly value: string;
  readonly isSecret: boolean;
  readonly allowOverride: boolean;
}

/** The variables of a group or a pipeline, by name. */
export function variablesOf(value: unknown): readonly Variable[] {
  const entries = Object.entries(recordOf(value)).map(([name, one]) => {
    const fields = typeof one === 'string' ? { value: one } : recordOf(one);
    const isSecret = fields['isSecret'] === true;
    return {
      name,
      value: isSecret ? '' : textOf(fields['value']),
      isSecret,
      allowOverride: fields['allowOverride'] === true,
    };
  });
  return entries.toSorted((a, b) => (fold(a.name) < fold(b.name) ? -1 : 1));
}

/** The same, as requests write them; a secret one has no value yet. */
export function wireVariables(value: unknown): JsonRecord {
  const variables = value as readonly Variable[];
  return Object.fromEntries(
    variables.map(({ name, isSecret, allowOverride, value: text }) => [
      name,
      {
        value: isSecret ? null : text,
        ...(isSecret && { isSecret }),
        ...(allowOverride && { allowOverride }),
      },
    ]),
  );
}

/** What is to be said of the secret ones of `owner`. */
export function secretRemarks(
  owner: string,
  variables: readonly Variable[],
  mend: string,
): readonly Remark[] {
  const names = variables.filter(({ isSecret }) => isSecret).map(({ name }) => name);
  if (names.length === 0) return [];
  const what = `${owner} has secret variables whose values cannot be read: ${names.join(', ')}.`;
  return [{ code: 'secret-to-enter', what, mend }];
}
