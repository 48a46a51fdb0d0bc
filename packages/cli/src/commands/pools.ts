import type { WirePool } from '@signalbox/api';
import { InvalidArgumentError, type Command } from 'commander';
import type { Context } from '../context.ts';
import { print } from '../output/print.ts';
import { poolOf } from './agents/agent-of.ts';

/** `signalbox pools …`: the pools of agents, and how many of their jobs run at once. */
export function addPools(program: Command, context: Context): void {
  const pools = program
    .command('pools')
    .description('Pools of agents, and how many of their jobs run at once.');
  pools
    .command('list', { isDefault: true })
    .description('List the pools.')
    .action(async () => show(context, (await context.client().listPools()).items));
  pools
    .command('create')
    .argument('<pool>', 'its name')
    .description('Make a pool. A token for its agents is made with `POST /_apis/signalbox/tokens`.')
    .action(async (name: string) => show(context, [await context.client().createPool(name)]));
  pools
    .command('delete')
    .argument('<pool>', 'its name or number')
    .description('Delete a pool with its queues; refused while agents, jobs or pipelines use it.')
    .addHelpText('after', '\nExample:\n  signalbox pools delete metal')
    .action(async (named: string) => {
      const { id, name } = await poolOf(context, named);
      await context.client().deletePool(id);
      context.terminal.err(`The pool ${name} is gone.\n`);
    });
  pools
    .command('limit')
    .argument('<pool>', 'its name or number')
    .argument('<jobs>', 'how many at once, or `none`', readLimit)
    .description('Limit the jobs of a pool that run at once, whatever the number of its agents.')
    .action(async (named: string, limit: number | null) => {
      const { id } = await poolOf(context, named);
      show(context, [await context.client().limitPool(id, limit)]);
    });
}

function readLimit(text: string): number | null {
  if (text === 'none') return null;
  if (/^[1-9]\d{0,5}$/.test(text)) return Number(text);
  throw new InvalidArgumentError('It is a whole number from 1, or `none`.');
}

function show(context: Context, rows: readonly WirePool[]): void {
  print(context.terminal, context.format(), {
    rows,
    columns: [
      { title: 'ID', text: ({ id }) => String(id) },
      { title: 'POOL', text: ({ name }) => name },
      { title: 'AGENTS', text: ({ size }) => String(size) },
      { title: 'PARALLEL JOBS', text: ({ parallelJobs }) => String(parallelJobs ?? 'no limit') },
    ],
    empty: 'No pools yet.',
  });
}
