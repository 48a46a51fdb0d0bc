import { readFile } from 'node:fs/promises';
import {
  NOTIFICATION_EVENTS,
  type NewNotificationTarget,
  type NotificationEvent,
  type NotificationFilter,
} from '@signalbox/api';
import { Option, type Command } from 'commander';
import type { Context } from '../context.ts';
import { CliError, EXIT } from '../exit-codes.ts';
import { printObject } from '../output/print.ts';
import { collectPair, integer, projectOf } from './options.ts';

/** What every kind of target has. */
interface Common {
  readonly project?: string;
  readonly events?: readonly string[];
  readonly pipeline?: readonly string[];
  readonly stage?: readonly string[];
  readonly environment?: readonly string[];
  readonly lock?: readonly string[];
  readonly result?: readonly string[];
  readonly state?: readonly string[];
}

interface Web extends Common {
  readonly address?: string;
  readonly addressFile?: string;
  readonly header?: Readonly<Record<string, string>>;
  readonly signingKeyFile?: string;
  readonly user?: string;
  readonly passwordFile?: string;
}

interface Mail extends Common {
  readonly host: string;
  readonly port?: number;
  readonly security?: 'tls' | 'startTls' | 'none';
  readonly user?: string;
  readonly passwordFile?: string;
  readonly from: string;
  readonly to: readonly string[];
}

/** `signalbox notifications add webhook|slack|teams|email`. */
export function addNotificationTargets(notifications: Command, context: Context): void {
  const add = notifications.command('add').description('Tell somebody of what happens from now on.');
  addWebhook(add, context);
  for (const kind of ['slack', 'teams'] as const)
    common(withAddress(add.command(kind).argument('<name>', 'what it is for, as in "deployments"')))
      .description(
        kind === 'slack'
          ? 'Tell a channel of Slack, Mattermost or Rocket.Chat by its incoming webhook.'
          : 'Tell a channel of Microsoft Teams by the webhook of a workflow.',
      )
      .addHelpText(
        'after',
        `\nExample:\n  signalbox notifications add ${kind} approvals --address-file hook.txt --events approval.pending --environment production`,
      )
      .action(async (name: string, options: Web) =>
        create(context, name, { options, target: { kind, url: await addressOf(context, options) } }),
      );
  addEmail(add, context);
}

function addWebhook(add: Command, context: Context): void {
  common(
    withAddress(add.command('webhook').argument('<name>', 'what it is for, as in "metrics"'))
      .option('--header <name=value>', 'a header of each call; again for more', collectPair)
      .option(
        '--signing-key-file <file>',
        'a file with the key that signs each call; - reads the standard input',
      )
      .option('--user <name>', 'for basic authentication')
      .option('--password-file <file>', 'a file with the password; - reads the standard input'),
  )
    .description('Tell a program by HTTP, in the envelope of Azure DevOps service hooks.')
    .addHelpText(
      'after',
      '\nExample:\n  signalbox notifications add webhook metrics --address https://metrics.example.com/in --signing-key-file key.txt',
    )
    .action((name: string, options: Web) => webhook(context, name, options));
}

function addEmail(add: Command, context: Context): void {
  common(
    add
      .command('email')
      .argument('<name>', 'what it is for, as in "on call"')
      .requiredOption('--host <name>', 'the mail server')
      .option('--port <number>', 'its port (default: 465, with startTls 587)', integer(1, 65_535))
      .addOption(
        new Option('--security <how>', 'how the connection is kept secret (default: tls)').choices([
          'tls',
          'startTls',
          'none',
        ]),
      )
      .option('--user <name>', 'how to sign in')
      .option('--password-file <file>', 'a file with the password; - reads the standard input')
      .requiredOption('--from <address>', 'who sends it')
      .requiredOption('--to <address...>', 'who gets it'),
  )
    .description('Tell people by mail.')
    .addHelpText(
      'after',
      '\nExample:\n  signalbox notifications add email "on call" --host mail.example.com --user ci --password-file pw.txt \\\n' +
        '    --from ci@example.com --to oncall@example.com --events run.completed --result failed',
    )
    .action((name: string, options: Mail) => email(context, name, options));
}

function withAddress(command: Command): Command {
  return command
    .option('--address <url>', 'where to send it')
    .option(
      '--address-file <file>',
      'a file with the address, if it is a secret; - reads the standard input',
    );
}

function common(command: Command): Command {
  return command
    .addOption(
      new Option('--events <event...>', 'what to tell (default: everything)').choices([
        ...NOTIFICATION_EVENTS,
      ]),
    )
    .option('--pipeline <name...>', 'only of these pipelines')
    .option('--stage <name...>', 'only of these stages')
    .option('--environment <name...>', 'only of these environments')
    .option('--lock <name...>', 'only of these locks')
    .option('--result <word...>', 'only with these results, as in failed')
    .option('--state <word...>', 'only with these states, as in waiting')
    .option('--project <name>', 'the project (default: the only one)');
}

async function webhook(context: Context, name: string, options: Web): Promise<void> {
  const { header, user, signingKeyFile, passwordFile } = options;
  const target: NewNotificationTarget = {
    kind: 'webhook',
    url: await addressOf(context, options),
    ...(header !== undefined && { headers: header }),
    ...(user !== undefined && { user }),
    ...(signingKeyFile !== undefined && { signingKey: await secretIn(context, signingKeyFile) }),
    ...(passwordFile !== undefined && { password: await secretIn(context, passwordFile) }),
  };
  await create(context, name, { options, target });
}

async function email(context: Context, name: string, options: Mail): Promise<void> {
  const { host, port, security, user, passwordFile, from, to } = options;
  const target: NewNotificationTarget = {
    kind: 'email',
    host,
    from,
    to,
    ...(port !== undefined && { port }),
    ...(security !== undefined && { security }),
    ...(user !== undefined && { user }),
    ...(passwordFile !== undefined && { password: await secretIn(context, passwordFile) }),
  };
  await create(context, name, { options, target });
}

async function addressOf(context: Context, { address, addressFile }: Web): Promise<string> {
  if (addressFile !== undefined && address === undefined) return secretIn(context, addressFile);
  if (address !== undefined && addressFile === undefined) return address;
  throw new CliError(EXIT.usage, 'Say where to send it: --address URL, or --address-file FILE.');
}

async function secretIn(context: Context, file: string): Promise<string> {
  try {
    return (file === '-' ? await context.terminal.input() : await readFile(file, 'utf8')).trim();
  } catch {
    throw new CliError(EXIT.usage, `The file ${file} cannot be read.`);
  }
}

async function create(
  context: Context,
  name: string,
  { options, target }: { readonly options: Common; readonly target: NewNotificationTarget },
): Promise<void> {
  const project = await projectOf(context, options.project);
  // The choices of the option are these words.
  const events = (options.events ?? []) as readonly NotificationEvent[];
  const filter = filterOf(options);
  const made = await context.client().addSubscription(project, { name, events, filter, target });
  printObject(context.terminal, context.format(), made, [
    ['subscription', made.name],
    ['target', `${made.target.kind} ${made.target.shown}`],
    ['events', made.events.length === 0 ? 'all' : made.events.join(', ')],
    ['id', made.id],
    ['try it', `signalbox notifications test "${made.name}"`],
  ]);
}

function filterOf({ pipeline, stage, environment, lock, result, state }: Common): NotificationFilter {
  return {
    ...(pipeline !== undefined && { pipelines: pipeline }),
    ...(stage !== undefined && { stages: stage }),
    ...(environment !== undefined && { environments: environment }),
    ...(lock !== undefined && { locks: lock }),
    ...(result !== undefined && { results: result }),
    ...(state !== undefined && { states: state }),
  };
}
