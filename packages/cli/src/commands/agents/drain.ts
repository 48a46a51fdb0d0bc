import type { WireAgent, WirePool } from '@signalbox/api';
import { setTimeout as pause } from 'node:timers/promises';
import type { Context } from '../../context.ts';
import { CliError, EXIT } from '../../exit-codes.ts';
import { agentOf, poolOf } from './agent-of.ts';

/** Which agents, and how long to wait for them. */
export interface DrainOptions {
  readonly pool: string;
  readonly all?: boolean;
  /** Minutes. */
  readonly timeout?: number;
}

/** Between two looks at the agents. */
const LOOK_MS = 1000;

/** `signalbox agents drain`: no further job for them, and word when the last one has none (AGENT-2). */
export async function drain(
  context: Context,
  named: readonly string[],
  { pool: poolName, all, timeout }: DrainOptions,
): Promise<void> {
  if ((all === true) === named.length > 0) {
    throw new CliError(EXIT.usage, 'Say which agents: their names, or --all for those of the pool.');
  }
  const pool = await poolOf(context, poolName);
  const ids = all ? (await agentsOf(context, pool)).map(({ id }) => id) : await idsOf(context, pool, named);
  for (const id of ids) await context.client().enableAgent(pool.id, id, false);
  const until = timeout === undefined ? Infinity : context.now() + timeout * 60_000;
  let told = '';
  for (;;) {
    const busy = (await agentsOf(context, pool)).filter(
      ({ id, assignedRequest }) => ids.includes(id) && assignedRequest !== undefined,
    );
    if (busy.length === 0) break;
    const words = busy.map(
      ({ name, assignedRequest: job }) => `${name} (${job?.jobName} of run ${job?.owner.id})`,
    );
    if (context.now() >= until) {
      throw new CliError(EXIT.failed, `Still at work: ${words.join(', ')}. They get no further job.`);
    }
    const text = words.join(', ');
    if (text !== told) context.terminal.err(`Waits for ${text}.\n`);
    told = text;
    await pause(LOOK_MS);
  }
  context.terminal.err(`Drained: no job is left on ${ids.length} of the agents of ${pool.name}.\n`);
}

async function agentsOf(context: Context, pool: WirePool): Promise<readonly WireAgent[]> {
  return (await context.client().listAgents(pool.id)).items;
}

async function idsOf(context: Context, pool: WirePool, named: readonly string[]): Promise<readonly number[]> {
  const ids: number[] = [];
  for (const agent of named) ids.push((await agentOf(context, { pool: String(pool.id), agent })).agent.id);
  return ids;
}
