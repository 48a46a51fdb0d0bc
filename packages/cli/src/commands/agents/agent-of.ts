import type { WireAgent, WirePool } from '@signalbox/api';
import type { Context } from '../../context.ts';
import { CliError, EXIT } from '../../exit-codes.ts';

/** Which agent is meant. */
export interface AgentName {
  readonly pool: string;
  readonly agent: string;
}

/** The pool of this name, or number, letter case aside. */
export async function poolOf(context: Context, named: string): Promise<WirePool> {
  const { items } = await context.client().listPools();
  const found = items.find(
    ({ id, name }) => name.toLowerCase() === named.toLowerCase() || String(id) === named,
  );
  if (found !== undefined) return found;
  const names = items.map(({ name }) => name).join(', ') || 'none yet';
  throw new CliError(EXIT.notFound, `There is no pool ${named}. There are: ${names}.`);
}

/** The agent of this name, or number, in its pool. */
export async function agentOf(
  context: Context,
  { pool: named, agent }: AgentName,
): Promise<{ readonly pool: WirePool; readonly agent: WireAgent }> {
  const pool = await poolOf(context, named);
  const { items } = await context.client().listAgents(pool.id);
  const found = items.find(
    ({ id, name }) => name.toLowerCase() === agent.toLowerCase() || String(id) === agent,
  );
  if (found !== undefined) return { pool, agent: found };
  const names = items.map(({ name }) => name).join(', ') || 'none yet';
  throw new CliError(EXIT.notFound, `The pool ${pool.name} has no agent ${agent}. It has: ${names}.`);
}

/** What an agent does now, in a few words. */
export function doing({ enabled, status, assignedRequest }: WireAgent): string {
  const at =
    assignedRequest === undefined ? '' : `${assignedRequest.jobName} of run ${assignedRequest.owner.id}`;
  const words = [enabled ? '' : 'disabled', at, status === 'offline' ? 'offline' : at === '' ? 'idle' : ''];
  return words.filter((word) => word !== '').join(', ');
}
