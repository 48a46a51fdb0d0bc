import type { WireAgent, WireJobRequest, WirePool } from '@signalbox/api';
import type { Context } from '../../context.ts';
import { ago } from '../../output/age.ts';
import { print } from '../../output/print.ts';
import { doing, poolOf } from './agent-of.ts';

interface Row {
  readonly pool: WirePool;
  readonly agent: WireAgent;
}

/** `signalbox agents list`: every agent, and below them the jobs that wait, with what they wait for. */
export async function listAgents(context: Context, named: string | undefined): Promise<void> {
  const client = context.client();
  const pools = named === undefined ? (await client.listPools()).items : [await poolOf(context, named)];
  const rows: Row[] = [];
  const waiting: WireJobRequest[] = [];
  for (const pool of pools) {
    for (const agent of (await client.listAgents(pool.id)).items) rows.push({ pool, agent });
    waiting.push(...(await client.listJobRequests(pool.id)).items.filter(({ state }) => state === 'waiting'));
  }
  print(context.terminal, context.format(), {
    rows,
    columns: [
      { title: 'POOL', text: ({ pool }) => pool.name },
      { title: 'AGENT', text: ({ agent }) => agent.name },
      { title: 'VERSION', text: ({ agent }) => agent.version },
      { title: 'NOW', text: ({ agent }) => doing(agent) },
      {
        title: 'SINCE',
        text: ({ agent: { assignedRequest } }) =>
          assignedRequest === undefined ? '' : ago(assignedRequest.assignTime, context.now()),
      },
    ],
    empty: 'No agents yet. Start one: signalbox agent --pool NAME',
  });
  for (const { jobName, owner, waitingFor } of waiting) {
    context.terminal.err(`${jobName} of run ${owner.id}: ${waitingFor ?? 'waits for an agent.'}\n`);
  }
}
