import type { BundleAct, Client } from '@signalbox/api';
import type { Command } from 'commander';
import type { Context } from '../context.ts';
import { printRequests } from '../output/operated.ts';
import { heldOf, waitingOf } from './lock-target.ts';
import { addFreeze } from './locks-freeze.ts';
import { addMove } from './locks-move.ts';
import { integer, projectOf } from './options.ts';

/** What every act on a stage of a run takes. */
interface ActOptions {
  readonly project?: string;
  readonly stage?: string;
  readonly reason: string;
}

/** One act that takes a run, perhaps a stage, and a reason. */
interface Act {
  readonly name: string;
  readonly on: 'waiting' | 'holding';
  readonly description: string;
  readonly example: string;
  readonly call: (client: Client) => BundleAct;
}

const ACTS: readonly Act[] = [
  {
    name: 'hold',
    on: 'waiting',
    description: 'Keep a waiting stage from its turn. It keeps its place; others may pass it.',
    example: 'signalbox locks hold 12 --reason "waits for the database team"',
    call: (client) => client.holdRequest,
  },
  {
    name: 'unhold',
    on: 'waiting',
    description: 'Let a held stage take its turn again.',
    example: 'signalbox locks unhold 12 --reason "the database team is done"',
    call: (client) => client.unholdRequest,
  },
  {
    name: 'withdraw',
    on: 'waiting',
    description: 'End the waiting of a stage; the stage is canceled.',
    example: 'signalbox locks withdraw 12 --stage Deploy --reason "a newer build replaces it"',
    call: (client) => client.withdrawRequest,
  },
  {
    name: 'grant',
    on: 'waiting',
    description:
      'Force the grant: the stage is next as soon as there is a slot, past holds, freezes and order.',
    example: 'signalbox locks grant 12 --reason "hotfix for incident 4711"',
    call: (client) => client.forceGrant,
  },
  {
    name: 'acknowledge',
    on: 'holding',
    description: 'Free the locks that are kept for a failed stage (onFailure: hold).',
    example: 'signalbox locks acknowledge 12 --reason "rolled back by hand"',
    call: (client) => client.acknowledgeFailure,
  },
  {
    name: 'release',
    on: 'holding',
    description:
      'Force the release of a holder that is quarantined or draining. Its processes may still act; its tokens are burnt.',
    example: 'signalbox locks release 12 --reason "the machine is switched off"',
    call: (client) => client.forceRelease,
  },
];

/** `signalbox locks hold|unhold|move|withdraw|grant|acknowledge|release|freeze|unfreeze`. */
export function addOperators(locks: Command, context: Context): void {
  for (const act of ACTS) addAct(locks, context, act);
  addMove(locks, context);
  addFreeze(locks, context);
}

function addAct(locks: Command, context: Context, act: Act): void {
  locks
    .command(act.name)
    .argument('<run>', `the run that ${act.on === 'waiting' ? 'waits' : 'holds'}`, integer(1))
    .option('--project <name>', 'the project (default: the only one)')
    .option('--stage <name>', 'the stage, where several are meant')
    .requiredOption('--reason <text>', 'why; it stands in the journal')
    .description(act.description)
    .addHelpText('after', `\nExample:\n  ${act.example}`)
    .action((run: number, options: ActOptions) => perform(context, act, run, options));
}

async function perform(context: Context, act: Act, run: number, options: ActOptions): Promise<void> {
  const project = await projectOf(context, options.project);
  const { stage, reason } = options;
  const find = act.on === 'waiting' ? waitingOf : heldOf;
  const [{ bundleId }] = await find(context, project, { run, ...(stage !== undefined && { stage }) });
  printRequests(context, await act.call(context.client())(project, bundleId, { reason }));
}
