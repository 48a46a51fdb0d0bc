import type { DeliveryView, SubscriptionView } from '@signalbox/api';
import type { Command } from 'commander';
import type { Context } from '../context.ts';
import { CliError, EXIT } from '../exit-codes.ts';
import { print, printObject } from '../output/print.ts';
import { addNotificationTargets } from './notifications-add.ts';
import { integer, projectOf } from './options.ts';

interface InProject {
  readonly project?: string;
}

const PROJECT = ['--project <name>', 'the project (default: the only one)'] as const;
const WHICH = ['<subscription>', 'its name or id'] as const;

/** `signalbox notifications …`: who is told of what happens, and what became of each message. */
export function addNotifications(program: Command, context: Context): void {
  const notifications = program
    .command('notifications')
    .description(
      'Tell webhooks, Slack, Teams and people by mail what happens; see docs/guide/notifications.md.',
    )
    .action(() => list(context, {}));
  notifications
    .command('list')
    .option(...PROJECT)
    .description('List who is told of what, with the last message of each.')
    .action((options: InProject) => list(context, options));
  addNotificationTargets(notifications, context);
  notifications
    .command('show')
    .argument(...WHICH)
    .option('--top <number>', 'how many deliveries (default: 20)', integer(1, 1000))
    .option('--failed', 'only deliveries that have failed')
    .option(...PROJECT)
    .description('Show the deliveries of a subscription, newest first, with what came of each.')
    .action((named: string, options: ShowOptions) => show(context, named, options));
  addActs(notifications, context);
}

function addActs(notifications: Command, context: Context): void {
  notifications
    .command('test')
    .argument(...WHICH)
    .option(...PROJECT)
    .description('Send a test message, and wait for what comes of it.')
    .action((named: string, options: InProject) => test(context, named, options));
  notifications
    .command('redeliver')
    .argument(...WHICH)
    .argument('<delivery>', 'its number', integer(1))
    .option(...PROJECT)
    .description('Send a delivery again, under the same delivery id, and wait for what comes of it.')
    .action((named: string, delivery: number, options: InProject) =>
      redeliver(context, named, { delivery, ...options }),
    );
  for (const [word, enabled] of [
    ['enable', true],
    ['disable', false],
  ] as const)
    notifications
      .command(word)
      .argument(...WHICH)
      .option(...PROJECT)
      .description(
        enabled
          ? 'Tell it again of what happens from now on.'
          : 'Tell it nothing more; messages that wait have failed.',
      )
      .action((named: string, options: InProject) => turn(context, named, { enabled, ...options }));
  notifications
    .command('remove')
    .argument(...WHICH)
    .option(...PROJECT)
    .description('Remove a subscription and its deliveries.')
    .action((named: string, options: InProject) => remove(context, named, options));
}

async function list(context: Context, options: InProject): Promise<void> {
  const project = await projectOf(context, options.project);
  const { value } = await context.client().listSubscriptions(project);
  print<SubscriptionView>(context.terminal, context.format(), {
    rows: value,
    columns: [
      { title: 'NAME', text: ({ name }) => name },
      { title: 'TARGET', text: ({ target }) => `${target.kind} ${target.shown}` },
      { title: 'EVENTS', text: ({ events }) => (events.length === 0 ? 'all' : events.join(', ')) },
      { title: 'STATE', text: stateText },
      { title: 'LAST', text: ({ last }) => (last === undefined ? '' : lastText(last)) },
      { title: 'ID', text: ({ id }) => id },
    ],
    empty: `Nobody is told anything in ${project}. For example: signalbox notifications add slack NAME --address-file FILE`,
  });
}

function stateText({ state, reason, failingSince, omitted }: SubscriptionView): string {
  const lost = omitted > 0 ? `; ${omitted} not kept, too many waited` : '';
  if (state === 'disabledBySystem') return `disabled: ${reason ?? 'by the server'}${lost}`;
  if (state === 'disabled') return 'disabled';
  return `${failingSince === undefined ? 'enabled' : `failing since ${failingSince.slice(0, 16)}`}${lost}`;
}

function lastText({ state, result = '', createdDate }: DeliveryView): string {
  return `${createdDate.slice(0, 16).replace('T', ' ')} ${state}${result === '' ? '' : `: ${result}`}`;
}

/** A subscription by its id or its name, letter case aside. */
async function subscriptionOf(context: Context, project: string, named: string): Promise<SubscriptionView> {
  const { value } = await context.client().listSubscriptions(project);
  const wanted = named.toLowerCase();
  const found = value.filter(({ id, name }) => id === wanted || name.toLowerCase() === wanted);
  const [only] = found;
  if (only !== undefined && found.length === 1) return only;
  const names = value.map(({ name }) => name).join(', ') || 'none yet';
  throw found.length > 1
    ? new CliError(EXIT.usage, `Several subscriptions are named ${named}. Give an id.`)
    : new CliError(EXIT.notFound, `There is no subscription ${named} in ${project}. There are: ${names}.`);
}

interface ShowOptions extends InProject {
  readonly top?: number;
  readonly failed?: boolean;
}

async function show(
  context: Context,
  named: string,
  { top = 20, failed, project }: ShowOptions,
): Promise<void> {
  const inProject = await projectOf(context, project);
  const { id, name } = await subscriptionOf(context, inProject, named);
  const { items } = await context
    .client()
    .listDeliveries(inProject, id, { top, ...(failed === true && { state: 'failed' }) });
  print<DeliveryView>(context.terminal, context.format(), {
    rows: items,
    columns: [
      { title: 'ID', text: (row) => String(row.id) },
      { title: 'CREATED', text: ({ createdDate }) => createdDate.slice(0, 19).replace('T', ' ') },
      { title: 'EVENT', text: ({ event }) => event },
      { title: 'STATE', text: ({ state }) => state },
      { title: 'TRIES', text: ({ attempts }) => String(attempts) },
      { title: 'NEXT TRY', text: ({ nextTry = '' }) => nextTry.slice(11, 19) },
      { title: 'RESULT', text: ({ result = '' }) => result },
      { title: 'WHAT', text: ({ title }) => title },
    ],
    empty: `${name} was told nothing yet. Try it: signalbox notifications test "${name}"`,
  });
}

async function test(context: Context, named: string, options: InProject): Promise<void> {
  const project = await projectOf(context, options.project);
  const { id } = await subscriptionOf(context, project, named);
  await follow(context, { project, id }, await context.client().testSubscription(project, id));
}

async function redeliver(
  context: Context,
  named: string,
  options: InProject & { readonly delivery: number },
): Promise<void> {
  const project = await projectOf(context, options.project);
  const { id } = await subscriptionOf(context, project, named);
  const begun = await context.client().redeliver(project, id, options.delivery);
  await follow(context, { project, id }, begun);
}

const LOOK_EVERY_MS = 250;
const LOOKS = 100;

/** Waits until the first try is over; one that did not arrive ends with an exit code. */
async function follow(
  context: Context,
  { project, id }: { readonly project: string; readonly id: string },
  begun: DeliveryView,
): Promise<void> {
  let now: DeliveryView | undefined = begun;
  for (let look = 0; look < LOOKS && isUnderWay(now); look += 1) {
    await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS));
    const { items } = await context.client().listDeliveries(project, id, { top: 100 });
    now = items.find((one) => one.id === begun.id) ?? now;
  }
  printObject(context.terminal, context.format(), now, [
    ['delivery', String(now.id)],
    ['state', now.state],
    ['tries', String(now.attempts)],
    ['result', now.result ?? 'No answer yet.'],
    ...(now.nextTry === undefined ? [] : [['next try', now.nextTry] as const]),
  ]);
  if (now.state !== 'delivered') throw new CliError(EXIT.failed, 'It did not arrive.');
}

function isUnderWay({ state, attempts }: DeliveryView): boolean {
  return state === 'sending' || (state === 'waiting' && attempts === 0);
}

async function turn(
  context: Context,
  named: string,
  { enabled, project }: InProject & { readonly enabled: boolean },
): Promise<void> {
  const inProject = await projectOf(context, project);
  const { id, name } = await subscriptionOf(context, inProject, named);
  await context.client().updateSubscription(inProject, id, { enabled });
  context.terminal.err(`${name} is ${enabled ? 'told of what happens from now on' : 'told nothing more'}.\n`);
}

async function remove(context: Context, named: string, options: InProject): Promise<void> {
  const project = await projectOf(context, options.project);
  const { id, name } = await subscriptionOf(context, project, named);
  await context.client().removeSubscription(project, id);
  context.terminal.err(`The subscription ${name} of ${project} is gone.\n`);
}
