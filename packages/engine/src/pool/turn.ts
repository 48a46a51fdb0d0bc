import type { AgentId, Instant, PoolId } from '@signalbox/model';
import type { Mail, Reply, ReplyValue } from '../outcome.ts';
import type { RefusalCode } from '../refusals.ts';
import type { RunMessage } from '../run/messages.ts';
import type { PoolEvent } from './events.ts';
import { evolvePool, type PoolRows } from './evolve.ts';
import type { LeasePolicy } from './lease.ts';
import type { PoolMessage } from './messages.ts';
import type { AgentRow, JobRequestRow, PoolNeed } from './rows.ts';
import type { Slice } from './slice.ts';

/** One decision in the making; it counts only if nothing turned out to be missing. */
export interface Turn {
  rows: PoolRows;
  readonly pool: PoolId;
  readonly policy: LeasePolicy;
  readonly now: Instant;
  readonly slice: Slice;
  readonly events: PoolEvent[];
  readonly mail: Mail[];
  readonly missing: PoolNeed[];
  reply?: Reply;
}

/** Adds a fact and lets it change the rows. */
export function record(turn: Turn, event: PoolEvent): void {
  turn.rows = evolvePool(turn.rows, event);
  turn.events.push(event);
}

/** Writes to the run of a request. */
export function tellRun(turn: Turn, { run }: Pick<JobRequestRow, 'run'>, body: RunMessage): void {
  turn.mail.push({ to: { kind: 'run', id: run }, body });
}

/** A timer of the pool. */
export function remind(turn: Turn, due: Instant, body: PoolMessage): void {
  turn.mail.push({ to: { kind: 'pool', id: turn.pool }, body, due });
}

/** Answers a command. */
export function accept(turn: Turn, value: ReplyValue): void {
  turn.reply = { ok: true, value };
}

/** Refuses a command. */
export function refuse(turn: Turn, code: RefusalCode, message: string): void {
  turn.reply = { ok: false, refusal: { code, message } };
}

/** The agent, or a refusal. */
export function agentOf(turn: Turn, id: AgentId): AgentRow | undefined {
  const agent = turn.rows.agents.get(id);
  if (agent === undefined) refuse(turn, 'agent-not-found', `The pool has no agent ${id}.`);
  return agent;
}
