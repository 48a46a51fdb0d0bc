import { approvalVerbs } from './approval-verbs.ts';
import { gitVerbs } from './git-verbs.ts';
import { leaseVerbs } from './lease-verbs.ts';
import { operatorVerbs } from './operator-verbs.ts';
import { requestVerbs } from './request-verbs.ts';
import type { Verb } from './verb.ts';

/** Every verb of a story that sends one message. A new message gets its words here. */
export const VERBS: Readonly<Record<string, Verb>> = {
  ...requestVerbs,
  ...approvalVerbs,
  ...operatorVerbs,
  ...leaseVerbs,
  ...gitVerbs,
};
