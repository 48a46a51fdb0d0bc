import { expandedYaml } from '@signalbox/compiler';
import type { Command } from 'commander';
import type { Context } from '../context.ts';
import { addCompileOptions, type CompileOptions } from '../local/compile-options.ts';
import { localRequest, planOf } from '../local/compile-local.ts';

/** `signalbox expand FILE`: prints the final YAML that the file stands for. */
export function addExpand(program: Command, context: Context): void {
  const command = program
    .command('expand')
    .argument('<file>', "the pipeline's YAML file, or `-` for the standard input")
    .description('Print the final YAML of a pipeline; it compiles to the same plan again.');
  addCompileOptions(command)
    .addHelpText(
      'after',
      '\nExamples:\n  signalbox expand azure-pipelines.yml\n  signalbox expand deploy.yml --output json   # the plan itself',
    )
    .action(async (file: string, options: CompileOptions) => {
      const plan = await planOf(await localRequest(context.terminal, file, options));
      if (context.format() === 'json') context.terminal.out(`${JSON.stringify(plan, undefined, 2)}\n`);
      else context.terminal.out(expandedYaml(plan));
    });
}
