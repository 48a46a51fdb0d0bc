import type { CheckConfiguration, DefinitionId, Instant, Plan, ProjectId } from '@signalbox/model';
import type { ApprovalRow } from './check/approval-row.ts';
import type { ResourceKey } from './interlocking/rows.ts';
import type { Outcome } from './outcome.ts';
import type { Machine } from './run/choose-machines.ts';
import type { RunIdentity, RunState } from './run/state.ts';

/** Either the decision, or what must be known before it can be made; then nothing has changed. */
export type Handled<E, N> =
  | { readonly kind: 'decided'; readonly outcome: Outcome<E>; readonly births: readonly Birth[] }
  | { readonly kind: 'needs'; readonly needs: readonly N[] };

/** A run that a trigger's decision creates; its rows and its first journal entry go into the same transaction. */
export interface Birth {
  readonly identity: RunIdentity;
  readonly plan: Plan;
}

/**
 * The working copy of one aggregate inside one unit of work: the part of its rows that decisions asked for,
 * with what those decisions changed. Pure: no clock, no chance, no I/O.
 *
 * The driver's loop: `handle`; while it answers `needs`, load them, `supply`, `handle` again;
 * after the batch write `changes()` with the journal, the mail and the effects, and commit.
 */
export interface WorkingCopy<M, E, N, A, C> {
  /** Decides one message. Late, repeated and foolish messages decide nothing; they never throw. */
  handle(message: M, now: Instant): Handled<E, N>;
  supply(answers: readonly A[]): void;
  /** The rows changed by all decisions since this working copy was made, each once, in a stable order. */
  changes(): readonly C[];
}

/**
 * What a run's decision may lack: its own row, and of a resource its checks and whether the pipeline may use it, when
 * a checkpoint begins (CHK-2).
 */
export type RunNeed =
  | { readonly need: 'run' }
  | {
      readonly need: 'checks';
      readonly project: ProjectId;
      readonly definition: DefinitionId;
      readonly resource: ResourceKey;
    }
  /** The machines of an environment, when a deployment to them starts (DEP-2). */
  | { readonly need: 'machines'; readonly project: ProjectId; readonly environment: string };

/** The run and its plan, both absent when the run does not exist; or the enabled checks of the resource, in the order of creation. */
export type RunAnswer =
  | { readonly of: Extract<RunNeed, { need: 'run' }>; readonly state?: RunState; readonly plan?: Plan }
  | {
      readonly of: Extract<RunNeed, { need: 'checks' }>;
      readonly checks: readonly CheckConfiguration[];
      /** The pipeline may not use the resource until somebody permits it (CHK-23). */
      readonly forbidden?: true;
      /** The resource was deleted, so nobody knows any more what protected it (CHK-54). */
      readonly gone?: true;
    }
  | { readonly of: Extract<RunNeed, { need: 'machines' }>; readonly machines: readonly Machine[] };

/** The row of a run, its number where that is another one now, and the approvals that it asks for. */
export type RunChange =
  | { readonly table: 'run'; readonly row: RunState }
  | { readonly table: 'number'; readonly row: Pick<RunState, 'id' | 'number'> }
  | { readonly table: 'approval'; readonly row: ApprovalRow };
