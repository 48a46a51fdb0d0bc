import { isAtWork, isOpen, isUndecided, type CheckRun } from '../check/check-run.ts';
import type { Checkpoint } from '../check/checkpoint.ts';
import type { CheckpointEvent } from './events.ts';
import type { StageState } from './state.ts';

/** The checkpoint of a stage that begins to wait; none without checks. */
export function begunCheckpoint(checks: readonly CheckRun[] | undefined): Pick<StageState, 'checkpoint'> {
  return checks === undefined ? {} : { checkpoint: { checks, locks: 'notAsked' } };
}

/** Whether the event is about the checkpoint of a stage. */
export function isCheckpointEvent<E extends { readonly type: string }>(
  event: E | CheckpointEvent,
): event is CheckpointEvent {
  return Object.hasOwn(TYPES, event.type);
}

const TYPES: Readonly<Record<CheckpointEvent['type'], true>> = {
  LocksAnnounced: true,
  LocksDeferred: true,
  LocksHeld: true,
  LocksAsked: true,
  CheckAdded: true,
  CheckStarted: true,
  CheckMoved: true,
  CheckEnded: true,
  CheckLapsed: true,
  CheckOperated: true,
  StageJobsOver: true,
};

/** The stage after one more event of its checkpoint; an event that does not fit changes nothing (INV-40). */
export function evolveCheckpoint(stage: StageState, event: CheckpointEvent): StageState {
  const { checkpoint } = stage;
  if (event.type === 'CheckAdded') return stage.phase === 'running' ? addedCheck(stage, event.added) : stage;
  if (checkpoint === undefined || stage.phase === 'completed') return stage;
  if (event.type === 'StageJobsOver') {
    const { at, result } = event;
    return stage.phase === 'running' ? { ...stage, jobsOver: { at, result } } : stage;
  }
  return { ...stage, checkpoint: changed(checkpoint, event) };
}

/** A stage that had nothing to wait for has no checkpoint until then. */
function addedCheck(stage: StageState, added: CheckRun): StageState {
  const { checks, locks } = stage.checkpoint ?? { checks: [], locks: 'asked' as const };
  return { ...stage, checkpoint: { ...stage.checkpoint, locks, checks: [...checks, added] } };
}

type CheckEvent = Exclude<Extract<CheckpointEvent, { readonly check: number }>, { type: 'CheckAdded' }>;

function changed(
  checkpoint: Checkpoint,
  event: Exclude<CheckpointEvent, { type: 'StageJobsOver' | 'CheckAdded' }>,
): Checkpoint {
  switch (event.type) {
    case 'LocksAnnounced':
      return { ...checkpoint, locks: 'announced' };
    case 'LocksDeferred':
      return { ...checkpoint, locks: 'afterApprovals' };
    case 'LocksHeld': {
      const { tokens, protectedBy, stale } = event;
      const more = {
        ...(protectedBy !== undefined && { protectedBy }),
        ...(stale !== undefined && { stale }),
      };
      return { ...checkpoint, locks: 'held', held: { tokens, ...more } };
    }
    case 'LocksAsked':
      return { ...checkpoint, locks: 'asked' };
    case 'CheckStarted':
    case 'CheckMoved':
    case 'CheckEnded':
    case 'CheckLapsed':
    case 'CheckOperated': {
      const checks = checkpoint.checks.map((check) =>
        check.number === event.check ? evolveCheck(check, event) : check,
      );
      return { ...checkpoint, checks };
    }
  }
}

function evolveCheck(check: CheckRun, event: CheckEvent): CheckRun {
  switch (event.type) {
    case 'CheckStarted': {
      if (check.status !== 'queued') return check;
      const { at: startedAt, dueAt, progress } = event;
      return { ...check, status: 'running', startedAt, dueAt, progress };
    }
    case 'CheckMoved':
      return movedCheck(check, event);
    case 'CheckEnded':
      return endedCheck(check, event);
    case 'CheckLapsed': {
      if (check.status !== 'approved' || check.validUntil === undefined) return check;
      const { message } = event;
      return {
        ...reopened(check),
        status: 'running',
        progress: event.progress,
        ...(message !== undefined && { message }),
      };
    }
    case 'CheckOperated':
      return operatedCheck(check, event);
  }
}

type EventOf<T extends CheckEvent['type']> = Extract<CheckEvent, { type: T }>;

/** The check without what an end, a pass or a deferral left on it; when it passed last stays known. */
function reopened(check: CheckRun): CheckRun {
  const { endedAt, validUntil: _until, deferredUntil: _deferred, message: _message, ...rest } = check;
  return check.status === 'approved' && endedAt !== undefined ? { ...rest, passedAt: endedAt } : rest;
}

function movedCheck(check: CheckRun, { progress, until }: EventOf<'CheckMoved'>): CheckRun {
  if (isAtWork(check.status)) {
    // Why it lapsed is said until something newer is known.
    const { message: _message, ...rest } = check;
    return { ...rest, progress };
  }
  if (check.status === 'deferred') return { ...reopened(check), status: 'running', progress };
  if (check.status !== 'approved' || check.validUntil === undefined || until === undefined) return check;
  return { ...check, progress, validUntil: until };
}

function endedCheck(
  check: CheckRun,
  { status, at: endedAt, until, progress, message }: EventOf<'CheckEnded'>,
): CheckRun {
  if (!isUndecided(check) && !isOpen(check)) return check;
  return {
    ...reopened(check),
    status,
    endedAt,
    ...(until !== undefined && { validUntil: until }),
    ...(progress !== undefined && { progress }),
    ...(message !== undefined && { message }),
  };
}

function operatedCheck(
  check: CheckRun,
  { what, by, at, reason, progress, until }: EventOf<'CheckOperated'>,
): CheckRun {
  const isFinal = check.status === 'rejected' || check.status === 'timedOut' || check.status === 'canceled';
  if (isFinal || check.status === 'bypassed') return check;
  const next = {
    ...reopened(check),
    operated: { what, by, at, reason },
    ...(progress !== undefined && { progress }),
  };
  switch (what) {
    case 'bypass':
      return { ...next, status: 'bypassed', endedAt: at };
    case 'rerun':
      return { ...next, status: 'rerunning' };
    case 'defer':
      return { ...next, status: 'deferred', ...(until !== undefined && { deferredUntil: until }) };
  }
}
