import { fold } from '@signalbox/model';

/** Prefixes that belong to the service; a step must not set such a variable (VARD-8, VARD-12, TH9). */
const RESERVED_PREFIXES = [
  'agent.',
  'build.',
  'system.',
  'pipeline.',
  'environment.',
  'strategy.',
  'checks.',
  'resources.',
  'signalbox.',
  'signalbox_',
] as const;

/** Turning on the debug log for the rest of a job harms nobody, and pipelines do it. */
const OPEN = new Set(['system.debug']);

/** True for names that no step can set. */
export function isReserved(name: string): boolean {
  const key = fold(name);
  return !OPEN.has(key) && RESERVED_PREFIXES.some((prefix) => key.startsWith(prefix));
}
