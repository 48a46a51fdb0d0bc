import type { Command } from 'commander';
import type { Context } from '../context.ts';
import type { RunOptions } from '../run/run-options.ts';
import { addParameterOption } from '../local/compile-options.ts';
import { collectCapability, collectPair } from './options.ts';

/** `signalbox run FILE`: one pipeline on this machine, without a server. */
export function addRun(program: Command, context: Context): void {
  const command = program.command('run').argument('<file>', "the pipeline's YAML file");
  addParameterOption(command)
    .option(
      '--repository <alias=folder>',
      'the files of a repository that the pipeline declares, by its alias or name; repeatable',
      collectPair,
    )
    .option('--stage <name...>', 'only these stages; what they depend on counts as done')
    .option('--job <name...>', 'only these jobs, JOB or STAGE.JOB; what they depend on counts as done')
    .option('--variable <name=value>', 'a variable of this run; repeatable', collectPair)
    .option(
      '--group <name=file>',
      'a variable group, from a file of NAME=VALUE lines; repeatable',
      collectPair,
    )
    .option(
      '--capability <name[=value]>',
      'something this machine can do, for demands; repeatable',
      collectCapability,
    )
    .option('--task <path...>', 'a task package that the pipeline uses: a folder with task.json, or a zip')
    .option('--secure-file <name=file>', 'a secure file that the pipeline uses; repeatable', collectPair)
    .option('--skip-checks', 'give every approval that a manual validation asks for')
    .option('--quiet', 'no output of steps, not even of failed ones')
    .description(
      'Run one pipeline here and now: the files as they are on disk, jobs on this machine, nothing kept. Every pool is this machine.',
    )
    .addHelpText(
      'after',
      '\nExamples:\n  signalbox run azure-pipelines.yml\n  signalbox run deploy.yml --variable target=blue --parameter region=north' +
        '\n  signalbox run deploy.yml --repository templates=../templates --group shared=shared.env' +
        '\n  signalbox run deploy.yml --stage Test --stage Package --output json' +
        '\n\nWith `--output json` the run as it ended is printed, and what happens meanwhile goes to the error stream.' +
        ' The exit code is 0 when the run succeeded, 1 when it failed or the file is not valid.',
    )
    .action(async (file: string, options: RunOptions) => {
      const { runHere } = await import('../run/run-here.ts');
      await runHere(context, file, options);
    });
}
