import { refuseUnserved } from './agents.ts';
import { folded, whyUnserved } from './demands.ts';
import { match } from './match.ts';
import type { PoolMessage } from './messages.ts';
import { accept, agentOf, record, refuse, type Turn } from './turn.ts';

type Message<T extends PoolMessage['type']> = Extract<PoolMessage, { readonly type: T }>;

/**
 * What people say an agent can do (AGENT-3). Requests that it can serve now get it; those that nobody can serve
 * without what was taken away are told so (JOB-4).
 */
export function agentCapabilitiesSet(turn: Turn, message: Message<'AgentCapabilitiesSet'>): void {
  const agent = agentOf(turn, message.agent);
  if (agent === undefined) return;
  const capabilities = folded(message.capabilities);
  record(turn, { type: 'AgentCapabilitiesChanged', agent: agent.id, capabilities });
  refuseUnserved(
    turn,
    ({ demands }) =>
      whyUnserved([...turn.rows.agents.values()], demands) ?? 'no agent has what the job demands.',
  );
  match(turn);
  accept(turn, null);
}

/** How many jobs of the pool may run at once (AGENT-6). Jobs that run are not stopped by a lower limit. */
export function poolLimitSet(turn: Turn, { parallelJobs }: Message<'PoolLimitSet'>): void {
  if (parallelJobs !== undefined && (!Number.isSafeInteger(parallelJobs) || parallelJobs < 1)) {
    refuse(
      turn,
      'parallel-jobs',
      'A limit of parallel jobs is a whole number from 1; leave it out for none.',
    );
    return;
  }
  if (parallelJobs !== turn.rows.header.parallelJobs) {
    record(turn, { type: 'PoolLimited', ...(parallelJobs !== undefined && { parallelJobs }) });
  }
  match(turn);
  accept(turn, null);
}

/** Another pool has ended a job: what waits here for a slot of the server may have it now (AGENT-6). */
export function slotFreed(turn: Turn): void {
  match(turn);
}
