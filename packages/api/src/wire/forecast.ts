import type { BlockerKind, LockRequestStatus } from '@signalbox/model';
import type { WireTime } from '../views.ts';
import type { NewPlace } from './operators.ts';
import type { LockPatch } from './signalbox.ts';

/** A stage attempt of a run, as answers about the queue name it. */
export interface StageRef {
  readonly runId: number;
  readonly runNumber: string;
  readonly definitionId: number;
  readonly definitionName: string;
  readonly stage: string;
  readonly attempt: number;
}

/** Past holds of a stage: how many, and how long half and nine in ten of them were at most, in seconds. */
export interface HoldsView {
  readonly definitionId: number;
  readonly definitionName: string;
  readonly stage: string;
  readonly count: number;
  /** @asType number */
  readonly p50Seconds: number;
  /** @asType number */
  readonly p90Seconds: number;
}

/** What becomes of a waiter if holds are as long as usual, and nobody else comes. */
export type FateView =
  | { readonly kind: 'starts' | 'timesOut' | 'ends'; readonly at: WireTime }
  | { readonly kind: 'superseded'; readonly at: WireTime; readonly byRunId: number }
  /** Nobody can say; `because` is what still blocks it in the end. */
  | { readonly kind: 'unknown'; readonly because: readonly string[] };

/** `GET locks/{id}/forecast`. */
export interface ForecastView {
  readonly lockId: number;
  readonly lockName: string;
  readonly at: WireTime;
  readonly holders: readonly HolderForecastView[];
  /** In the order used (LAW-13). */
  readonly waiters: readonly WaiterForecastView[];
  readonly waitersTotal: number;
  /** True when some requests were not looked at: those behind the first 500 of a lock, or beyond 64 locks. */
  readonly bounded: boolean;
  /** Those behind the ones looked at, by the pace of the queue alone. */
  readonly byRate?: { readonly from: number; readonly first: StartRange; readonly last: StartRange };
  /** Stages without a past that says when they end; whoever stands behind them cannot be forecast. */
  readonly unknown: readonly Pick<HoldsView, 'definitionId' | 'definitionName' | 'stage'>[];
  /** How far earlier forecasts at this lock were off; absent while none has come to its start. */
  readonly error?: {
    readonly count: number;
    /** @asType number */
    readonly typicalSeconds: number;
    readonly inTime: number;
  };
}

/** A range of times. */
export interface StartRange {
  readonly p50: WireTime;
  readonly p90: WireTime;
}

/** A holder and when it ends; without a time nobody can say. */
export interface HolderForecastView extends StageRef {
  readonly p50?: WireTime;
  readonly p90?: WireTime;
  readonly basis?: HoldsView;
}

/** A waiter and what becomes of it. */
export interface WaiterForecastView extends StageRef {
  readonly position: number;
  readonly p50: FateView;
  readonly p90: FateView;
  /** The stages whose holds have to end first. */
  readonly basis: readonly HoldsView[];
}

/** Body of `POST locks/{id}/whatIf`: exactly one of these. A request is named by its run and stage. */
export interface WhatIfQuestion {
  /** Other settings of the lock; what is absent stays. */
  readonly policy?: LockPatch;
  /** The number of a run that is cancelled. */
  readonly cancelRun?: number;
  readonly withdraw?: StageOfRun;
  readonly approve?: StageOfRun;
  readonly hold?: StageOfRun;
  readonly unhold?: StageOfRun;
  readonly force?: StageOfRun;
  /** Another place in the line: beside the bundle that `before` or `after` names. */
  readonly move?: StageOfRun & NewPlace;
  readonly freeze?: { readonly until?: WireTime; readonly exempt?: readonly string[] };
  readonly unfreeze?: true;
}

/** The latest attempt of a stage of a run. */
export interface StageOfRun {
  readonly runId: number;
  readonly stage: string;
}

/** `POST locks/{id}/whatIf`: what would come of it; nothing is changed. */
export interface WhatIfView extends ConsequencesView {
  readonly lockId: number;
  readonly lockName: string;
  readonly at: WireTime;
  /** It would be refused. */
  readonly refusal?: { readonly code: string; readonly message: string };
  /** Stages of a cancelled run that keep their locks until they are over, clean-up included. */
  readonly keeps: readonly KeptStageView[];
  /** What would come of it once those are over. */
  readonly afterwards?: ConsequencesView;
  readonly waitersTotal: number;
  /** True when some requests were not looked at: those behind the first 500 of a lock, or beyond 64 locks. */
  readonly bounded: boolean;
}

/** A stage that a cancel leaves its locks until it is over. */
export interface KeptStageView extends StageRef {
  /** The locks that keep the cancel itself from it until then (`cancel: afterStage`); absent: it is cancelled at once. */
  readonly protectedBy?: readonly string[];
  /** A sentence about an earlier cancel that waits for its end. */
  readonly pendingCancel?: string;
}

/** Whose state would change, and which queues. */
export interface ConsequencesView {
  readonly requests: readonly RequestChangeView[];
  readonly queues: readonly QueueChangeView[];
}

/** A request whose state would change; `to` is `inUse` for those that would be granted. */
export interface RequestChangeView extends StageRef {
  readonly from: LockRequestStatus;
  readonly to: LockRequestStatus;
  readonly supersededByRunId?: number;
}

/** A lock whose queue would be another one: who waits, in the order used, before and after. */
export interface QueueChangeView {
  readonly lockId: number;
  readonly lockName: string;
  readonly before: readonly StageRef[];
  readonly after: readonly StageRef[];
}

/** `GET runs/{id}/explain`: every stage of a run that waits, or for whose end a cancel waits, and why. */
export interface ExplainView {
  readonly runId: number;
  readonly runNumber: string;
  readonly at: WireTime;
  readonly stages: readonly StageExplainView[];
  /** Stages that wait for each other and never end, if there are any: a deadlock. */
  readonly circle?: readonly string[];
}

/** One stage that waits. */
export interface StageExplainView {
  readonly stage: string;
  readonly attempt: number;
  readonly since?: WireTime;
  /** Its place at each lock that it waits for. */
  readonly places: readonly {
    readonly lockId: number;
    readonly lockName: string;
    readonly position: number;
  }[];
  readonly reasons: readonly ReasonView[];
  /** Who waits for whom, from the stage to the end of the chain: one sentence each. */
  readonly chain: readonly string[];
  /** A sentence about the cancel that takes effect when it is over; then it runs (`cancel: afterStage`). */
  readonly pendingCancel?: string;
  /** When it starts; absent for stages that do not wait for locks. */
  readonly forecast?: { readonly p50: FateView; readonly p90: FateView; readonly byRate: boolean };
}

/** One blocker: what it is, since when and until when, who it is, and what can be done. */
export interface ReasonView {
  readonly kind: BlockerKind;
  readonly text: string;
  readonly advice: string;
  readonly lockId: number;
  readonly since: WireTime;
  readonly until?: WireTime;
  readonly runs: readonly (StageRef & { readonly url: string })[];
  /** Of runs that hold the lock through a span: who is inside now and who waits there, a sentence each (LOCK-65). */
  readonly inside?: readonly string[];
}
