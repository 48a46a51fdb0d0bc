import type { Context } from '../../context.ts';
import { print } from '../../output/print.ts';
import { agentOf, doing } from './agent-of.ts';

/** `signalbox agents show`: what an agent can do, and who says so (AGENT-3). */
export async function showAgent(context: Context, pool: string, named: string): Promise<void> {
  const { agent } = await agentOf(context, { pool, agent: named });
  const { systemCapabilities = {}, userCapabilities = {} } = agent;
  if (context.format() === 'json') {
    context.terminal.out(`${JSON.stringify(agent, undefined, 2)}\n`);
    return;
  }
  context.terminal.err(`${agent.name} ${agent.version}: ${doing(agent)}\n`);
  const own = Object.entries(systemCapabilities).filter(([name]) => !(name in userCapabilities));
  const rows = [
    ...Object.entries(userCapabilities).map(([name, value]) => ({ name, value, by: 'a person' })),
    ...own.map(([name, value]) => ({ name, value, by: 'the agent' })),
  ].toSorted((a, b) => (a.name < b.name ? -1 : 1));
  print(context.terminal, context.format(), {
    rows,
    columns: [
      { title: 'CAPABILITY', text: ({ name }) => name },
      { title: 'SAID BY', text: ({ by }) => by },
      { title: 'VALUE', text: ({ value }) => value },
    ],
    empty: `${agent.name} has no capabilities.`,
  });
}
