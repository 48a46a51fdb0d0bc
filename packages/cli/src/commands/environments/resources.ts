import type { WireMachine } from '@signalbox/api';
import type { Command } from 'commander';
import type { Context } from '../../context.ts';
import { CliError, EXIT } from '../../exit-codes.ts';
import { ago } from '../../output/age.ts';
import { print, printObject } from '../../output/print.ts';
import { projectOf } from '../options.ts';
import { environmentOf } from './environment-of.ts';

interface Options {
  readonly project?: string;
}

/** `signalbox environments resources|tag|remove-resource|token`: the machines of an environment (ENV-5, DEP-12). */
export function addResources(environments: Command, context: Context): void {
  const command = (name: string): Command =>
    environments
      .command(name)
      .argument('<environment>', 'its name or number')
      .option('--project <name>', 'the project (default: the only one)');
  command('resources')
    .description('List the machines of an environment: their tags, and how their agents are.')
    .action((name: string, options: Options) => list(context, name, options));
  command('tag')
    .argument('<machine>', 'its name or number')
    .argument('[tag...]', 'all its tags from now on; none takes them all away')
    .description('Set the tags of a machine, by which deployment jobs choose it.')
    .action((name: string, machine: string, tags: readonly string[], options: Options) =>
      setTags(context, name, { machine, tags }, options),
    );
  command('remove-resource')
    .argument('<machine>', 'its name or number')
    .description('Remove a machine and its agent; refused while it has a job.')
    .action((name: string, machine: string, options: Options) => remove(context, name, machine, options));
  command('token')
    .description('Make a token for the agents of an environment’s machines. It is shown once.')
    .action((name: string, options: Options) => makeToken(context, name, options));
}

async function list(context: Context, name: string, options: Options): Promise<void> {
  const project = await projectOf(context, options.project);
  const { id } = await environmentOf(context, project, name);
  show(context, name, (await context.client().listMachines(project, id)).items);
}

function show(context: Context, environment: string, rows: readonly WireMachine[]): void {
  print(context.terminal, context.format(), {
    rows,
    columns: [
      { title: 'ID', text: ({ id }) => String(id) },
      { title: 'MACHINE', text: ({ name }) => name },
      { title: 'TAGS', text: ({ tags }) => tags.join(', ') },
      { title: 'AGENT', text: agentText },
      { title: 'SINCE', text: ({ createdOn }) => ago(createdOn, context.now()) },
    ],
    empty: `${environment} has no machines. An agent that starts with --environment ${environment} is one.`,
  });
}

function agentText({ agent }: WireMachine): string {
  if (agent === undefined) return 'none';
  return agent.enabled ? agent.status : `${agent.status}, disabled`;
}

interface Found {
  readonly project: string;
  readonly environment: number;
  readonly machine: WireMachine;
}

async function machineOf(context: Context, name: string, named: string, options: Options): Promise<Found> {
  const project = await projectOf(context, options.project);
  const { id: environment } = await environmentOf(context, project, name);
  const { items } = await context.client().listMachines(project, environment);
  const machine = items.find(
    (one) => String(one.id) === named || one.name.toLowerCase() === named.toLowerCase(),
  );
  if (machine !== undefined) return { project, environment, machine };
  const names = items.map((one) => one.name).join(', ') || 'none yet';
  throw new CliError(EXIT.notFound, `There is no machine ${named} in ${name}. There are: ${names}.`);
}

async function setTags(
  context: Context,
  name: string,
  { machine: named, tags }: { readonly machine: string; readonly tags: readonly string[] },
  options: Options,
): Promise<void> {
  const { project, environment, machine } = await machineOf(context, name, named, options);
  show(context, name, [
    await context.client().setMachineTags(project, environment, { id: machine.id, tags }),
  ]);
}

async function remove(context: Context, name: string, named: string, options: Options): Promise<void> {
  const { project, environment, machine } = await machineOf(context, name, named, options);
  await context.client().removeMachine(project, environment, machine.id);
  context.terminal.err(`The machine ${machine.name} of ${name} is gone.\n`);
}

async function makeToken(context: Context, name: string, options: Options): Promise<void> {
  const project = await projectOf(context, options.project);
  const environment = await environmentOf(context, project, name);
  const made = await context.client().createToken({
    name: `machines of ${environment.name}`,
    role: 'agent',
    environment: { project, name: environment.name },
  });
  printObject(context.terminal, context.format(), made, [
    ['token', made.secret],
    ['start', `SIGNALBOX_TOKEN=… signalbox agent --environment ${environment.name} --resource-tags web,eu`],
  ]);
}
