import type { LockAnswer } from '../interlocking/messages.ts';
import type { ResourceKey } from '../interlocking/rows.ts';
import type { Outcome } from '../outcome.ts';
import type { Instant } from '@signalbox/model';
import { advance } from './advance.ts';
import { tellOfAwaitingHolders } from './awaiting-holders.ts';
import { cancelRun, cancelStage } from './cancel.ts';
import type { RunEvent } from './events.ts';
import { permissionChanged, resourceDeleted } from './check-resources.ts';
import { actOnCheck, checkAnswered, checkDue } from './check-turn.ts';
import { tellOfValidity } from './check-validity.ts';
import type { KnownMachines } from './choose-machines.ts';
import { approvalsFirst } from './checkpoint.ts';
import { dropExpectations, expectation, expectedStages } from './expectations.ts';
import { forceCancel } from './force-cancel.ts';
import { assignInstance, completeInstance, resultWithoutReport, settingsOf } from './instance.ts';
import { continueJob } from './job.ts';
import { locksTaken } from './locks-taken.ts';
import type { RunMessage } from './messages.ts';
import { operateCheck } from './operate-check.ts';
import type { PlanView } from './plan-view.ts';
import { retry } from './retry/retry.ts';
import { startByHand } from './retry/start-stage.ts';
import { jobReported, leaseClosed, leaseTurned } from './report.ts';
import { tellOfPersons } from './persons.ts';
import { endSpan, spanWanted } from './span.ts';
import { locksGranted, locksLost } from './stage.ts';
import type { RunState } from './state.ts';
import { cancelBudgetOver, jobTimedOut, serverStepDue } from './timers.ts';
import {
  beginTurn,
  endTurn,
  placeOf,
  record,
  tellInterlocking,
  type KnownChecks,
  type Turn,
} from './turn.ts';

/** What a decision came to, and the run after it; void while something is lacking. */
export interface Decision {
  readonly outcome: Outcome<RunEvent>;
  readonly state: RunState;
  /** Resources whose checks must be known first. */
  readonly lacking: readonly ResourceKey[];
  /** Environments whose machines must be known first, by number. */
  readonly lackingMachines: readonly string[];
}

/** A message with what the decision may know besides the run. */
export interface Occasion {
  readonly message: RunMessage;
  readonly now: Instant;
  readonly checks: KnownChecks;
  readonly machines: KnownMachines;
}

/** Decides one message for a run: pure, and total over late, repeated and foolish messages. */
export function decideRun(state: RunState, view: PlanView, occasion: Occasion): Decision {
  const { message, now, checks, machines } = occasion;
  const turn = beginTurn(state, view, now, checks, machines);
  apply(turn, message);
  if (turn.events.length > 0) {
    advance(turn);
    if (turn.events.some(changesGraph)) dropExpectations(turn, expectedStages(state, view));
    tellOfPersons(turn, state);
    tellOfValidity(turn, state);
    tellOfAwaitingHolders(turn, state);
    if (turn.events.some((event) => changesGraph(event) || event.type === 'SpanBegan')) endSpan(turn);
  }
  const { lacking, lackingMachines } = turn;
  return { outcome: endTurn(turn), state: turn.state, lacking, lackingMachines };
}

/** The steps of jobs change nothing about which stages may still run. */
function changesGraph({ type }: RunEvent): boolean {
  return type === 'StageCompleted' || type.startsWith('Run');
}

function apply(turn: Turn, message: RunMessage): void {
  if ('instance' in message) return applyToJob(turn, message);
  if (isOfLocks(message)) return hearOfLocks(turn, message);
  if ('check' in message) return applyToCheck(turn, message);
  switch (message.type) {
    case 'Begin':
      return begin(turn, message);
    case 'PermissionChanged':
      return permissionChanged(turn, message.resource);
    case 'ResourceDeleted':
      return resourceDeleted(turn, message.resource, message.by);
    case 'Cancel':
      return cancelRun(turn, message.by);
    case 'CancelStage':
      return cancelStage(turn, message.stage, message.by);
    case 'ForceCancel':
      return forceCancel(turn, message);
    case 'Retry':
      return retry(turn, message);
    case 'StartStage':
      return startByHand(turn, message);
  }
}

function applyToCheck(turn: Turn, message: Extract<RunMessage, { readonly check: number }>): void {
  switch (message.type) {
    case 'ActOnCheck':
      return actOnCheck(turn, message);
    case 'CheckAnswered':
      return checkAnswered(turn, message);
    case 'OperateCheck':
      return operateCheck(turn, message);
    case 'CheckDue':
      return checkDue(turn, message);
  }
}

const OF_LOCKS: ReadonlySet<string> = new Set<LockAnswer['type']>([
  'LocksGranted',
  'LocksLost',
  'LocksTaken',
  'SpanWanted',
  'AskApprovals',
]);

function isOfLocks(message: RunMessage): message is LockAnswer {
  return OF_LOCKS.has(message.type);
}

function hearOfLocks(turn: Turn, message: LockAnswer): void {
  switch (message.type) {
    case 'LocksGranted':
      return locksGranted(turn, message);
    case 'LocksLost':
      return locksLost(turn, message);
    case 'LocksTaken':
      return locksTaken(turn, message);
    case 'SpanWanted':
      return spanWanted(turn, message);
    case 'AskApprovals':
      return approvalsFirst(turn, message);
  }
}

type JobMessage = Extract<RunMessage, { readonly instance: unknown }>;

function applyToJob(turn: Turn, message: JobMessage): void {
  switch (message.type) {
    case 'JobAssigned':
      return jobAssigned(turn, message);
    case 'JobUnserved':
      return leftQueue(turn, message, message.message);
    case 'JobUnqueued':
      return leftQueue(turn, message);
    case 'JobReported':
      return jobReported(turn, message);
    case 'LeaseClosed':
      return leaseClosed(turn, message);
    case 'LeaseLost':
    case 'LeaseRegained':
      return leaseTurned(turn, message);
    case 'ServerStepDue':
      return serverStepDue(turn, message);
    case 'JobTimedOut':
      return jobTimedOut(turn, message);
    case 'CancelBudgetOver':
      return cancelBudgetOver(turn, message);
  }
}

function begin(turn: Turn, { held }: Extract<RunMessage, { type: 'Begin' }>): void {
  if (turn.state.status !== 'notStarted') return;
  const expected = held === true ? expectation(turn.state, turn.view) : undefined;
  if (expected !== undefined) tellInterlocking(turn, expected);
  record(turn, { type: 'RunStarted', at: turn.now });
}

function jobAssigned(turn: Turn, message: Extract<RunMessage, { type: 'JobAssigned' }>): void {
  const place = placeOf(turn.state, message.instance);
  const { request, lease: token, agent, agentName } = message;
  if (place !== undefined) assignInstance(turn, place, { request, token, agent, agentName, open: true });
}

/** No agent has it and none will: asked back, or nobody could have served it (JOB-4, CANCEL-10). */
function leftQueue(
  turn: Turn,
  { instance: key }: Extract<JobMessage, { type: 'JobUnserved' | 'JobUnqueued' }>,
  message?: string,
): void {
  const place = placeOf(turn.state, key);
  if (place?.instance.phase !== 'queued') return;
  const pool = settingsOf(turn, place.key).pool.name;
  const why = message === undefined ? undefined : `Pool '${pool}': ${message}`;
  completeInstance(turn, place, resultWithoutReport(place), why);
  continueJob(turn, place.key);
}
