import type { LockBehavior, LockPolicy } from '@signalbox/model';

/** One case of `spec/interlocking`; `spec/interlocking/README.md` explains the words. */
export interface StoryCase {
  readonly name: string;
  readonly what: string;
  readonly rules: readonly string[];
  readonly locks?: Readonly<Record<string, LockWords>>;
  readonly runs?: Readonly<Record<string, RunWords>>;
  /** `late`: timers of a minute come after what is told of that minute; `jump`: all at once after it, as when the clock jumps. */
  readonly timers?: 'late' | 'jump';
  readonly story: readonly string[];
  readonly expect?: readonly string[];
  readonly runLatest?: readonly string[];
  readonly sequential?: readonly string[];
}

/** What a case says of a lock: its settings, and whether its check is enabled. */
export type LockWords = Partial<LockPolicy> & { readonly enabled?: boolean };

export interface RunWords {
  readonly pipeline?: string;
  readonly branch?: string;
  readonly queued?: number;
  readonly behavior?: LockBehavior;
  /** Its stages in order, each with what it locks and after which others it comes: `prod, db after Deploy`. */
  readonly plan?: Readonly<Record<string, string>>;
  /** Asked what it can reach inside a span, it says so only when the story does. */
  readonly slow?: true;
}

/** Where the behaviour of a case that is told for two of them comes from (LOCK-8). */
export interface Told {
  readonly behavior?: LockBehavior;
  readonly by?: 'stage' | 'lock';
}

export const MINUTE = 60_000;

/** A line that no story has. */
export function fail(text: string): never {
  throw new Error(`not a line of a story: ${text}`);
}
