import type { DefinitionId, Instant, RunId } from '@signalbox/model';

/** What happens to a project's trigger; the run itself is born in the same transaction (`RunCreated`). */
export type TriggerEvent = RunNumbered | RunsReleased;

/** A run was created. */
export interface RunNumbered {
  readonly type: 'RunNumbered';
  readonly run: RunId;
  readonly definition: DefinitionId;
  readonly at: Instant;
  readonly number: string;
  /** It waits until its pipeline is no longer paused (TRIG-60). */
  readonly held?: true;
  /** The number with its `$(Rev:r)` taken out, and the revision given (RNAME-4); absent when the format has none. */
  readonly revision?: { readonly key: string; readonly value: number };
  /** The counters that the run moved, with their new values (EXPR-50); absent when it has none. */
  readonly counters?: readonly { readonly prefix: string; readonly value: number }[];
}

/** A pipeline is no longer paused: its runs begin, the oldest first (TRIG-60). */
export interface RunsReleased {
  readonly type: 'RunsReleased';
  readonly definition: DefinitionId;
  readonly runs: readonly RunId[];
}
