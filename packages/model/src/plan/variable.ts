import type { Value } from './value.ts';

/** A variable as it was written (VARD-1); `name` keeps the author's spelling. */
export interface VariablePlan {
  readonly name: string;
  readonly value: Value;
  readonly readonly: boolean;
  /** It came out of a variable group as a secret (VARD-11); the value is sealed. */
  readonly secret?: true;
}

/** A variable group at its place among variables: later entries win (VARD-5, VARD-9). */
export interface VariableGroupPlan {
  readonly group: string;
}

/** An entry of `variables`, in the order of the file. */
export type VariableEntry = VariablePlan | VariableGroupPlan;

/** True for an entry that stands for all variables of a group. */
export function isGroup(entry: VariableEntry): entry is VariableGroupPlan {
  return 'group' in entry;
}

/** The variables that stand in the file itself, without the groups. */
export function ownVariables(entries: readonly VariableEntry[]): readonly VariablePlan[] {
  return entries.filter((entry): entry is VariablePlan => !isGroup(entry));
}
