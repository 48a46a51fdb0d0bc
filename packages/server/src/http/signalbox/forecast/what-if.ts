import type {
  ConsequencesView,
  KeptStageView,
  QueueChangeView,
  RequestChangeView,
  WhatIfView,
} from '@signalbox/api';
import {
  pendingCancelOf,
  shieldOf,
  whatIf,
  type InterlockingMessage,
  type RequestChange,
  type RunState,
  type WhatIf,
} from '@signalbox/engine';
import { fold } from '@signalbox/model';
import type { Ask } from '../../ask.ts';
import { wireTime } from '../../shape/common.ts';
import { pendingCancelText } from '../../shape/pending-cancel.ts';
import { createExplainer, type Explainer } from '../explain.ts';
import { findLock } from '../find-lock.ts';
import { each } from '../lock-shape.ts';
import { readMoment, type ReadMoment } from './read-moment.ts';
import { readQuestion } from './read-question.ts';
import { stageRef } from './shape.ts';

/** `POST locks/{id}/whatIf`: decides on a copy what nobody has asked for, and writes nothing. */
export async function whatIfAsked(ask: Ask): Promise<WhatIfView> {
  const project = await ask.project();
  const lock = await findLock(ask, project);
  const { store } = ask.app;
  const { messages, locks, cancelled } = await readQuestion(ask, project, lock);
  const moment = await readMoment(store, project, { locks: [lock.id, ...locks], now: ask.now });
  const told = whatIf(moment, messages);
  const shape = { moment, explain: createExplainer(store, project, ask.now) };
  const keeps = holdersOf(moment, cancelled?.id);
  const releases = keeps.map(({ requester: { run, stage, attempt } }): InterlockingMessage => ({
    type: 'LocksReleased',
    run,
    stage,
    attempt,
  }));
  const afterwards = releases.length > 0 ? whatIf(moment, [...messages, ...releases]) : undefined;
  return {
    lockId: lock.id,
    lockName: lock.name,
    at: wireTime(moment.now),
    ...(told.refusal !== undefined && { refusal: told.refusal }),
    ...(await consequences(shape, told)),
    keeps: await each(keeps, (one) => keptView(shape, one, cancelled)),
    ...(afterwards !== undefined && { afterwards: await consequences(shape, afterwards) }),
    waitersTotal: await store.locks.waiting(project.id, lock.id),
    bounded: moment.bounded,
  };
}

/** A cancelled run keeps the locks of the stages under way until they are over (LAW-8). */
function holdersOf({ rows }: ReadMoment, run: number | undefined): readonly RequestChange['bundle'][] {
  return [...rows.bundles.values()].filter(
    ({ status, requester }) => status === 'inUse' && requester.run === run,
  );
}

/** What the cancel does to a stage that holds, and what an earlier one will do (Q6). */
async function keptView(
  { explain }: Shape,
  { requester }: RequestChange['bundle'],
  run: RunState | undefined,
): Promise<KeptStageView> {
  const stage = run?.stages.find(({ name }) => fold(name) === fold(requester.stage));
  const shield = stage && shieldOf(stage);
  const earlier = stage && pendingCancelOf(stage);
  return {
    ...(await stageRef(explain.names, requester)),
    ...(shield !== undefined && { protectedBy: shield.map(({ lockName }) => lockName) }),
    ...(earlier !== undefined && { pendingCancel: pendingCancelText(requester.stage, earlier) }),
  };
}

interface Shape {
  readonly moment: ReadMoment;
  readonly explain: Explainer;
}

async function consequences(shape: Shape, told: WhatIf): Promise<ConsequencesView> {
  return {
    requests: await each(told.changes, (one) => requestView(shape, one)),
    queues: await each(told.queues, (one) => queueView(shape, one)),
  };
}

async function requestView(
  { explain }: Shape,
  { from, to, bundle }: RequestChange,
): Promise<RequestChangeView> {
  const { supersededBy } = bundle;
  return {
    ...(await stageRef(explain.names, bundle.requester)),
    from,
    to,
    ...(supersededBy !== undefined && { supersededByRunId: supersededBy.run }),
  };
}

async function queueView(
  { moment, explain }: Shape,
  { lock, before, after }: WhatIf['queues'][number],
): Promise<QueueChangeView> {
  const requesters = (ids: readonly number[]) =>
    ids.flatMap((id) => moment.rows.bundles.get(id)?.requester ?? []);
  return {
    lockId: lock,
    lockName: moment.rows.locks.get(lock)?.name ?? `lock ${lock}`,
    before: await each(requesters(before), (one) => stageRef(explain.names, one)),
    after: await each(requesters(after), (one) => stageRef(explain.names, one)),
  };
}
