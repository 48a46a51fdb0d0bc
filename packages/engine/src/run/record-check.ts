import { isBeforeJobs } from '../check/checkpoint.ts';
import { isAtWork, isOpen, kindOf, type CheckRun, type OpenCheck } from '../check/check-run.ts';
import type { CheckpointEvent } from './events.ts';
import type { StageState } from './state.ts';
import { record, remind, stageOf, type Turn } from './turn.ts';

/** The check of a stage that waits for it, while time or somebody can still change it. */
export function openCheck(stage: StageState | undefined, number: number): OpenCheck | undefined {
  const check = checkOf(stage, number);
  if (check === undefined || !isOpen(check)) return undefined;
  const isAwaited = stage?.phase === 'waiting' || !isBeforeJobs(check);
  return isAwaited ? check : undefined;
}

/** A check of the latest attempt of a stage, by its number. */
export function checkOf(stage: StageState | undefined, number: number): CheckRun | undefined {
  return stage?.checkpoint?.checks.find((check) => check.number === number);
}

type OneCheckEvent = Extract<CheckpointEvent, { readonly check: number }>;

/** Records what happened to a check; an evaluation that begins with it asks its service after the commit (CHK-36). */
export function recordCheck(turn: Turn, { name, attempt }: StageState, event: OneCheckEvent): void {
  const before = evaluationOf(checkOf(stageOf(turn.state, name), event.check));
  record(turn, event);
  const { id: run, project } = turn.state;
  const evaluation = evaluationOf(checkOf(stageOf(turn.state, name), event.check));
  if (evaluation <= before) return;
  const place = { run, stage: name, attempt, check: event.check, evaluation };
  const key = `invokeCheck/${run}/${name}/${attempt}/${event.check}/${evaluation}`;
  turn.effects.push({ key, kind: 'invokeCheck', project, ...place });
}

function evaluationOf(check: CheckRun | undefined): number {
  return check?.progress === undefined ? 0 : (kindOf(check).evaluation?.(check.progress) ?? 0);
}

/**
 * Sets the timers of a check that is open: its own next change, and the end of its pass. A change whose time came while
 * an answer was awaited comes at once. Timers only wake.
 */
export function wake(turn: Turn, { name: stage, attempt }: StageState, number: number): void {
  const check = openCheck(stageOf(turn.state, stage), number);
  if (check === undefined) return;
  const { progress, validUntil, deferredUntil, configuration } = check;
  const own = kindOf(check).wakeAt({ settings: configuration.settings, progress });
  const next = own === undefined ? undefined : Math.max(own, turn.now);
  const times = check.status === 'deferred' ? [deferredUntil] : [next, validUntil];
  for (const due of new Set(times)) {
    if (due !== undefined && due >= turn.now)
      remind(turn, due, { type: 'CheckDue', stage, attempt, check: number });
  }
}

/** The next look at a check that hears of nothing by itself. */
export function lookLater(turn: Turn, { name: stage, attempt }: StageState, number: number): void {
  const check = openCheck(stageOf(turn.state, stage), number);
  const every = check === undefined || !isAtWork(check.status) ? undefined : kindOf(check).looksEvery;
  if (every !== undefined)
    remind(turn, turn.now + every, { type: 'CheckDue', stage, attempt, check: number });
}
