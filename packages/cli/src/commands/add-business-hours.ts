import { BUSINESS_HOURS_TASK, TASK_CHECK } from '@signalbox/api';
import type { Command } from 'commander';
import type { Context } from '../context.ts';
import { printObject } from '../output/print.ts';
import { environmentOf, integer, projectOf } from './options.ts';

interface HoursOptions {
  readonly project?: string;
  readonly environment: string;
  readonly zone: string;
  readonly windows: string;
  readonly calendar?: readonly string[];
  readonly name?: string;
  readonly timeout?: number;
  readonly failOnTimeout?: boolean;
}

/** `signalbox checks add business-hours`: stages start inside of windows only. */
export function addBusinessHours(add: Command, context: Context): void {
  add
    .command('business-hours')
    .requiredOption('--environment <name>', 'the environment that it protects')
    .requiredOption('--zone <name>', 'Europe/Berlin, or a Windows id such as "W. Europe Standard Time"')
    .requiredOption('--windows <text>', 'days and times: "Mon-Thu 08:00-12:00, 13:00-17:00; Fri 08:00-12:00"')
    .option('--calendar <name...>', 'calendars of freezes (signalbox calendars)')
    .option('--name <text>', 'how people call the check')
    .option('--timeout <minutes>', 'skip the stage after this time (default: 1440, a day)', integer(1))
    .option('--fail-on-timeout', 'fail the stage then, instead of skipping it')
    .option('--project <name>', 'the project (default: the only one)')
    .description('Let deployments to an environment start inside of business hours only.')
    .addHelpText(
      'after',
      '\nExample:\n  signalbox checks add business-hours --environment production --zone Europe/Berlin --windows "Mon-Fri 08:00-17:00"',
    )
    .action((options: HoursOptions) => create(context, options));
}

async function create(context: Context, options: HoursOptions): Promise<void> {
  const project = await projectOf(context, options.project);
  const environment = await environmentOf(context, project, options.environment);
  const { zone: timeZone, windows, calendar = [], name, timeout, failOnTimeout } = options;
  const check = await context.client().addCheck(project, {
    type: { id: TASK_CHECK },
    resource: { type: 'environment', id: String(environment) },
    settings: {
      definitionRef: { id: BUSINESS_HOURS_TASK },
      inputs: { timeZone, windows, ...(calendar.length > 0 && { calendars: calendar.join(', ') }) },
      ...(name !== undefined && { displayName: name }),
      ...(failOnTimeout === true && { onTimeout: 'fail' }),
    },
    ...(timeout !== undefined && { timeout }),
  });
  printObject(context.terminal, context.format(), check, [
    ['check', String(check.id)],
    ['environment', check.resource.name],
    ['time-out', `${check.timeout} min`],
  ]);
}
