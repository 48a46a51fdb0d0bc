import type { Command } from 'commander';
import type { Context } from '../context.ts';
import { changeCapabilities } from './agents/capability.ts';
import { drain, type DrainOptions } from './agents/drain.ts';
import { enable, remove } from './agents/enable.ts';
import { listAgents } from './agents/list.ts';
import { showAgent } from './agents/show.ts';
import { collectCapability, integer } from './options.ts';

/** What every command below takes. */
interface InPool {
  readonly pool: string;
}

const POOL = ['--pool <name>', 'its pool', 'Default'] as const;
const AGENT = ['<agent>', 'its name or number'] as const;

/** `signalbox agents …`: who serves a pool, what each can do and does now, and what an operator does with them. */
export function addAgents(program: Command, context: Context): void {
  const agents = program
    .command('agents')
    .description('Agents: what each can do and does now; take them out of service.');
  agents
    .command('list', { isDefault: true })
    .option('--pool <name>', 'only of this pool (default: all)')
    .description('List the agents of the pools with the jobs they have, and the jobs that wait.')
    .action((options: { readonly pool?: string }) => listAgents(context, options.pool));
  agents
    .command('show')
    .argument(...AGENT)
    .option(...POOL)
    .description('Show an agent with its capabilities.')
    .action((agent: string, { pool }: InPool) => showAgent(context, pool, agent));
  addService(agents, context);
  agents
    .command('capability')
    .argument(...AGENT)
    .option(...POOL)
    .option('--set <name[=value]>', 'something it can do; repeatable', collectCapability)
    .option('--unset <name>', 'what people said it can do, and no longer; repeatable', collectName)
    .description('Say what an agent can do, above what it says itself; it outlives its process.')
    .addHelpText(
      'after',
      '\nExample:\n  signalbox agents capability build-2 --set sqlpackage --set region=eu',
    )
    .action((agent: string, { pool, ...change }: InPool & CapabilityOptions) =>
      changeCapabilities(context, { pool, agent }, change),
    );
}

interface CapabilityOptions {
  readonly set?: Readonly<Record<string, string>>;
  readonly unset?: readonly string[];
}

function addService(agents: Command, context: Context): void {
  for (const word of ['enable', 'disable'] as const) {
    agents
      .command(word)
      .argument(...AGENT)
      .option(...POOL)
      .description(
        word === 'enable'
          ? 'Give an agent jobs again.'
          : 'Let an agent finish its job, and give it no other.',
      )
      .action((agent: string, { pool }: InPool) => enable(context, { pool, agent }, word === 'enable'));
  }
  agents
    .command('drain')
    .argument('[agent...]', 'their names or numbers')
    .option(...POOL)
    .option('--all', 'every agent of the pool')
    .option('--timeout <minutes>', 'give up waiting after so long; they stay disabled', integer(1, 100_000))
    .description('Disable agents, and wait until the last of them has finished its job.')
    .action((named: readonly string[], options: DrainOptions) => drain(context, named, options));
  agents
    .command('remove')
    .argument(...AGENT)
    .option(...POOL)
    .description('Forget an agent that has no job. Jobs that only it could serve fail.')
    .action((agent: string, { pool }: InPool) => remove(context, { pool, agent }));
}

function collectName(name: string, before: readonly string[] = []): readonly string[] {
  return [...before, name];
}
