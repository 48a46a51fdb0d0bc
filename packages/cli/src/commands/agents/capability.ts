import type { Context } from '../../context.ts';
import { CliError, EXIT } from '../../exit-codes.ts';
import { agentOf, type AgentName } from './agent-of.ts';

/** What to change of what people said. */
export interface CapabilityChange {
  readonly set?: Readonly<Record<string, string>>;
  readonly unset?: readonly string[];
}

/** `signalbox agents capability`: changes what people say an agent can do, and prints all they say (AGENT-3). */
export async function changeCapabilities(
  context: Context,
  named: AgentName,
  { set = {}, unset = [] }: CapabilityChange,
): Promise<void> {
  const { pool, agent } = await agentOf(context, named);
  const before = new Map(Object.entries(agent.userCapabilities ?? {}));
  for (const name of unset) {
    if (before.delete(name.toLowerCase())) continue;
    throw new CliError(
      EXIT.notFound,
      `Nobody said that ${agent.name} has ${name}; what it says itself stays.`,
    );
  }
  for (const [name, value] of Object.entries(set)) before.set(name.toLowerCase(), value);
  const isChanged = unset.length + Object.keys(set).length > 0;
  const after = Object.fromEntries(before);
  if (isChanged) await context.client().setUserCapabilities(pool.id, agent.id, after);
  if (context.format() === 'json') context.terminal.out(`${JSON.stringify(after, undefined, 2)}\n`);
  else
    for (const [name, value] of before) context.terminal.out(`${value === '' ? name : `${name}=${value}`}\n`);
}
