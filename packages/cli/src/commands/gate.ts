import { readFile } from 'node:fs/promises';
import type { AzureGatePatch, AzureGateView } from '@signalbox/api';
import type { Command } from 'commander';
import type { Context } from '../context.ts';
import { EXIT, CliError } from '../exit-codes.ts';
import { print, printObject } from '../output/print.ts';
import { integer, projectOf } from './options.ts';

interface InProject {
  readonly project?: string;
}

interface Settings extends InProject {
  readonly patFile?: string;
  readonly holdMinutes?: number;
  readonly graceMinutes?: number;
}

const PROJECT = ['--project <name>', 'the project (default: the only one)'] as const;

/** `signalbox gate azure add|list|set|remove`: stages of Azure DevOps that wait for locks here. */
export function addGate(program: Command, context: Context): void {
  const gate = program.command('gate').description('Let stages of other systems wait for locks here.');
  const azure = gate
    .command('azure')
    .description(
      'Gates for the check "Invoke REST API" of Azure DevOps; see docs/guide/azure-devops-gate.md.',
    );
  withSettings(azure.command('add').argument('<name>', 'what to call it, as in contoso'))
    .requiredOption('--organization-url <url>', 'the organisation, as in https://dev.azure.com/contoso/')
    .description('Make a gate. Prints the address and the secret for the service connection in Azure.')
    .addHelpText(
      'after',
      '\nExample:\n  signalbox gate azure add contoso --organization-url https://dev.azure.com/contoso/ --pat-file pat.txt' +
        '\n\nThe secret is shown this once. The personal access token is stored sealed and never shown.',
    )
    .action((name: string, options: Settings & { readonly organizationUrl: string }) =>
      add(context, name, options),
    );
  azure
    .command('list')
    .option(...PROJECT)
    .description('List the gates of a project.')
    .action((options: InProject) => list(context, options));
  withSettings(azure.command('set').argument('<name>', 'its name'))
    .description('Give a gate another personal access token, or other times.')
    .action((name: string, options: Settings) => set(context, name, options));
  azure
    .command('remove')
    .argument('<name>', 'its name')
    .option(...PROJECT)
    .description(
      'Remove a gate; its secret is good no more. Stages that hold locks keep them until they are over.',
    )
    .action(async (name: string, options: InProject) => {
      const project = await projectOf(context, options.project);
      await context.client().removeAzureGate(project, name);
      context.terminal.err(`The gate ${name} of ${project} is gone.\n`);
    });
}

function withSettings(command: Command): Command {
  return command
    .option(...PROJECT)
    .option(
      '--pat-file <file>',
      'a file with a personal access token of Azure DevOps; - reads the standard input',
    )
    .option(
      '--hold-minutes <minutes>',
      'how long a stage holds its locks at most while Azure cannot be asked about it (default: 360)',
      integer(1, 40_000),
    )
    .option('--grace-minutes <minutes>', 'what is added to that (default: 15)', integer(0, 1440));
}

async function add(
  context: Context,
  name: string,
  options: Settings & { readonly organizationUrl: string },
): Promise<void> {
  const project = await projectOf(context, options.project);
  const { organizationUrl } = options;
  const settings = await settingsOf(context, options);
  const made = await context.client().addAzureGate(project, { name, organizationUrl, ...settings });
  printObject(context.terminal, context.format(), made, [
    ...fieldsOf(made),
    ['secret, shown this once', made.secret],
  ]);
}

async function set(context: Context, name: string, options: Settings): Promise<void> {
  const patch = await settingsOf(context, options);
  if (Object.keys(patch).length === 0)
    throw new CliError(EXIT.usage, 'Say what to change: --pat-file, --hold-minutes or --grace-minutes.');
  const project = await projectOf(context, options.project);
  const gate = await context.client().updateAzureGate(project, name, patch);
  printObject(context.terminal, context.format(), gate, fieldsOf(gate));
}

async function settingsOf(context: Context, options: Settings): Promise<AzureGatePatch> {
  const { patFile, holdMinutes, graceMinutes } = options;
  const pat = patFile === undefined ? undefined : await readPat(context, patFile);
  return {
    ...(pat !== undefined && { pat }),
    ...(holdMinutes !== undefined && { holdMinutes }),
    ...(graceMinutes !== undefined && { graceMinutes }),
  };
}

async function readPat(context: Context, file: string): Promise<string> {
  try {
    return (file === '-' ? await context.terminal.input() : await readFile(file, 'utf8')).trim();
  } catch {
    throw new CliError(EXIT.usage, `The file ${file} cannot be read.`);
  }
}

function fieldsOf(gate: AzureGateView): readonly (readonly [string, string])[] {
  return [
    ['gate', gate.name],
    ['organisation', gate.organizationUrl],
    ['personal access token', gate.hasPat ? 'stored' : 'none'],
    ['hold, grace', `${gate.holdMinutes} min, ${gate.graceMinutes} min`],
    ['address for the check', gate.checkUrl],
  ];
}

async function list(context: Context, options: InProject): Promise<void> {
  const project = await projectOf(context, options.project);
  const { value } = await context.client().listAzureGates(project);
  print(context.terminal, context.format(), {
    rows: value,
    columns: [
      { title: 'GATE', text: (row) => row.name },
      { title: 'ORGANISATION', text: (row) => row.organizationUrl },
      { title: 'TOKEN', text: (row) => (row.hasPat ? 'stored' : 'none') },
      { title: 'HOLD', text: (row) => `${row.holdMinutes} + ${row.graceMinutes} min` },
      { title: 'ADDRESS FOR THE CHECK', text: (row) => row.checkUrl },
    ],
    empty: `${project} has no gates. Make one: signalbox gate azure add NAME --organization-url URL`,
  });
}
