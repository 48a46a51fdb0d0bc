import type { ForecastView, HoldsView, WaiterForecastView } from '@signalbox/api';
import type { Command } from 'commander';
import type { Context } from '../../context.ts';
import { span } from '../../output/age.ts';
import { print } from '../../output/print.ts';
import { projectOf } from '../options.ts';
import { rangeText, startText } from './fate-text.ts';
import { lockOf } from '../lock-target.ts';

/** `signalbox locks forecast LOCK`. */
export function addLocksForecast(locks: Command, context: Context): void {
  locks
    .command('forecast')
    .argument('<lock>', 'the name or number of the lock')
    .option('--project <name>', 'the project (default: the only one)')
    .description('Say when those who wait may start, judged by how long past holds were.')
    .addHelpText('after', '\nExample:\n  signalbox locks forecast production')
    .action((lock: string, options: { readonly project?: string }) =>
      forecast(context, lock, options.project),
    );
}

async function forecast(context: Context, named: string, inProject: string | undefined): Promise<void> {
  const project = await projectOf(context, inProject);
  const lock = await lockOf(context, project, named);
  const told = await context.client().forecastLock(project, lock.id);
  const { terminal } = context;
  if (context.format() === 'json') return terminal.out(`${JSON.stringify(told, undefined, 2)}\n`);
  const now = context.now();
  print<WaiterForecastView>(terminal, context.format(), {
    rows: told.waiters,
    columns: [
      { title: 'PLACE', text: ({ position }) => String(position) },
      { title: 'RUN', text: ({ runId }) => String(runId) },
      { title: 'PIPELINE', text: ({ definitionName }) => definitionName },
      { title: 'STAGE', text: ({ stage }) => stage },
      { title: 'FORECAST', text: (waiter) => startText(waiter, now) },
      { title: 'BASIS', text: ({ basis }) => basis.map(basisText).join(', ') },
    ],
    empty: `Nobody waits at ${lock.name}.`,
  });
  if (context.format() === 'table')
    terminal.err(
      notes(told, now)
        .map((line) => `${line}\n`)
        .join(''),
    );
}

function basisText({ definitionName, stage, count }: HoldsView): string {
  return `${count} past ${count === 1 ? 'hold' : 'holds'} of ${definitionName}/${stage}`;
}

function notes(
  { unknown, byRate, bounded, error, waitersTotal }: ForecastView,
  now: number,
): readonly string[] {
  const lines = unknown.map(
    ({ definitionName, stage }) =>
      `No past hold says how long ${definitionName}/${stage} still takes, so nobody can say when those behind it start.`,
  );
  if (byRate !== undefined) {
    const last = rangeText(byRate.last.p50, byRate.last.p90, now);
    lines.push(
      `From place ${byRate.from} on by the pace of the queue alone: number ${waitersTotal} ${last}.`,
    );
  } else if (bounded) lines.push(`Only the first requests were looked at; ${waitersTotal} wait.`);
  if (error !== undefined) {
    const { count, typicalSeconds, inTime } = error;
    const off = span(typicalSeconds * 1000);
    lines.push(`Earlier forecasts: usually off by ${off}; ${inTime} of ${count} started by the later time.`);
  }
  return lines;
}
