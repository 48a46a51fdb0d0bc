import type { AuditEntryView, ReplayView } from '@signalbox/api';
import type { Command } from 'commander';
import type { Context } from '../context.ts';
import { EXIT, CliError } from '../exit-codes.ts';
import { print } from '../output/print.ts';
import { integer, projectOf } from './options.ts';

interface ListOptions {
  readonly project?: string;
  readonly after: number;
  readonly top: number;
}

const PROJECT = ['--project <name>', 'the project (default: the only one)'] as const;

/** `signalbox audit [list]|replay`. */
export function addAudit(program: Command, context: Context): void {
  const audit = program
    .command('audit')
    .description('Read what the locks of a project decided, and check that it comes out again.');
  audit
    .command('list', { isDefault: true })
    .option(...PROJECT)
    .option('--after <version>', 'only what is newer than this line', integer(0), 0)
    .option('--top <count>', 'how many lines', integer(1, 1000), 100)
    .description('Show the journal of the locks, oldest first: what was asked, and what was decided.')
    .action((options: ListOptions) => list(context, options));
  audit
    .command('replay')
    .option(...PROJECT)
    .description('Decide every message of the journal again; the exit code is 1 when something differs.')
    .addHelpText('after', '\nExample:\n  signalbox audit replay --project Shop')
    .action((options: { readonly project?: string }) => replay(context, options.project));
}

async function list(context: Context, { project: named, after, top }: ListOptions): Promise<void> {
  const project = await projectOf(context, named);
  const { items, next } = await context.client().listAudit(project, { after, top });
  print<AuditEntryView>(context.terminal, context.format(), {
    rows: items,
    columns: [
      { title: 'LINE', text: ({ version }) => String(version) },
      { title: 'AT', text: ({ at }) => at },
      { title: 'ASKED', text: ({ cause }) => cause?.type ?? '' },
      { title: 'DECIDED', text: ({ event }) => event.type },
      { title: 'DETAILS', text: ({ event: { type: _type, ...rest } }) => JSON.stringify(rest) },
    ],
    empty: `The locks of ${project} have decided nothing yet.`,
  });
  if (next !== undefined) context.terminal.err(`There is more: signalbox audit list --after ${next}\n`);
}

async function replay(context: Context, named: string | undefined): Promise<void> {
  const project = await projectOf(context, named);
  const told = await context.client().replayAudit(project);
  if (context.format() === 'json') context.terminal.out(`${JSON.stringify(told, undefined, 2)}\n`);
  else context.terminal.out(`${summary(told)}\n`);
  if (told.difference !== undefined) throw new CliError(EXIT.failed, differs(told.difference));
}

function summary({ facts, decisions, taken, difference }: ReplayView): string {
  const before = taken === 0 ? '' : ` ${taken} older facts were taken as given.`;
  const end = difference === undefined ? 'no difference' : 'stopped at the first difference';
  return `${decisions} decisions with ${facts} facts decided again: ${end}.${before}`;
}

function differs({
  version,
  at,
  cause,
  recorded,
  recomputed,
}: NonNullable<ReplayView['difference']>): string {
  return [
    `Line ${version} of ${at}, decided after ${cause.type}, comes out otherwise.`,
    `  The journal says: ${recorded === undefined ? 'nothing more' : JSON.stringify(recorded)}`,
    `  Decided again:    ${recomputed === undefined ? 'nothing more' : JSON.stringify(recomputed)}`,
    'Either the journal was changed, or this version decides otherwise than the one that wrote it.',
  ].join('\n');
}
