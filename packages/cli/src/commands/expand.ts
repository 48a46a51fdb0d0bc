import { compile, expandedYaml, formatDiagnostics } from '@signalbox/compiler';
import type { Command } from 'commander';
import type { Context } from '../context.ts';
import { EXIT, CliError } from '../exit-codes.ts';
import { localPipeline } from '../local-files.ts';

/** `signalbox expand FILE`: prints the final YAML that the file stands for. */
export function addExpand(program: Command, context: Context): void {
  program
    .command('expand')
    .argument('<file>', "the pipeline's YAML file")
    .description('Print the final YAML of a pipeline; it compiles to the same plan again.')
    .addHelpText(
      'after',
      '\nExamples:\n  signalbox expand azure-pipelines.yml\n  signalbox expand deploy.yml --output json   # the plan itself',
    )
    .action(async (file: string) => {
      const { files, path } = await localPipeline(file);
      const result = await compile({ files, path });
      if (!result.ok) {
        throw new CliError(EXIT.failed, `${formatDiagnostics(result.diagnostics)}\n${path} is not valid.`);
      }
      if (context.format() === 'json') context.terminal.out(`${JSON.stringify(result.plan, undefined, 2)}\n`);
      else context.terminal.out(expandedYaml(result.plan));
    });
}
