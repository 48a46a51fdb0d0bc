import type { TriggerView } from '@signalbox/api';
import { InvalidArgumentError, Option, type Command } from 'commander';
import type { Context } from '../context.ts';
import { print, printObject } from '../output/print.ts';
import { pipelineOf, projectOf } from './options.ts';
import { addPushHooks } from './push-hooks.ts';

interface InProject {
  readonly project?: string;
}

interface SetOptions extends InProject {
  readonly automatic?: boolean;
  readonly timeZone?: string;
  readonly pullRequests?: 'poll' | 'hook';
  readonly state?: 'enabled' | 'paused' | 'disabled';
}

/** The option that every command here has. */
const PROJECT = ['--project <name>', 'the project (default: the only one)'] as const;

/** `signalbox triggers …`: what starts pipelines by itself, and what came of it. */
export function addTriggers(program: Command, context: Context): void {
  const triggers = program
    .command('triggers')
    .description(
      'See and switch what starts pipelines by itself: pushes, pull requests, schedules, other runs.',
    );
  triggers
    .command('list', { isDefault: true })
    .option(...PROJECT)
    .description('List the pipelines with what came last, and which schedule comes next.')
    .action((options: InProject) => list(context, options));
  triggers
    .command('show')
    .argument('<pipeline>', 'its name or number')
    .option(...PROJECT)
    .description('What a pipeline heard of, newest first, and what came of each.')
    .action((pipeline: string, options: InProject) => show(context, pipeline, options));
  triggers
    .command('look')
    .argument('<pipeline>', 'its name or number')
    .option(...PROJECT)
    .description('Look at the repository of a pipeline now.')
    .action((pipeline: string, options: InProject) => look(context, pipeline, options));
  addSettings(triggers, context);
  addPushHooks(triggers, context);
}

function addSettings(triggers: Command, context: Context): void {
  triggers
    .command('set')
    .argument('<pipeline>', 'its name or number')
    .option(...PROJECT)
    .option('--automatic <on|off>', 'off: only people start it', onOff)
    .option('--time-zone <zone>', 'what its schedules are meant in, as in Europe/Berlin (default: UTC)')
    .addOption(
      new Option(
        '--pull-requests <how>',
        'poll: look for them in the repository; hook: only hooks tell',
      ).choices(['poll', 'hook']),
    )
    .addOption(
      new Option('--state <state>', 'paused: runs are queued and wait; disabled: none are queued').choices([
        'enabled',
        'paused',
        'disabled',
      ]),
    )
    .description('Change how a pipeline is started.')
    .addHelpText(
      'after',
      '\nExamples:\n  signalbox triggers set web --time-zone Europe/Berlin\n  signalbox triggers set web --state paused',
    )
    .action((pipeline: string, options: SetOptions) => set(context, pipeline, options));
  triggers
    .command('implied')
    .argument('<on|off>', 'on: a file without `trigger` runs on every push', onOff)
    .option(...PROJECT)
    .description('Say what a file without the key `trigger` means in a project.')
    .action(async (implied: boolean, options: InProject) => {
      const project = await projectOf(context, options.project);
      await context.client().setImpliedTrigger(project, implied);
      const what = implied ? 'runs on every push' : 'is not started by pushes';
      context.terminal.err(`A file of ${project} without \`trigger\` ${what}.\n`);
    });
}

function onOff(text: string): boolean {
  if (text !== 'on' && text !== 'off') throw new InvalidArgumentError('It is on or off.');
  return text === 'on';
}

async function list(context: Context, options: InProject): Promise<void> {
  const project = await projectOf(context, options.project);
  const { items } = await context.client().listTriggers(project);
  print(context.terminal, context.format(), {
    rows: items,
    columns: [
      { title: 'PIPELINE', text: ({ pipeline }) => pipeline.name },
      { title: 'STATE', text: stateText },
      { title: 'LAST', text: lastText },
      { title: 'CAME OF IT', text: ({ last }) => resultText(last) },
      { title: 'NEXT', text: ({ schedules: [next] }) => next?.next ?? '' },
      { title: 'PROBLEM', text: ({ repository }) => repository.problem ?? '' },
    ],
    empty: `No pipelines in ${project} yet. Make one: signalbox pipeline create NAME --repository FOLDER`,
  });
}

function stateText({ queueStatus, automatic }: TriggerView): string {
  if (queueStatus !== 'enabled') return queueStatus;
  return automatic ? 'on' : 'off';
}

function lastText({ last }: TriggerView): string {
  return last === undefined ? '' : `${last.at} ${last.what}`;
}

function resultText(one: TriggerView['last']): string {
  if (one === undefined) return '';
  if (one.run !== undefined) return `run ${one.run}`;
  return one.why === '' ? one.result : `${one.result}: ${one.why}`;
}

async function show(context: Context, pipeline: string, options: InProject): Promise<void> {
  const project = await projectOf(context, options.project);
  const id = await pipelineOf(context, project, pipeline);
  const { items } = await context.client().listOccasions(project, id);
  print(context.terminal, context.format(), {
    rows: items,
    columns: [
      { title: 'AT', text: ({ at }) => at },
      { title: 'WHAT', text: ({ what }) => what },
      { title: 'CAME OF IT', text: (one) => resultText(one) },
    ],
    empty: `${pipeline} has heard of nothing yet. What was there before it was made starts nothing.`,
  });
}

async function look(context: Context, pipeline: string, options: InProject): Promise<void> {
  const project = await projectOf(context, options.project);
  const id = await pipelineOf(context, project, pipeline);
  printView(context, await context.client().lookAtRepository(project, id));
}

async function set(context: Context, pipeline: string, options: SetOptions): Promise<void> {
  const client = context.client();
  const project = await projectOf(context, options.project);
  const id = await pipelineOf(context, project, pipeline);
  const { automatic, timeZone, pullRequests, state } = options;
  if (state !== undefined) {
    const now = await client.getDefinition(project, id);
    await client.updateDefinition(project, { ...now, queueStatus: state });
  }
  const view = await client.updateTrigger(project, id, {
    ...(automatic !== undefined && { automatic }),
    ...(timeZone !== undefined && { timeZone }),
    ...(pullRequests !== undefined && { pollPullRequests: pullRequests === 'poll' }),
  });
  printView(context, view);
}

function printView(context: Context, view: TriggerView): void {
  const { pipeline, repository, schedules, timeZone, pollPullRequests } = view;
  printObject(context.terminal, context.format(), view, [
    ['pipeline', pipeline.name],
    ['state', stateText(view)],
    ['repository', repository.url],
    ['looked at', repository.lookedAt ?? 'not yet'],
    ['problem', repository.problem ?? ''],
    ['time zone', timeZone],
    ['pull requests', pollPullRequests ? 'looked for' : 'by hooks'],
    ...schedules.map(({ branch, cron, next }) => ['schedule', `${cron} of ${branch}, next ${next}`] as const),
    ['last', lastText(view)],
    ['came of it', resultText(view.last)],
  ]);
}
