import {
  evolveRun,
  isPassed,
  isUndecided,
  type CheckRun,
  type RunEvent,
  type RunState,
  type StageState,
} from '@signalbox/engine';
import { kindOf } from '../../src/check/check-run.ts';
import type { World } from './world.ts';

/** Of a run's whole journal: what started without its checks, and what moved after it was decided. */
export function brokenCheckpoints(born: RunState, journal: readonly RunEvent[]): readonly string[] {
  const broken: string[] = [];
  const ready = new Set<string>();
  let state = born;
  for (const event of journal) {
    const before = state;
    state = evolveRun(state, event);
    if (!('stage' in event)) continue;
    const stage = state.stages.find(({ name }) => name === event.stage);
    const was = before.stages.find(({ name }) => name === event.stage);
    if (stage === undefined || was === undefined) continue;
    if (event.type === 'StageRetried') ready.delete(stage.name);
    const at = 'at' in event ? event.at : 0;
    if (stage.phase === 'waiting' && isReady(stage, at)) ready.add(stage.name);
    if (event.type === 'StageStarted' && was.checkpoint !== undefined && !ready.has(stage.name)) {
      broken.push(
        `CHK-34: stage ${stage.name} of run ${born.id} started though its checks never counted at once`,
      );
    }
    if (movesTooLate(event, was)) {
      broken.push(`CHK-33: ${event.type} at stage ${stage.name} of run ${born.id}, which is ${was.phase}`);
    }
  }
  return broken;
}

/** Every check before the jobs counts at this instant. */
function isReady({ checkpoint }: StageState, at: number): boolean {
  return (checkpoint?.checks ?? []).every(
    (check) => !comesFirst(check) || (isPassed(check) && (check.validUntil ?? Infinity) > at),
  );
}

/** Only what is asked after the jobs, or inside them, moves once the stage has started; nothing once it is over. */
function movesTooLate(event: RunEvent, stage: StageState): boolean {
  if (!event.type.startsWith('Check') || !('check' in event)) return false;
  if (stage.phase === 'completed') return true;
  const check = stage.checkpoint?.checks.find(({ number }) => number === event.check);
  return stage.phase === 'running' && check !== undefined && comesFirst(check);
}

function comesFirst({ category }: CheckRun): boolean {
  return category !== 'postDeployment' && category !== 'inJob';
}

/** When it changes by itself, before its time-out; undefined: it waits for others. */
function ownTime(check: CheckRun): number | undefined {
  const { status, configuration, progress, deferredUntil } = check;
  if (status === 'deferred') return deferredUntil;
  return progress && kindOf(check).wakeAt({ settings: configuration.settings, progress });
}

/** Nothing waits for nothing: a check that is open has a timer, and a stage that waits has something to wait for. */
export function brokenWaits(world: World): readonly string[] {
  return [...world.store.runs.values()].flatMap(({ written }) =>
    written.stages
      .filter(({ phase }) => phase === 'waiting')
      .flatMap((stage) => brokenWait(world, written, stage)),
  );
}

function brokenWait(
  world: World,
  { id }: RunState,
  { name, attempt, checkpoint }: StageState,
): readonly string[] {
  if (checkpoint === undefined) return [];
  const timers = world
    .lettersTo(id)
    .flatMap(({ body, due = world.now }) =>
      body.type === 'CheckDue' && body.stage === name && body.attempt === attempt
        ? [{ check: body.check, due }]
        : [],
    );
  const rings = (number: number, by: number): boolean =>
    timers.some(({ check, due }) => check === number && due <= Math.max(by, world.now));
  const silent = checkpoint.checks.filter((check) => {
    const { number, dueAt, validUntil } = check;
    if (dueAt === undefined || !comesFirst(check)) return false;
    if (isUndecided(check)) return !rings(number, Math.min(dueAt, ownTime(check) ?? dueAt));
    return check.status === 'approved' && validUntil !== undefined && !rings(number, validUntil);
  });
  const isAsking =
    checkpoint.locks !== 'notAsked' || checkpoint.checks.some(({ status }) => status !== 'queued');
  return [
    ...silent.map(({ number }) => `nothing wakes check ${number} of stage ${name} of run ${id}`),
    ...(isAsking ? [] : [`stage ${name} of run ${id} waits for nothing`]),
  ];
}
