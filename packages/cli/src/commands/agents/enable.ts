import type { Context } from '../../context.ts';
import { agentOf, type AgentName } from './agent-of.ts';

/** `signalbox agents enable` and `disable` (AGENT-2). */
export async function enable(context: Context, named: AgentName, enabled: boolean): Promise<void> {
  const { pool, agent } = await agentOf(context, named);
  const { assignedRequest } = await context.client().enableAgent(pool.id, agent.id, enabled);
  const job = assignedRequest ?? agent.assignedRequest;
  const rest = enabled || job === undefined ? '' : ` It still has ${job.jobName} of run ${job.owner.id}.`;
  context.terminal.err(
    `${agent.name} is ${enabled ? 'enabled' : 'disabled: it gets no further job'}.${rest}\n`,
  );
}

/** `signalbox agents remove`: refused while it has a job. */
export async function remove(context: Context, named: AgentName): Promise<void> {
  const { pool, agent } = await agentOf(context, named);
  await context.client().deleteAgent(pool.id, agent.id);
  context.terminal.err(`The pool ${pool.name} has no agent ${agent.name} any more.\n`);
}
