import type { FreezeCalendar, FreezeRange } from '@signalbox/model';
import type { Command } from 'commander';
import type { Context } from '../context.ts';
import { print } from '../output/print.ts';
import { projectOf } from './options.ts';

interface ProjectOption {
  readonly project?: string;
}

/** `signalbox calendars …`: days on which business hours stay closed. */
export function addCalendars(program: Command, context: Context): void {
  const calendars = program
    .command('calendars')
    .description('Calendars of freezes, for checks of business hours.')
    .action(() => list(context, {}));
  calendars
    .command('list')
    .option('--project <name>', 'the project (default: the only one)')
    .description('List the calendars with their dates.')
    .action((options: ProjectOption) => list(context, options));
  calendars
    .command('set')
    .argument('<calendar>', 'its name')
    .argument('[date...]', 'days and ranges: 2026-12-24, 2026-12-24..2027-01-02, or every year 12-24..01-02')
    .option('--project <name>', 'the project (default: the only one)')
    .description('Make a calendar, or replace its dates; stages that wait already keep the dates they have.')
    .addHelpText('after', '\nExample:\n  signalbox calendars set year-end 12-24..01-02 2026-11-27')
    .action((name: string, dates: readonly string[], options: ProjectOption) =>
      set(context, name, { dates, ...options }),
    );
  calendars
    .command('remove')
    .argument('<calendar>', 'its name')
    .option('--project <name>', 'the project (default: the only one)')
    .description('Remove a calendar that no check names.')
    .action((name: string, options: ProjectOption) => remove(context, name, options));
}

async function list(context: Context, { project }: ProjectOption): Promise<void> {
  show(context, (await context.client().listCalendars(await projectOf(context, project))).value);
}

async function set(
  context: Context,
  name: string,
  { dates, project }: ProjectOption & { readonly dates: readonly string[] },
): Promise<void> {
  const named = await projectOf(context, project);
  show(context, [await context.client().setCalendar(named, name, dates.map(rangeIn))]);
}

/** The server says what is wrong with a date. */
function rangeIn(text: string): FreezeRange {
  const [from = '', to = from] = text.split('..');
  return { from, to };
}

async function remove(context: Context, name: string, { project }: ProjectOption): Promise<void> {
  await context.client().removeCalendar(await projectOf(context, project), name);
  context.terminal.err(`The calendar ${name} is gone.\n`);
}

function show(context: Context, rows: readonly FreezeCalendar[]): void {
  print<FreezeCalendar>(context.terminal, context.format(), {
    rows,
    columns: [
      { title: 'CALENDAR', text: ({ name }) => name },
      {
        title: 'CLOSED',
        text: ({ dates }) => dates.map(({ from, to }) => (from === to ? from : `${from}..${to}`)).join(', '),
      },
    ],
    empty: 'There are no calendars. Make one: signalbox calendars set NAME DATE…',
  });
}
