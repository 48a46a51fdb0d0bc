import type { PermissionPatch } from '@signalbox/api';
import type { Command } from 'commander';
import type { Context } from '../../context.ts';
import { CliError, EXIT } from '../../exit-codes.ts';
import { printObject } from '../../output/print.ts';
import { pipelineOf, projectOf } from '../options.ts';
import { environmentOf } from './environment-of.ts';
import { pipelinesText } from './show.ts';

interface Options {
  readonly project?: string;
  readonly all?: boolean;
}

/** `signalbox environments permit|forbid`: which pipelines may deploy to an environment. */
export function addPermissions(environments: Command, context: Context): void {
  const command = (name: string): Command =>
    environments
      .command(name)
      .argument('<environment>', 'its name or number')
      .argument('[pipeline...]', 'names or numbers of pipelines')
      .option('--project <name>', 'the project (default: the only one)');
  command('permit')
    .option('--all', 'all pipelines of the project')
    .description(
      'Let pipelines use an environment; stages that wait for it go on. The first word closes it for others.',
    )
    .action((name: string, pipelines: readonly string[], options: Options) =>
      change(context, { name, pipelines, authorized: true }, options),
    );
  command('forbid')
    .option('--all', 'only those that were permitted by name may use it from now on')
    .description('Take pipelines from those that may use an environment. Stages that run go on.')
    .action((name: string, pipelines: readonly string[], options: Options) =>
      change(context, { name, pipelines, authorized: false }, options),
    );
}

async function change(
  context: Context,
  wanted: { readonly name: string; readonly pipelines: readonly string[]; readonly authorized: boolean },
  { project: named, all = false }: Options,
): Promise<void> {
  if (!all && wanted.pipelines.length === 0)
    throw new CliError(EXIT.usage, 'Which pipelines? Name them, or give --all.');
  const project = await projectOf(context, named);
  const environment = await environmentOf(context, project, wanted.name);
  const { authorized } = wanted;
  const pipelines: { readonly id: number; readonly authorized: boolean }[] = [];
  for (const pipeline of wanted.pipelines)
    pipelines.push({ id: await pipelineOf(context, project, pipeline), authorized });
  const patch: PermissionPatch = { pipelines, ...(all && { allPipelines: { authorized } }) };
  const resource = { type: 'environment', id: environment.id };
  const changed = await context.client().changePipelinePermissions(project, resource, patch);
  printObject(context.terminal, context.format(), changed, [
    ['environment', environment.name],
    ['pipelines', await pipelinesText(context, project, changed)],
  ]);
}
