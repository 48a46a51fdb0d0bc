import { DEFAULT_LOCK_POLICY, SETTING_NAMES, sameSetting } from '@signalbox/model';
import { Document } from 'yaml';
import type { LockWish } from './policy-lock.ts';

/**
 * The text of a policy file with these locks in their order: of each, what differs from the defaults. Reading it gives
 * the same locks again.
 */
export function policyText(locks: readonly LockWish[]): string {
  const document = new Document({ locks: locks.map(entryOf) }, { aliasDuplicateObjects: false });
  document.commentBefore = COMMENT;
  return document.toString({ lineWidth: 0, singleQuote: true });
}

const COMMENT = ` The locks of this project: what is not written has its default, and locks that are not named are left alone.
 Check it: signalbox policy check · compare: signalbox policy diff · put it in force: signalbox policy apply`;

function entryOf({ resource, policy, enabled }: LockWish): Readonly<Record<string, unknown>> {
  const settings = SETTING_NAMES.filter((name) => !sameSetting(name, policy, DEFAULT_LOCK_POLICY));
  return {
    [resource.kind]: resource.name,
    ...(!enabled && { enabled }),
    ...Object.fromEntries(settings.map((name) => [name, policy[name]])),
  };
}
