import type { AgentId } from '@signalbox/model';
import { match } from './match.ts';
import type { AgentRow } from './rows.ts';
import { busyOf, othersOf } from './slots.ts';
import type { Turn } from './turn.ts';

/**
 * Where parallel jobs are limited, the end of one is what others wait for (AGENT-6): those of this pool, whose agents
 * may be idle already, and those of the other pools. Elsewhere an agent that is free asks for work itself.
 */
export function slotsFreed(turn: Turn, before: ReadonlyMap<AgentId, AgentRow>): void {
  const { rows, policy, missing } = turn;
  if (rows.header.parallelJobs === undefined && policy.parallelJobs === undefined) return;
  if (missing.length > 0 || busyOf([...rows.agents.values()]) >= busyOf([...before.values()])) return;
  match(turn);
  if (policy.parallelJobs === undefined) return;
  for (const { pool, waiting } of othersOf(turn)) {
    if (waiting.length > 0) turn.mail.push({ to: { kind: 'pool', id: pool }, body: { type: 'SlotFreed' } });
  }
}
