import { isUndecided, type CheckRun } from '../check/check-run.ts';
import { isBeforeJobs, validityOf } from '../check/checkpoint.ts';
import type { InterlockingMessage, LockAnswer } from '../interlocking/messages.ts';
import { lockedResources } from './expectations.ts';
import type { StageView } from './plan-view.ts';
import type { RunIdentity, StageState } from './state.ts';
import { record, tellInterlocking, type Turn } from './turn.ts';

type LocksRequested = Extract<InterlockingMessage, { type: 'LocksRequested' }>;

/** What a stage asks the interlocking for: everything that it locks, in one message (LOCK-9). */
export function lockRequest(turn: Turn, view: StageView, stage: StageState): LocksRequested {
  const { id: run, definition, branch, queueTime } = turn.state;
  const { lockBehavior, ownLock } = view.plan;
  return {
    type: 'LocksRequested',
    requester: {
      run,
      definition: definition.id,
      stage: stage.name,
      attempt: stage.attempt,
      branch,
      runQueueTime: queueTime,
    },
    ...(stage.requested !== undefined && { byHand: true }),
    ...(lockBehavior === undefined ? {} : { behavior: lockBehavior }),
    ...checksUntil(turn, stage),
    ownLock,
    resources: lockedResources(turn.state, view),
    pipeline: pipelineOf(definition),
  };
}

/** Until when the checks that the stage has passed count (LOCK-26); not at all: until now. */
function checksUntil({ now }: Turn, { checkpoint }: StageState): Pick<LocksRequested, 'checks'> {
  if (checkpoint?.locks !== 'asked') return {};
  const { valid, until } = validityOf(checkpoint);
  if (!valid) return { checks: { until: now } };
  return until === undefined ? {} : { checks: { until } };
}

/** The pipeline of a run with its folders, as policies call it: `shop`, or `team/shop`. */
function pipelineOf({ name, path = '' }: RunIdentity['definition']): string {
  return [...path.split('\\').filter((folder) => folder !== ''), name].join('/');
}

/** What a stage holds its locks with. */
export type Granted = Pick<Extract<LockAnswer, { type: 'LocksGranted' }>, 'tokens' | 'protectedBy' | 'stale'>;

/** The part of a grant that the stage keeps. */
export function grantedWith({ tokens, protectedBy, stale }: Granted): Granted {
  return {
    tokens,
    ...(protectedBy !== undefined && { protectedBy }),
    ...(stale !== undefined && { stale }),
  };
}

/** The stage has everything that it waited for. */
export function startStage(turn: Turn, { name: stage, checkpoint }: StageState, granted: Granted): void {
  for (const check of checkpoint?.checks ?? []) closeLapsed(turn, stage, check);
  record(turn, { type: 'StageStarted', stage, at: turn.now, ...grantedWith(granted) });
}

/**
 * The locks were granted on a pass that lapsed while the grant was on its way, or by force: a holder keeps what it has
 * (GAP-16), and what it passed on is not asked again (CHK-33).
 */
function closeLapsed(turn: Turn, stage: string, check: CheckRun): void {
  if (!isBeforeJobs(check) || !isUndecided(check)) return;
  const message = 'The locks were granted on its earlier pass, or by force.';
  record(turn, { type: 'CheckEnded', stage, check: check.number, at: turn.now, status: 'approved', message });
}

/** Takes a request back, or declines a grant: the tokens are burnt (LAW-5). */
export function withdrawLocks(turn: Turn, name: string, attempt: number): void {
  tellInterlocking(turn, { type: 'LocksWithdrawn', run: turn.state.id, stage: name, attempt });
}
