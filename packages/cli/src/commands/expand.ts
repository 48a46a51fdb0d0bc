import { azureYaml, expandedYaml, explainLine } from '@signalbox/compiler';
import { Option, type Command } from 'commander';
import type { Context } from '../context.ts';
import { EXIT, CliError } from '../exit-codes.ts';
import { addCompileOptions, type CompileOptions } from '../local/compile-options.ts';
import { invalid, localRequest, planOf } from '../local/compile-local.ts';
import { explanationText } from '../output/explanation-text.ts';
import { integer } from './options.ts';

interface ExpandOptions extends CompileOptions {
  readonly form: 'readable' | 'azure';
  readonly explain?: number;
}

const HELP = `
Examples:
  signalbox expand azure-pipelines.yml
  signalbox expand azure-pipelines.yml --parameter region=north --repository templates=../templates
  signalbox expand azure-pipelines.yml | grep -n deploy.sh     # which line is it?
  signalbox expand azure-pipelines.yml --explain 42            # where does that line come from?
  signalbox expand azure-pipelines.yml --form azure            # as the preview of Azure prints it
  signalbox expand azure-pipelines.yml --output json           # the plan itself

Exit codes: 0 printed · 1 the file is not valid · 2 no such line · 5 no such file.`;

/** `signalbox expand FILE`: prints the final YAML that the file stands for, or where a line of it comes from. */
export function addExpand(program: Command, context: Context): void {
  const command = program
    .command('expand')
    .argument('<file>', "the pipeline's YAML file, or `-` for the standard input")
    .description('Print the final YAML of a pipeline; it compiles to the same plan again.')
    .addOption(
      new Option('--form <form>', 'how steps are written: as shortcuts, or as tasks like Azure does')
        .choices(['readable', 'azure'])
        .default('readable'),
    )
    .addOption(
      new Option('--explain <line>', 'say which file, templates and expressions gave this line of the output')
        .argParser(integer(1))
        .conflicts('form'),
    );
  addCompileOptions(command)
    .addHelpText('after', HELP)
    .action((file: string, options: ExpandOptions) => expand(context, file, options));
}

async function expand(context: Context, file: string, options: ExpandOptions): Promise<void> {
  const { terminal } = context;
  const request = await localRequest(terminal, file, options);
  const isJson = context.format() === 'json';
  if (options.explain !== undefined) {
    const result = await explainLine(request, options.explain);
    if (result.kind === 'invalid') throw invalid(request.path, result.diagnostics);
    if (result.kind === 'no-line')
      throw new CliError(
        EXIT.usage,
        `The output has no line ${options.explain}; its last one is ${result.lines}.`,
      );
    const { explanation } = result;
    terminal.out(
      isJson ? json(explanation) : await explanationText(explanation, request, terminal.interactive),
    );
  } else if (options.form === 'azure') {
    const result = await azureYaml(request);
    if (!result.ok) throw invalid(request.path, result.diagnostics);
    terminal.out(result.yaml);
  } else {
    const plan = await planOf(request);
    terminal.out(isJson ? json(plan) : expandedYaml(plan));
  }
}

function json(value: unknown): string {
  return `${JSON.stringify(value, undefined, 2)}\n`;
}
