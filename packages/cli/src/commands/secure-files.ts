import type { WireSecureFile } from '@signalbox/api';
import type { Command } from 'commander';
import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import type { Context } from '../context.ts';
import { CliError, EXIT } from '../exit-codes.ts';
import { print, printObject } from '../output/print.ts';
import { projectOf } from './options.ts';

interface InProject {
  readonly project?: string;
}

const PROJECT = ['--project <name>', 'the project (default: the only one)'] as const;

/** `signalbox secure-files list|upload|delete`: certificates, keys and profiles for tasks. */
export function addSecureFiles(program: Command, context: Context): void {
  const files = program
    .command('secure-files')
    .option(...PROJECT)
    .description('Files that only jobs get: certificates, keys, profiles. Nobody can read one back.')
    .action((options: InProject) => list(context, options));
  files
    .command('list')
    .option(...PROJECT)
    .description('List the secure files of a project.')
    .action((options: InProject) => list(context, options));
  files
    .command('upload')
    .argument('<file>', 'the file')
    .option('--name <name>', 'the name that pipelines use (default: that of the file)')
    .option(...PROJECT)
    .description('Add a secure file; a task gets it with DownloadSecureFile@1.')
    .action((file: string, options: InProject & { readonly name?: string }) =>
      upload(context, file, options),
    );
  files
    .command('delete')
    .argument('<name>', 'its name')
    .option(...PROJECT)
    .description('Delete a secure file with its checks; refused while a stage holds its lock.')
    .action(async (name: string, options: InProject) => {
      const project = await projectOf(context, options.project);
      const { id } = await fileOf(context, project, name);
      await context.client().deleteSecureFile(project, id);
      context.terminal.err(`The secure file ${name} of ${project} is gone.\n`);
    });
}

async function upload(
  context: Context,
  file: string,
  options: InProject & { readonly name?: string },
): Promise<void> {
  const project = await projectOf(context, options.project);
  const content = await readFile(file).catch(() => undefined);
  if (content === undefined) throw new CliError(EXIT.usage, `The file ${file} cannot be read.`);
  const name = options.name ?? basename(file);
  const made = await context.client().uploadSecureFile(project, name, new Uint8Array(content));
  printObject(context.terminal, context.format(), made, [
    ['secure file', made.name],
    ['id', made.id],
    ['size', `${made.size} bytes`],
  ]);
}

async function list(context: Context, options: InProject): Promise<void> {
  const project = await projectOf(context, options.project);
  const { value } = await context.client().listSecureFiles(project);
  print(context.terminal, context.format(), {
    rows: value,
    columns: [
      { title: 'SECURE FILE', text: ({ name }) => name },
      { title: 'BYTES', text: ({ size }) => String(size) },
      { title: 'ADDED BY', text: ({ createdBy }) => createdBy.displayName },
      { title: 'ADDED', text: ({ createdOn }) => createdOn },
    ],
    empty: `${project} has no secure files. Add one: signalbox secure-files upload FILE`,
  });
}

async function fileOf(context: Context, project: string, named: string): Promise<WireSecureFile> {
  const { value } = await context.client().listSecureFiles(project);
  const found = value.find(({ id, name }) => [id, name.toLowerCase()].includes(named.toLowerCase()));
  if (found !== undefined) return found;
  const names = value.map(({ name }) => name).join(', ') || 'none yet';
  throw new CliError(EXIT.notFound, `There is no secure file ${named} in ${project}. There are: ${names}.`);
}
