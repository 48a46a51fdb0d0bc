import type { Command } from 'commander';
import type { Context } from '../context.ts';
import { printObject } from '../output/print.ts';
import { addParameterOption } from '../local/compile-options.ts';
import { collectPair, pipelineOf, projectOf } from './options.ts';
import { watchRun } from './watch.ts';

interface QueueOptions {
  readonly project?: string;
  readonly branch?: string;
  readonly commit?: string;
  readonly variable?: Readonly<Record<string, string>>;
  readonly parameter?: Readonly<Record<string, string>>;
  readonly watch?: boolean;
}

/** `signalbox queue PIPELINE`: starts a run. */
export function addQueue(program: Command, context: Context): void {
  const command = program
    .command('queue')
    .argument('<pipeline>', "the pipeline's name or number")
    .option('--project <name>', 'the project (default: the only one)')
    .option('--branch <name>', "the branch (default: the pipeline's)")
    .option('--commit <sha>', "the commit (default: the branch's newest)")
    .option('--variable <name=value>', 'a variable of this run; repeatable', collectPair);
  addParameterOption(command)
    .option('--watch', 'stay until the run is over; the exit code is its result')
    .description('Queue a run of a pipeline.')
    .addHelpText(
      'after',
      '\nExamples:\n  signalbox queue web\n  signalbox queue web --branch release/2 --variable target=blue --watch' +
        '\n  signalbox queue web --parameter region=north --parameter hosts=@hosts.yml',
    )
    .action((pipeline: string, options: QueueOptions) => queue(context, pipeline, options));
}

async function queue(context: Context, pipeline: string, options: QueueOptions): Promise<void> {
  const project = await projectOf(context, options.project);
  const definition = await pipelineOf(context, project, pipeline);
  const build = await context.client().queueBuild(project, definition, {
    ...(options.branch !== undefined && { branch: options.branch }),
    ...(options.commit !== undefined && { commit: options.commit }),
    ...(options.variable !== undefined && { variables: options.variable }),
    ...(options.parameter !== undefined && { templateParameters: options.parameter }),
  });
  printObject(context.terminal, context.format(), build, [
    ['run', String(build.id)],
    ['number', build.buildNumber],
    ['branch', build.sourceBranch],
  ]);
  if (options.watch) await watchRun(context, project, build.id);
}
