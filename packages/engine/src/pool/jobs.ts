import { demandKey, whyUnserved } from './demands.ts';
import { match } from './match.ts';
import type { PoolMessage } from './messages.ts';
import type { JobRequestRow } from './rows.ts';
import { requestOf } from './slice.ts';
import { record, tellRun, type Turn } from './turn.ts';

type Message<T extends PoolMessage['type']> = Extract<PoolMessage, { readonly type: T }>;

/**
 * A job wants an agent: it waits in line, unless no agent could ever serve it (JOB-4). In a pool that never had
 * an agent it waits for the first one: a server that was just installed is not yet a server without agents.
 */
export function jobReady(turn: Turn, message: Message<'JobReady'>): void {
  const { run, instance, demands, readyAt, cancelTimeoutMs, protected: shielded } = message;
  if (requestOf(turn.rows, run, instance) !== undefined) return;
  const isNew = turn.rows.header.lastAgent === 0;
  const why = isNew ? undefined : whyUnserved([...turn.rows.agents.values()], demands);
  if (why !== undefined) {
    tellRun(turn, message, { type: 'JobUnserved', instance, message: why });
    return;
  }
  record(turn, {
    type: 'RequestQueued',
    request: {
      id: turn.rows.header.lastRequest + 1,
      run,
      instance,
      demands,
      demandKey: demandKey(demands),
      readyAt,
      cancelTimeoutMs,
      ...(shielded !== undefined && { protected: shielded }),
      state: { phase: 'waiting' },
    },
  });
  match(turn);
}

/** Asked back by its run: it leaves the queue, or, if an agent has it, that agent is told to stop (CANCEL-10). */
export function jobWithdrawn(turn: Turn, { run, instance, kill }: Message<'JobWithdrawn'>): void {
  const request = requestOf(turn.rows, run, instance);
  if (request?.state.phase === 'waiting') {
    record(turn, { type: 'RequestWithdrawn', request: request.id, at: turn.now });
    tellRun(turn, request, { type: 'JobUnqueued', instance: request.instance });
  }
  if (request !== undefined) askToStop(turn, request, { budgetMs: kill ? 0 : request.cancelTimeoutMs, kill });
}

/** The agent learns of it with its next renewal (CANCEL-8, AGENT-9). */
export function jobCanceled(
  turn: Turn,
  { run, instance, lease, budgetMs, kill }: Message<'JobCanceled'>,
): void {
  const request = requestOf(turn.rows, run, instance);
  if (request?.state.phase !== 'assigned' && request?.state.phase !== 'quarantined') return;
  if (request.state.lease !== lease) return;
  askToStop(turn, request, { budgetMs, kill });
}

/** Once; a kill goes beyond an earlier request, and nothing beyond a kill (CANCEL-13). */
function askToStop(
  turn: Turn,
  { id, state }: JobRequestRow,
  { budgetMs, kill }: { readonly budgetMs: number; readonly kill: true | undefined },
): void {
  // In quarantine with an end the agent ends the job by itself.
  const ends = state.phase === 'quarantined' && state.until !== undefined;
  if ((state.phase !== 'assigned' && state.phase !== 'quarantined') || ends) return;
  if (state.cancel !== undefined && (kill === undefined || state.cancel.kill)) return;
  const how = kill === undefined ? {} : { kill };
  record(turn, { type: 'RequestCancelAsked', request: id, at: turn.now, budgetMs, ...how });
}

/** The run took the last report: the lease is closed, and its agent is free (LAW-8). */
export function jobOver(turn: Turn, { run, instance, lease, lost: given }: Message<'JobOver'>): void {
  const request = requestOf(turn.rows, run, instance);
  if (request?.state.phase !== 'assigned' && request?.state.phase !== 'quarantined') return;
  if (request.state.lease !== lease) return;
  const lost = given === true;
  record(turn, { type: 'RequestFinished', request: request.id, at: turn.now, lost });
  tellRun(turn, request, { type: 'LeaseClosed', instance: request.instance, lease, lost });
}
