import { drawPlan, GRAPH_FORMATS, reachOf, reachText, type GraphFormat } from '@signalbox/compiler';
import type { Plan } from '@signalbox/model';
import { Option, type Command } from 'commander';
import type { Context } from '../context.ts';
import { addCompileOptions, type CompileOptions } from '../local/compile-options.ts';
import { localRequest, planOf } from '../local/compile-local.ts';

interface GraphOptions extends CompileOptions {
  readonly format: GraphFormat;
  readonly jobs?: boolean;
  readonly resources?: 'text' | 'json';
}

const HELP = `
Examples:
  signalbox graph azure-pipelines.yml
  signalbox graph azure-pipelines.yml --jobs
  signalbox graph azure-pipelines.yml --format svg > pipeline.svg
  signalbox graph azure-pipelines.yml --resources
  signalbox graph azure-pipelines.yml --format dot | dot -Tpdf > pipeline.pdf

The number before a stage says in which step it can start at the earliest. With
--resources there is no drawing, but a list of the environments, pools, variable groups, repositories, service
connections and secure files that each stage can reach, with the first place of each. Exit codes: 0 drawn · 1 the file is not
valid · 5 no such file.`;

/** `signalbox graph FILE`: draws the stages of a pipeline and what each waits for. */
export function addGraph(program: Command, context: Context): void {
  const command = program
    .command('graph')
    .argument('<file>', "the pipeline's YAML file, or `-` for the standard input")
    .description('Draw the stages of a pipeline with what each waits for.')
    .addOption(new Option('--format <format>', 'how to draw').choices(GRAPH_FORMATS).default('text'))
    .option('--jobs', 'with the jobs of each stage')
    .addOption(
      new Option(
        '--resources [form]',
        'instead, list the protected resources and locks that each stage can reach',
      )
        .choices(['text', 'json'])
        .preset('text'),
    );
  addCompileOptions(command)
    .addHelpText('after', HELP)
    .action(async (file: string, options: GraphOptions) => {
      const plan = await planOf(await localRequest(context.terminal, file, options));
      if (options.resources !== undefined) {
        context.terminal.out(listResources(plan, options.resources));
        return;
      }
      const drawing = { format: options.format, jobs: options.jobs ?? false };
      context.terminal.out(drawPlan(plan, drawing));
    });
}

function listResources(plan: Plan, form: 'text' | 'json'): string {
  const stages = reachOf(plan);
  return form === 'text' ? reachText(stages) : `${JSON.stringify(stages, undefined, 2)}\n`;
}
