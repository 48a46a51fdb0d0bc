import {
  adviceText,
  spanNote,
  type ExpectedView,
  type LockRequestView,
  type LockView,
  type SpanView,
} from '@signalbox/api';
import type { Blocker, BlockerKind } from '@signalbox/model';
import type { Board } from './board.ts';
import { runName, stageOf } from './board.ts';
import { branchName } from './names.ts';
import { stageReason } from './stage-reason.ts';
import type { Moment } from './time.ts';
import { ago, elapsed, moment, passed, roughly } from './time.ts';

/** Who a line of a lock is about. */
export interface Train {
  /** Absent for a caller from outside: there is no run to open, and `pipeline` is the caller. */
  readonly runId?: number;
  readonly number: string;
  readonly pipeline: string;
  readonly stage: string;
  readonly branch: string;
}

/** A holder: it is inside the block. */
export interface HolderLine extends Train {
  readonly key: string;
  readonly who: string;
  readonly held: Moment;
  readonly token?: number;
  /** Said when the holder is not simply running. */
  readonly note?: string;
  /** Said when its run holds the lock for several stages. */
  readonly span?: string;
}

/** One reason why a request waits, and what can be done about it. */
export interface ReasonLine {
  readonly kind: BlockerKind | 'other';
  readonly text: string;
  readonly advice?: string;
}

/** A waiter with its place in the line. */
export interface WaiterLine extends Train {
  readonly key: string;
  readonly who: string;
  readonly position: string;
  readonly waiting: Moment;
  readonly reasons: readonly ReasonLine[];
  readonly givesUp?: Moment;
}

/** A run that may still arrive. */
export interface ExpectedLine extends Train {
  readonly key: string;
  /** What it is doing meanwhile. */
  readonly note: string;
  readonly queued: Moment;
}

/** A request that ended without the lock. */
export interface EndedLine extends Train {
  readonly key: string;
  readonly kind: 'superseded' | 'timedOut';
  readonly text: string;
  readonly when: Moment;
}

/** A holder as the page shows it. */
export function holderLine(request: LockRequestView, on: Board, now: number): HolderLine {
  const since = request.assignTime ?? request.queueTime;
  const note = holderNote(request, on);
  return {
    ...train(request, on),
    key: String(request.requestId),
    who: request.requestedFor,
    held: moment(elapsed(passed(since, now)), since),
    ...(request.token === undefined ? {} : { token: request.token }),
    ...(note === undefined ? {} : { note }),
    ...(request.span === undefined ? {} : { span: spanText(request, request.span, on) }),
  };
}

/** A waiter as the page shows it; `reasons` are the server's own sentences. */
export function waiterLine(request: LockRequestView, on: Board, now: number): WaiterLine {
  return {
    ...train(request, on),
    key: String(request.requestId),
    who: request.requestedFor,
    position: request.position === undefined ? '·' : String(request.position),
    waiting: moment(elapsed(passed(request.queueTime, now)), request.queueTime),
    reasons: request.reasons.map((text, index) => reasonLine(text, request.blockers[index])),
    ...(request.expiresAt === undefined ? {} : { givesUp: givesUp(request.expiresAt, now) }),
  };
}

function reasonLine(text: string, blocker: Blocker | undefined): ReasonLine {
  if (blocker === undefined) return { kind: 'other', text };
  return { kind: blocker.kind, text, advice: adviceText(blocker) };
}

/** An expected run as the page shows it. */
export function expectedLine(view: ExpectedView, on: Board, now: number): ExpectedLine {
  return {
    key: `${view.runId}/${view.stage}`,
    runId: view.runId,
    number: view.runNumber,
    pipeline: view.definitionName,
    stage: stageOf(on, view.runId, view.stage)?.displayName ?? view.stage,
    branch: branchName(view.branch),
    note: meanwhile(view.runId, on),
    queued: moment(ago(view.runQueueTime, now), view.runQueueTime),
  };
}

/** The requests that ended at this lock without getting it, newest first, from the runs on the page. */
export function endedLines(lock: LockView, on: Board, now: number): readonly EndedLine[] {
  const lines: EndedLine[] = [];
  for (const run of on.runs.values()) {
    for (const stage of run.stages) {
      const { reason, finishTime } = stage;
      if (reason === undefined || finishTime === undefined) continue;
      if (reason.kind !== 'superseded' && reason.kind !== 'lockTimeout') continue;
      if (reason.lock !== lock.name) continue;
      lines.push({
        key: `${run.id}/${stage.name}/${stage.attempt}`,
        runId: run.id,
        number: run.number,
        pipeline: run.definition.name,
        stage: stage.displayName,
        branch: branchName(run.branch),
        kind: reason.kind === 'superseded' ? 'superseded' : 'timedOut',
        text:
          reason.kind === 'superseded'
            ? `gave way to run ${runName(on, reason.byRun)}`
            : stageReason(reason, on),
        when: moment(ago(finishTime, now), finishTime),
      });
    }
  }
  return lines.toSorted((left, right) => right.when.iso.localeCompare(left.when.iso));
}

function train(request: LockRequestView, on: Board): Train {
  if (request.caller !== undefined)
    return { number: 'from outside', pipeline: request.caller, stage: request.nodeName, branch: '' };
  const attempt = request.nodeAttempt > 1 ? ` (attempt ${request.nodeAttempt})` : '';
  const stage = stageOf(on, request.runId, request.nodeName)?.displayName ?? request.nodeName;
  return {
    runId: request.runId,
    number: request.runNumber,
    pipeline: request.definitionName,
    stage: `${stage}${attempt}`,
    branch: branchName(request.branch),
  };
}

function holderNote(request: LockRequestView, on: Board): string | undefined {
  const note = request.holder && holderStateNote(request.holder);
  if (note !== undefined) return note;
  const stage = stageOf(on, request.runId, request.nodeName);
  if (stage?.state === 'draining')
    return 'Draining: its jobs are over, the lock stays until its agents are surely silent.';
  if (stage?.cancelling) return 'Cancelling: the lock is given on when its clean-up is over.';
  return undefined;
}

/** Of one that drains the stage tells more. */
function holderStateNote({
  state,
  approvers = [],
}: NonNullable<LockRequestView['holder']>): string | undefined {
  const whom = approvers.length === 0 ? '' : ` by ${approvers.join(', ')}`;
  switch (state) {
    case 'failed':
      return 'Failed: the lock is kept until somebody acknowledges it.';
    case 'quarantined':
      return 'Quarantined: its agent is lost, the lock stays until nothing of it can act any more.';
    case 'awaitingApproval':
      return `Waits for approval${whom} before it may begin.`;
    case 'awaitingPostApproval':
      return `Waits for approval${whom} of what it has done.`;
    case 'draining':
      return undefined;
  }
}

/** With the names that the page shows for stages. */
function spanText({ runId }: LockRequestView, span: SpanView, on: Board): string {
  const shown = (name: string): string => stageOf(on, runId, name)?.displayName ?? name;
  return spanNote({
    until: span.until === 'run' ? span.until : span.until.map(shown),
    over: span.over,
    inside: span.inside.map(shown),
    waiting: span.waiting.map(shown),
  });
}

function givesUp(at: string, now: number): Moment {
  const left = Date.parse(at) - now;
  return moment(left <= 0 ? 'gives up now' : `gives up in ${roughly(left)}`, at);
}

function meanwhile(runId: number, on: Board): string {
  const run = on.runs.get(runId);
  if (run === undefined) return 'is on its way';
  const busy = run.stages.filter((stage) => stage.state === 'running').map((stage) => stage.displayName);
  if (busy.length > 0) return `${busy.join(', ')} ${busy.length === 1 ? 'is' : 'are'} running`;
  const waiting = run.stages.find((stage) => stage.state === 'waiting');
  if (waiting !== undefined) return `${waiting.displayName} waits for its lock`;
  return run.status === 'notStarted' ? 'has not started' : 'is on its way';
}
