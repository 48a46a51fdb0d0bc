import { minutes, type CheckCategory, type NodeResult } from '@signalbox/model';
import { approvalsOf, checksIn, currentCategory, snapshot, type Checkpoint } from '../check/checkpoint.ts';
import { isAtWork, kindOf, type CheckRun } from '../check/check-run.ts';
import type { LockAnswer } from '../interlocking/messages.ts';
import { factsFor } from './check-facts.ts';
import { endStage } from './end-stage.ts';
import { lockedResources } from './expectations.ts';
import { lookAtCheck } from './look-at-check.ts';
import type { StageView } from './plan-view.ts';
import { checkOf, lookLater, recordCheck } from './record-check.ts';
import { lockRequest, startStage } from './stage-locks.ts';
import { goneReason, startWaiting } from './start-waiting.ts';
import type { StageState } from './state.ts';
import {
  ownValue,
  protectionsOf,
  record,
  remind,
  stageOf,
  stageView,
  tellInterlocking,
  type Turn,
} from './turn.ts';

/**
 * The condition of the stage is true: it begins its checkpoint with all enabled checks of all its resources
 * (CHK-2). Without checks it asks for its locks at once; with nothing to lock it starts (LOCK-9). It fails when one of
 * the resources was deleted: the checks went with it, and a stage without them is not let through (CHK-54).
 */
export function beginStage(turn: Turn, view: StageView, stage: StageState): void {
  const found = protectionsOf(turn, ownValue(turn.state.resources, view.plan.name) ?? []);
  if (found === undefined) return;
  const gone = found.find((one) => one.gone);
  if (gone !== undefined) return endStage(turn, stage, 'failed', goneReason(gone.resource.name));
  const forbidden = found.flatMap((one) => (one.forbidden ? [one.resource] : []));
  const checks = snapshot(
    found.flatMap((one) => one.checks),
    forbidden,
  );
  if (checks.length > 0) {
    record(turn, { type: 'StageWaiting', stage: stage.name, at: turn.now, checks });
    return advanceCheckpoint(turn, view);
  }
  if (lockedResources(turn.state, view).length === 0) return startStage(turn, stage, { tokens: [] });
  record(turn, { type: 'StageWaiting', stage: stage.name, at: turn.now });
  tellInterlocking(turn, lockRequest(turn, view, stage));
}

/** Brings the checkpoint of a waiting stage as far as it goes: category after category, then the locks (CHK-20). */
export function advanceCheckpoint(turn: Turn, view: StageView): void {
  for (;;) {
    lookAtLapsed(turn, view.plan.name);
    const stage = stageOf(turn.state, view.plan.name);
    const checkpoint = stage?.checkpoint;
    if (stage?.phase !== 'waiting' || checkpoint === undefined || checkpoint.locks === 'asked') return;
    const category = currentCategory(checkpoint);
    if (category === undefined) return passed(turn, view, { stage, checkpoint });
    const queued = checksIn(checkpoint, category).filter(({ status }) => status === 'queued');
    if (queued.length === 0) return;
    if (!BEFORE_APPROVALS.has(category) && needsSlotFirst(turn, view, { stage, checkpoint })) return;
    for (const check of queued) startCheck(turn, stage, check);
  }
}

/** What is decided before the locks hear of approvals. */
const BEFORE_APPROVALS: ReadonlySet<CheckCategory> = new Set<CheckCategory>(['system', 'static']);

/** The timer of a lapse may be late; nothing is decided on a pass whose time is over (CHK-34). */
function lookAtLapsed(turn: Turn, name: string): void {
  for (const { number, status, validUntil = Infinity } of stageOf(turn.state, name)?.checkpoint?.checks ??
    []) {
    if (status === 'approved' && validUntil <= turn.now) lookAtCheck(turn, name, number);
  }
}

interface AtCheckpoint {
  readonly stage: StageState;
  readonly checkpoint: Checkpoint;
}

/**
 * Before its first approval a stage says that it waits for approvals, and hears whether its locks come first
 * (CLASSIC-3, LOCK-66). True while the answer is out.
 */
function needsSlotFirst(turn: Turn, view: StageView, { stage, checkpoint }: AtCheckpoint): boolean {
  if (checkpoint.locks === 'announced') return true;
  if (checkpoint.locks !== 'notAsked' || approvalsOf(checkpoint).length === 0) return false;
  record(turn, { type: 'LocksAnnounced', stage: stage.name, at: turn.now });
  tellInterlocking(turn, { ...lockRequest(turn, view, stage), approvals: 'pending' });
  return true;
}

/** The interlocking's answer: the approvals come before the locks. Late and repeated ones change nothing. */
export function approvalsFirst(
  turn: Turn,
  { stage: name, attempt }: Extract<LockAnswer, { type: 'AskApprovals' }>,
): void {
  const stage = stageOf(turn.state, name);
  if (stage?.phase !== 'waiting' || stage.attempt !== attempt) return;
  if (stage.checkpoint?.locks !== 'announced') return;
  record(turn, { type: 'LocksDeferred', stage: name, at: turn.now });
  advanceCheckpoint(turn, stageView(turn.view, name));
}

/** Every check has passed: the stage asks for its locks, or starts with those that it holds (LOCK-20, CLASSIC-3). */
function passed(turn: Turn, view: StageView, { stage, checkpoint }: AtCheckpoint): void {
  if (checkpoint.locks === 'held') return startWaiting(turn, stage, checkpoint.held ?? { tokens: [] });
  record(turn, { type: 'LocksAsked', stage: stage.name, at: turn.now });
  tellInterlocking(turn, lockRequest(turn, view, stageOf(turn.state, stage.name) ?? stage));
}

/** The time-out of a check counts from the moment that it starts (CHK-38). */
function startCheck(turn: Turn, stage: StageState, check: CheckRun): void {
  const { name, attempt } = stage;
  const { number } = check;
  const now = stageOf(turn.state, name);
  const { settings, timeoutMinutes } = check.configuration;
  const dueAt = turn.now + minutes(timeoutMinutes);
  const facts = factsFor(turn, check);
  // Another check of the category may have ended the stage meanwhile.
  if (facts === undefined || checkOf(now, number)?.status !== 'queued') return;
  const progress = kindOf(check).start(settings, turn.now, facts);
  recordCheck(turn, stage, {
    type: 'CheckStarted',
    stage: name,
    check: number,
    at: turn.now,
    dueAt,
    progress,
  });
  remind(turn, dueAt, { type: 'CheckDue', stage: name, attempt, check: number });
  lookAtCheck(turn, name, number);
  lookLater(turn, stage, number);
}

/**
 * The jobs are over: a stage that succeeded, and is not being cancelled, waits for its post-deployment approvals
 * and keeps its locks (CLASSIC-3, CLASSIC-13). True while it waits.
 */
export function waitsAfterJobs(turn: Turn, stage: StageState, result: NodeResult): boolean {
  if (stage.phase !== 'running' || stage.checkpoint === undefined || stage.cancelling) return false;
  if (stage.jobsOver === undefined && !askAfterJobs(turn, stage, result)) return false;
  const now = stageOf(turn.state, stage.name);
  if (now?.phase !== 'running') return true;
  return now.checkpoint?.checks.some(({ status }) => isAtWork(status)) ?? false;
}

/** Asks for the post-deployment approvals; a stage that deployed nothing, or failed, is not asked about. */
function askAfterJobs(turn: Turn, stage: StageState, result: NodeResult): boolean {
  const checks = stage.checkpoint === undefined ? [] : checksIn(stage.checkpoint, 'postDeployment');
  if (checks.length === 0 || (result !== 'succeeded' && result !== 'succeededWithIssues')) return false;
  record(turn, { type: 'StageJobsOver', stage: stage.name, at: turn.now, result });
  for (const check of checks) startCheck(turn, stage, check);
  return true;
}
