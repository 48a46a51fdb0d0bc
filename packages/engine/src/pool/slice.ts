import { fold, type JobRequestId, type RunId } from '@signalbox/model';
import type { InstanceKey } from '../run/state.ts';
import type { PoolRows } from './evolve.ts';
import type { PoolMessage } from './messages.ts';
import type { AgentRow, JobRequestRow, OtherPool, PoolAnswer, PoolNeed } from './rows.ts';

/** The first waiting requests of one demand key as the store has them; `complete`: there are no more. */
interface Front {
  readonly ids: readonly JobRequestId[];
  readonly complete: boolean;
}

/** Which rows of the pool a working copy has: what was answered, not what is in it. */
export interface Slice {
  readonly answered: Set<string>;
  /** By demand key; a key that is not here has no waiting request in the store. */
  fronts: ReadonlyMap<string, Front>;
  frontCount: number;
  /** The other pools; undefined: not asked for yet. */
  others: readonly OtherPool[] | undefined;
}

/** Nothing is known yet. */
export function emptySlice(): Slice {
  return { answered: new Set(), fronts: new Map(), frontCount: 0, others: undefined };
}

/** What a message needs at least, without what is known already. */
export function needsOf(message: PoolMessage, rows: PoolRows, slice: Slice): readonly PoolNeed[] {
  const needs: readonly PoolNeed[] = [{ need: 'header' }, { need: 'agents' }, ...requestNeeds(message, rows)];
  return needs.filter((need) => !slice.answered.has(needKey(need)));
}

function requestNeeds(message: PoolMessage, rows: PoolRows): readonly PoolNeed[] {
  if ('agent' in message) return jobNeeds(rows, (agent) => agent.id === message.agent);
  switch (message.type) {
    case 'JobReady':
    case 'JobWithdrawn':
    case 'JobCanceled':
    case 'JobOver':
      return [{ need: 'requestOf', run: message.run, instance: message.instance }];
    case 'LeaseRenewed':
    case 'LeaseDue':
    case 'QuarantineOver':
      return [{ need: 'request', id: message.request }];
    case 'PoolLimitSet':
    case 'SlotFreed':
      return [];
    case 'AgentConnected':
      return jobNeeds(rows, (agent) => fold(agent.name) === fold(message.name));
  }
}

function jobNeeds({ agents }: PoolRows, isMeant: (agent: AgentRow) => boolean): readonly PoolNeed[] {
  const request = [...agents.values()].find(isMeant)?.request;
  return request === undefined ? [] : [{ need: 'request', id: request }];
}

/** Notes that a need is answered. True the first time: later answers are older than what the batch has decided. */
export function takeAnswer(slice: Slice, { of, requests = [], others = [] }: PoolAnswer): boolean {
  const fresh = !slice.answered.has(needKey(of));
  slice.answered.add(needKey(of));
  if (of.need === 'fronts') takeFronts(slice, of.count, requests);
  if (of.need === 'elsewhere') slice.others ??= others;
  return fresh;
}

/** The rows with those of an answer, unless they are there: the batch may have changed them since. */
export function withAnswer(rows: PoolRows, answer: PoolAnswer, fresh: boolean): PoolRows {
  if (answer.of.need === 'header') {
    return fresh && answer.header !== undefined ? { ...rows, header: answer.header } : rows;
  }
  if (answer.of.need === 'agents') {
    return fresh ? { ...rows, agents: new Map((answer.agents ?? []).map((one) => [one.id, one])) } : rows;
  }
  const requests = new Map(rows.requests);
  for (const request of answer.requests ?? [])
    if (!requests.has(request.id)) requests.set(request.id, request);
  return { ...rows, requests };
}

function takeFronts(slice: Slice, count: number, requests: readonly JobRequestRow[]): void {
  if (count <= slice.frontCount) return;
  const ids = new Map<string, JobRequestId[]>();
  for (const request of requests)
    ids.set(request.demandKey, [...(ids.get(request.demandKey) ?? []), request.id]);
  slice.frontCount = count;
  slice.fronts = new Map(
    [...ids].map(([key, front]) => [key, { ids: front, complete: front.length < count }]),
  );
}

/** The request of an instance, if the slice has it. */
export function requestOf(rows: PoolRows, run: RunId, instance: InstanceKey): JobRequestRow | undefined {
  const key = instanceKey(run, instance);
  for (const request of rows.requests.values()) {
    if (request.run === run && instanceKey(run, request.instance) === key) return request;
  }
  return undefined;
}

function instanceKey(run: RunId, { stage, stageAttempt, job, jobAttempt, hook, leg }: InstanceKey): string {
  return JSON.stringify([run, stage, stageAttempt, job, jobAttempt, hook ?? null, leg ?? null]);
}

function needKey(need: PoolNeed): string {
  switch (need.need) {
    case 'request':
      return `request ${need.id}`;
    case 'requestOf':
      return `requestOf ${instanceKey(need.run, need.instance)}`;
    case 'waitingOf':
      return `waitingOf ${need.run}`;
    case 'fronts':
      return `fronts ${need.count}`;
    case 'header':
    case 'agents':
    case 'elsewhere':
      return need.need;
  }
}
