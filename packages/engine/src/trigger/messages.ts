import type { DefinitionId, Guid, Plan, PoolId, RunReason } from '@signalbox/model';
import type { ResourceKey } from '../interlocking/rows.ts';
import type { RunIdentity } from '../run/state.ts';
import type { RunCause } from './cause.ts';

/** What the creator of a project's runs understands. */
export type TriggerMessage =
  | CreateRun
  /** These pipelines are paused and no others: the runs that the others held begin (TRIG-60, X-23). */
  | { readonly type: 'ReleaseRuns'; readonly paused: readonly DefinitionId[] };

/**
 * Command: create a run of a compiled plan; replies `{ run, number }`.
 * Ids that are random (`planId`) come in with the command; the run id, the queue time, `$(Rev:r)` are given here.
 */
export interface CreateRun {
  readonly type: 'CreateRun';
  readonly definition: { readonly id: DefinitionId; readonly name: string; readonly path?: string };
  readonly projectName: string;
  readonly repository?: NonNullable<RunIdentity['repository']>;
  readonly plan: Plan;
  readonly planId: Guid;
  readonly reason: RunReason;
  readonly branch: string;
  readonly commit: string;
  readonly commitMessage?: string;
  /** The pipeline is paused: the run is there, neither starts nor contends for locks (TRIG-60, X-23). */
  readonly held?: true;
  /** Absent: a person queued it. */
  readonly cause?: RunCause;
  /** Predefined variables that only the server knows, by name. */
  readonly known?: Readonly<Record<string, string>>;
  readonly requestedBy: string;
  readonly requestedFor: string;
  readonly variables: Readonly<Record<string, { readonly value: string; readonly secret: boolean }>>;
  readonly parameters?: string;
  readonly templateParameters?: Readonly<Record<string, string>>;
  readonly stagesToSkip: readonly string[];
  /** `Stage.Job`. */
  readonly jobsToSkip?: readonly string[];
  readonly defaultPool: string;
  readonly pools: Readonly<Record<string, PoolId>>;
  readonly resources: Readonly<Record<string, readonly (ResourceKey & { readonly name: string })[]>>;
}
