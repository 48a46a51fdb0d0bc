import type { InterlockingMessage } from '@signalbox/engine';
import type { Cast } from './cast.ts';
import { leaseVerbs } from './lease-verbs.ts';
import { operatorVerbs } from './operator-verbs.ts';
import { requestVerbs } from './request-verbs.ts';

/** Makes the message of a line: who, and what stands after the verb. */
export type Verb = (cast: Cast, subject: string, rest: string) => InterlockingMessage | undefined;

/** Every verb of a story that sends one message. A new message gets its words here. */
export const VERBS: Readonly<Record<string, Verb>> = { ...requestVerbs, ...operatorVerbs, ...leaseVerbs };
