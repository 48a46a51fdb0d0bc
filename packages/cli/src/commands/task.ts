import type { WireTask } from '@signalbox/api';
import { BUILT_IN_TASKS } from '@signalbox/model';
import type { Command } from 'commander';
import type { Context } from '../context.ts';
import { CliError, EXIT } from '../exit-codes.ts';
import { print, printObject } from '../output/print.ts';
import { packTask } from '../tasks/pack-task.ts';

/** `signalbox task install|list|show|remove`: what steps can name besides the built-in tasks. */
export function addTask(program: Command, context: Context): void {
  const task = program
    .command('task')
    .description('Task packages: install them, and see which tasks there are.')
    .action(() => list(context));
  task
    .command('list')
    .description('List the installed tasks and the built-in ones.')
    .action(() => list(context));
  task
    .command('install')
    .argument('<path>', 'a folder with task.json, or a zip of one')
    .option('--overwrite', 'replace this version; runs that were queued with the old one keep it')
    .description('Install a task package with a Node handler, for every project of this server.')
    .addHelpText(
      'after',
      '\nExample:\n  signalbox task install ./my-task\n\nVersions stand beside each other; a step gets the newest of the major version that it names.',
    )
    .action((path: string, options: { readonly overwrite?: true }) => install(context, path, options));
  task
    .command('show')
    .argument('<name>', 'a task, by its name or its id; NAME@VERSION for one version')
    .description('Show an installed task: its versions and its inputs.')
    .action((named: string) => show(context, named));
  task
    .command('remove')
    .argument('<name@version>', 'one version of a task, as in Greet@1.2.3')
    .description('Remove one version of a task; runs that were queued with it keep it.')
    .action(async (named: string) => {
      const { id, name, version } = one(await versionsOf(context, named), named);
      await context.client().removeTask(id, versionText(version));
      context.terminal.err(`The task ${name} ${versionText(version)} is gone.\n`);
    });
}

async function install(
  context: Context,
  path: string,
  options: { readonly overwrite?: true },
): Promise<void> {
  const { manifest, zip } = await packTask(path);
  const { overwrite = false } = options;
  const installed = await context.client().installTask(manifest.id, zip, { overwrite });
  context.terminal.err(`Steps name it ${installed.name}@${installed.version.major}.\n`);
  showTask(context, installed);
}

async function list(context: Context): Promise<void> {
  const { value } = await context.client().listTasks();
  const builtIn = BUILT_IN_TASKS.map(({ name, version, description }) => ({
    name,
    version,
    description,
    from: 'built in',
  }));
  const installed = value.map(({ name, version, description, installedBy }) => ({
    name,
    version: versionText(version),
    description,
    from: installedBy.displayName,
  }));
  print(context.terminal, context.format(), {
    rows: [...installed, ...builtIn],
    columns: [
      { title: 'TASK', text: ({ name }) => name },
      { title: 'VERSION', text: ({ version }) => version },
      { title: 'INSTALLED BY', text: ({ from }) => from },
      { title: 'WHAT IT DOES', text: ({ description }) => description },
    ],
    empty: 'There are no tasks.',
  });
}

async function show(context: Context, named: string): Promise<void> {
  const [newest] = await versionsOf(context, named);
  if (newest !== undefined) showTask(context, newest);
}

function showTask(context: Context, task: WireTask): void {
  printObject(context.terminal, context.format(), task, [
    ['task', `${task.name}@${task.version.major}`],
    ['version', versionText(task.version)],
    ['id', task.id],
    ['does', task.description],
    ['author', task.author],
    ['demands', task.demands.join(', ') || 'none'],
    [
      'inputs',
      task.inputs.map(({ name, required }) => `${name}${required ? ' (required)' : ''}`).join(', ') || 'none',
    ],
    ['package', `${task.packageSize} bytes, sha256 ${task.packageSha256}`],
  ]);
}

/** The installed versions that a name or an id means, the newest first. */
async function versionsOf(context: Context, named: string): Promise<readonly WireTask[]> {
  const [name = '', version] = named.split('@');
  const { value } = await context.client().listTasks();
  const found = value.filter(
    (task) =>
      [task.name.toLowerCase(), task.id].includes(name.toLowerCase()) &&
      (version === undefined || `${versionText(task.version)}.`.startsWith(`${version}.`)),
  );
  if (found.length > 0) return found;
  const names = [...new Set(value.map((task) => `${task.name}@${versionText(task.version)}`))].join(', ');
  throw new CliError(
    EXIT.notFound,
    `There is no installed task ${named}. There are: ${names || 'none yet'}.`,
  );
}

function one(tasks: readonly WireTask[], named: string): WireTask {
  const [only] = tasks;
  if (only !== undefined && tasks.length === 1) return only;
  const versions = tasks.map(({ version }) => versionText(version)).join(', ');
  throw new CliError(EXIT.usage, `Which version of ${named}? There are: ${versions}.`);
}

function versionText({ major, minor, patch }: WireTask['version']): string {
  return `${major}.${minor}.${patch}`;
}
