import type { InterlockingMessage } from '@signalbox/engine';
import type { Cast } from './cast.ts';

/** Makes the message of a line: who, and what stands after the verb. */
export type Verb = (cast: Cast, subject: string, rest: string) => InterlockingMessage | undefined;
