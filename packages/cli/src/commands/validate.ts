import { formatDiagnostics } from '@signalbox/compiler';
import { Option, type Command } from 'commander';
import type { Context } from '../context.ts';
import { EXIT, CliError } from '../exit-codes.ts';
import { addCompileOptions, type CompileOptions } from '../local/compile-options.ts';
import { checkFiles, type CheckedFile } from '../validate/check-files.ts';
import { findFiles, type FoundFile } from '../validate/find-files.ts';
import { sarifLog } from '../validate/sarif.ts';
import { distinct, pipelinesOf, summary } from '../validate/summary.ts';

type ReportFormat = 'text' | 'json' | 'sarif';

interface ValidateOptions extends CompileOptions {
  readonly output?: ReportFormat;
}

const HELP = `
Examples:
  signalbox validate                                  # azure-pipelines.yml of this folder
  signalbox validate azure-pipelines.yml deploy/      # a file, and all pipelines below a folder
  signalbox validate 'pipelines/**/*.yml' --output sarif > signalbox.sarif
  signalbox validate deploy.yml --parameter region=north --parameter hosts=@hosts.yml
  signalbox validate azure-pipelines.yml --repository templates=../templates
  git show main:azure-pipelines.yml | signalbox validate -

Below a folder, and for a pattern, files without stages, jobs, steps or extends are left out, and so is a file that
another one names as its template: it is looked at there, with the parameters it gets. A parameter without default
that is not given gets a value of its type.

Exit codes: 0 all are valid, warnings or not · 1 one is not · 2 wrong usage · 5 no file found.`;

/** `signalbox validate [PATHS…]`: compiles and reports every mistake with its place. */
export function addValidate(program: Command, context: Context): void {
  const command = program
    .command('validate')
    .argument('[paths...]', 'files, folders, patterns, or `-` for the standard input', [
      'azure-pipelines.yml',
    ])
    .description('Compile pipelines and report every mistake, with file, line and column.')
    .addOption(new Option('--output <format>', 'how to print').choices(['text', 'json', 'sarif']));
  addCompileOptions(command)
    .addHelpText('after', HELP)
    .action((paths: readonly string[], options: ValidateOptions) => validate(context, paths, options));
}

async function validate(context: Context, paths: readonly string[], options: ValidateOptions): Promise<void> {
  const { terminal } = context;
  const files = await filesOf(paths);
  const isLong = terminal.interactive && files.length > 1;
  const clear = (): void => (isLong ? terminal.err('\r\u001b[K') : undefined);
  const checked = await checkFiles(files, {
    ...options,
    input: () => terminal.input(),
    onProgress(done, name) {
      if (isLong)
        terminal.err(`\r\u001b[K${`${done + 1}/${files.length} ${name}`.slice(0, terminal.columns - 1)}`);
    },
  });
  clear();
  terminal.out(report(checked, formatOf(context, options)));
  if (checked.some(({ valid, template }) => !valid && !template))
    throw new CliError(EXIT.failed, summary(checked));
  terminal.err(`${summary(checked)}\n`);
}

/** The standard input is no file; everything else is looked for. */
async function filesOf(paths: readonly string[]): Promise<readonly FoundFile[]> {
  const found = await findFiles(paths.filter((path) => path !== '-'));
  return paths.includes('-') ? [...found, { name: '-', named: true }] : found;
}

function formatOf(context: Context, { output }: ValidateOptions): ReportFormat {
  return output ?? (context.format() === 'json' ? 'json' : 'text');
}

function report(checked: readonly CheckedFile[], format: ReportFormat): string {
  if (format === 'sarif') return json(sarifLog(checked));
  if (format === 'json') {
    return json(
      pipelinesOf(checked).map(({ name, valid, size, diagnostics }) => ({
        file: name,
        valid,
        ...size,
        diagnostics,
      })),
    );
  }
  const text = formatDiagnostics(distinct(checked));
  return text === '' ? '' : `${text}\n`;
}

function json(value: unknown): string {
  return `${JSON.stringify(value, undefined, 2)}\n`;
}
