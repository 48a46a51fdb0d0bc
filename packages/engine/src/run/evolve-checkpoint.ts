import type { CheckRun } from '../check/check-run.ts';
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
  LocksHeld: true,
  LocksAsked: true,
  CheckStarted: true,
  CheckMoved: true,
  CheckEnded: true,
  StageJobsOver: true,
};

/** The stage after one more event of its checkpoint; an event that does not fit changes nothing (INV-40). */
export function evolveCheckpoint(stage: StageState, event: CheckpointEvent): StageState {
  const { checkpoint } = stage;
  if (checkpoint === undefined || stage.phase === 'completed') return stage;
  if (event.type === 'StageJobsOver') {
    const { at, result } = event;
    return stage.phase === 'running' ? { ...stage, jobsOver: { at, result } } : stage;
  }
  return { ...stage, checkpoint: changed(checkpoint, event) };
}

type CheckEvent = Extract<CheckpointEvent, { readonly check: number }>;

function changed(
  checkpoint: Checkpoint,
  event: Exclude<CheckpointEvent, { type: 'StageJobsOver' }>,
): Checkpoint {
  switch (event.type) {
    case 'LocksAnnounced':
      return { ...checkpoint, locks: 'announced' };
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
    case 'CheckEnded': {
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
      return check.status === 'running' ? { ...check, progress: event.progress } : check;
    case 'CheckEnded': {
      if (check.status !== 'queued' && check.status !== 'running') return check;
      const { status, at: endedAt, progress, message } = event;
      const more = { ...(progress !== undefined && { progress }), ...(message !== undefined && { message }) };
      return { ...check, status, endedAt, ...more };
    }
  }
}
