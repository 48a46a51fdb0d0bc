import { fold, type Approver } from '@signalbox/model';

/** Who acts on a check, as the server knows him at that moment (APPR-3, GAP-24). */
export interface Person {
  readonly name: string;
  /** The groups that he is a member of now. */
  readonly groups: readonly string[];
  readonly administrator: boolean;
}

/** Whether the person is the user, or a member of the group (APPR-2), or anyone will do (APPR-19). */
export function fits({ name, groups }: Person, { kind, name: wanted }: Approver): boolean {
  if (kind === 'anyone') return true;
  const names = kind === 'group' ? groups : [name];
  return names.some((one) => fold(one) === fold(wanted));
}
