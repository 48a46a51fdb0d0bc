import { drawPlan, GRAPH_FORMATS, type GraphFormat } from '@signalbox/compiler';
import { Option, type Command } from 'commander';
import type { Context } from '../context.ts';
import { addCompileOptions, type CompileOptions } from '../local/compile-options.ts';
import { localRequest, planOf } from '../local/compile-local.ts';

interface GraphOptions extends CompileOptions {
  readonly format: GraphFormat;
  readonly jobs?: boolean;
}

const HELP = `
Examples:
  signalbox graph azure-pipelines.yml
  signalbox graph azure-pipelines.yml --jobs
  signalbox graph azure-pipelines.yml --format svg > pipeline.svg
  signalbox graph azure-pipelines.yml --format dot | dot -Tpdf > pipeline.pdf

The number before a stage says in which step it can start at the earliest. Exit codes: 0 drawn · 1 the file is not
valid · 5 no such file.`;

/** `signalbox graph FILE`: draws the stages of a pipeline and what each waits for. */
export function addGraph(program: Command, context: Context): void {
  const command = program
    .command('graph')
    .argument('<file>', "the pipeline's YAML file, or `-` for the standard input")
    .description('Draw the stages of a pipeline with what each waits for.')
    .addOption(new Option('--format <format>', 'how to draw').choices(GRAPH_FORMATS).default('text'))
    .option('--jobs', 'with the jobs of each stage');
  addCompileOptions(command)
    .addHelpText('after', HELP)
    .action(async (file: string, options: GraphOptions) => {
      const plan = await planOf(await localRequest(context.terminal, file, options));
      const drawing = { format: options.format, jobs: options.jobs ?? false };
      context.terminal.out(drawPlan(plan, drawing));
    });
}
