import type { NodeResult, StageReason } from '@signalbox/model';
import type { InterlockingMessage, LockAnswer } from '../interlocking/messages.ts';
import { beginStage, waitsAfterJobs } from './checkpoint.ts';
import { isDeselected, runParent, stageVerdict, type Verdict } from './conditions.ts';
import { endStage } from './end-stage.ts';
import { hasOpenLease } from './open-lease.ts';
import type { StageView } from './plan-view.ts';
import { stageResult } from './roll-up.ts';
import { grantedWith, withdrawLocks } from './stage-locks.ts';
import { beginSpan, outsideSpan } from './span.ts';
import { startWaiting } from './start-waiting.ts';
import type { StageState } from './state.ts';
import { record, stageOf, tellInterlocking, type Turn } from './turn.ts';

type Granted = Extract<LockAnswer, { type: 'LocksGranted' }>;

/** Looks at a stage that has not started: decides it when its dependencies are over (STG-1, STG-2). True when it did. */
export function decideStage(turn: Turn, view: StageView): boolean {
  const stage = stageOf(turn.state, view.plan.name);
  if (stage?.phase !== 'notStarted') return false;
  const way = stage.requested?.way;
  // A manual stage waits for a person, and those that depend on it wait with it (MAN-1, MAN-5).
  if (view.plan.manual && way === undefined) return false;
  if (!view.dependsOn.every((name) => stageOf(turn.state, name)?.phase === 'completed')) return false;
  if (isDeselected(turn.state, view)) {
    endStage(turn, stage, 'skipped', { kind: 'deselected' });
    return true;
  }
  // Who starts a stage that was skipped has decided what its condition is about (MAN-6).
  const verdict: Verdict =
    way === 'force' ? { kind: 'true' } : stageVerdict(turn.state, turn.view, view, runParent(turn.state));
  switch (verdict.kind) {
    case 'true':
      beginStage(turn, view, stage);
      break;
    case 'false':
      endStage(turn, stage, 'skipped', conditionFalse(turn, view, verdict.condition));
      break;
    case 'error': {
      const { condition, message } = verdict;
      endStage(turn, stage, 'abandoned', { kind: 'conditionError', condition, message });
      break;
    }
  }
  return true;
}

/** Whether only the cancel of the run made it false is kept: then the run was cut off, and a retry takes it up. */
function conditionFalse(turn: Turn, view: StageView, condition: string): StageReason {
  const cutOff =
    runParent(turn.state) === 'canceling' &&
    stageVerdict(turn.state, turn.view, view, 'inProgress').kind === 'true';
  return { kind: 'conditionFalse', condition, ...(cutOff && { canceling: true }) };
}

/** The grant: the stage starts, or it declines because it waits no longer (LAW-5). */
export function locksGranted(turn: Turn, grant: Granted): void {
  const { stage: name, attempt } = grant;
  const stage = stageOf(turn.state, name);
  if (stage?.attempt === attempt && stage.phase === 'waiting') {
    beginSpan(turn, stage, grant.span);
    return useGrant(turn, stage, grant);
  }
  const heldAlready =
    stage?.attempt === attempt &&
    (stage.phase === 'running' || (stage.phase === 'completed' && stage.locks !== 'none'));
  if (!heldAlready) withdrawLocks(turn, name, attempt);
}

/** Where the slot comes before the approvals, it is held until they are given (CLASSIC-3); told twice, it is already. */
function useGrant(turn: Turn, stage: StageState, grant: Extract<LockAnswer, { type: 'LocksGranted' }>): void {
  const locks = stage.checkpoint?.locks ?? 'asked';
  if (locks === 'asked') startWaiting(turn, stage, grant);
  else if (locks !== 'held') {
    record(turn, { type: 'LocksHeld', stage: stage.name, at: turn.now, ...grantedWith(grant) });
  }
}

/** The bundle ended without a grant: the stage ends with it (LOCK-33, LOCK-42, LAW-12). */
export function locksLost(
  turn: Turn,
  { stage: name, attempt, why }: Extract<LockAnswer, { type: 'LocksLost' }>,
): void {
  const stage = stageOf(turn.state, name);
  if (stage?.attempt !== attempt || stage.phase !== 'waiting') return;
  switch (why.kind) {
    case 'superseded':
      endStage(turn, stage, 'canceled', { kind: 'superseded', byRun: why.byRun, lock: why.lock });
      break;
    case 'timedOut': {
      const reason = { kind: 'lockTimeout', lock: why.lock, minutes: why.minutes } as const;
      endStage(turn, stage, why.then === 'fail' ? 'failed' : 'skipped', reason);
      break;
    }
    case 'stale': {
      const { lockName: lock, byRun, byStage, deployedAt } = why.commit;
      endStage(turn, stage, 'failed', { kind: 'stale', lock, byRun, byStage, deployedAt });
      break;
    }
    case 'withdrawn':
      endStage(turn, stage, 'canceled', { kind: 'canceled', by: why.by });
      break;
    case 'lockMissing':
      endStage(turn, stage, 'failed', { kind: 'lockMissing', message: why.message });
      break;
    case 'lockOutsideSpan':
      endStage(turn, stage, 'failed', outsideSpan(why));
      break;
  }
}

/** Ends a stage that waits for its locks, and takes it out of their queues. */
export function cancelWaitingStage(turn: Turn, stage: StageState, by: string): void {
  withdrawLocks(turn, stage.name, stage.attempt);
  endStage(turn, stage, 'canceled', { kind: 'canceled', by });
}

/** Ends a running stage whose jobs are all over, post-deployment approvals included. True when it did. */
export function completeStage(turn: Turn, view: StageView): boolean {
  const stage = stageOf(turn.state, view.plan.name);
  if (stage?.phase !== 'running' || stage.jobs.some((job) => job.phase !== 'completed')) return false;
  const result = stageResult(stage.jobs, stage.cancelling);
  const by = canceler(stage, result);
  const ends = by !== undefined || stage.cancelRequested !== undefined;
  if (!ends && waitsAfterJobs(turn, stage, result)) return false;
  const now = stageOf(turn.state, stage.name);
  if (now?.phase !== 'running') return true;
  const reason: StageReason | undefined = by === undefined ? undefined : { kind: 'canceled', by };
  endStage(turn, now, by === undefined ? result : 'canceled', reason);
  return true;
}

/**
 * Who cancelled the stage. A cancel of the stage alone may have waited for its end: those that depend on it see it
 * (CANCEL-11, Q6). A failure stays one: its jobs knew nothing of the cancel, and `onFailure` asks for it.
 */
function canceler(
  { canceledBy, cancelRequested }: Extract<StageState, { phase: 'running' }>,
  result: NodeResult,
): string | undefined {
  const late = cancelRequested?.of === 'stage' && result !== 'failed' ? cancelRequested.by : undefined;
  return canceledBy ?? late;
}

/**
 * Gives the locks of an ended stage back once no process of its jobs can act any more: every lease was closed
 * by its agent's report or by the pool (LAW-8, CANCEL-12).
 */
export function releaseDrained(turn: Turn): void {
  for (const stage of turn.state.stages) {
    if (stage.phase !== 'completed' || stage.locks !== 'draining' || hasOpenLease(stage)) continue;
    record(turn, { type: 'StageLocksReleased', stage: stage.name, at: turn.now });
    const { name, attempt } = stage;
    const run = turn.state.id;
    tellInterlocking(turn, { type: 'LocksReleased', run, stage: name, attempt, ...endOf(stage) });
  }
}

/** How the stage used its locks; only of one that succeeded is it sure that its commit is there now (LOCK-67). */
function endOf(
  stage: StageState,
): Pick<Extract<InterlockingMessage, { type: 'LocksReleased' }>, 'end' | 'deployed'> {
  if (wasAbandoned(stage)) return { end: 'abandoned' };
  const result = stage.phase === 'completed' ? stage.result : undefined;
  if (result === 'failed') return { end: result };
  return result === 'succeeded' || result === 'succeededWithIssues' ? { deployed: true } : {};
}

/** Nobody reported the end of one of its jobs (LAW-10). */
function wasAbandoned(stage: StageState): boolean {
  return stage.jobs.some(
    (job) =>
      job.carried === undefined &&
      job.instances.some((one) => one.phase !== 'queued' && one.lease?.lost !== undefined),
  );
}
