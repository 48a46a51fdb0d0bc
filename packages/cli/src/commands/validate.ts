import { compile, formatDiagnostics } from '@signalbox/compiler';
import type { Command } from 'commander';
import type { Context } from '../context.ts';
import { EXIT, CliError } from '../exit-codes.ts';
import { localPipeline } from '../local-files.ts';

/** `signalbox validate FILE`: compiles and reports every mistake with its place. */
export function addValidate(program: Command, context: Context): void {
  program
    .command('validate')
    .argument('<file>', "the pipeline's YAML file")
    .description('Compile a pipeline and report every mistake, with file, line and column.')
    .addHelpText(
      'after',
      '\nExamples:\n  signalbox validate azure-pipelines.yml\n  signalbox validate deploy.yml --output json',
    )
    .action(async (file: string) => {
      const { files, path } = await localPipeline(file);
      const result = await compile({ files, path });
      const diagnostics = result.ok ? result.warnings : result.diagnostics;
      if (context.format() === 'json') context.terminal.out(`${JSON.stringify(diagnostics, undefined, 2)}\n`);
      else if (diagnostics.length > 0) context.terminal.out(`${formatDiagnostics(diagnostics)}\n`);
      if (!result.ok)
        throw new CliError(EXIT.failed, `${path} is not valid: ${count(diagnostics.length, 'mistake')}.`);
      const jobs = result.plan.stages.reduce((sum, stage) => sum + stage.jobs.length, 0);
      context.terminal.err(
        `${path} is valid: ${count(result.plan.stages.length, 'stage')}, ${count(jobs, 'job')}.\n`,
      );
    });
}

function count(number: number, word: string): string {
  return `${number} ${word}${number === 1 ? '' : 's'}`;
}
