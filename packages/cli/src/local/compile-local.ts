import { compile, formatDiagnostics, type CompileRequest } from '@signalbox/compiler';
import type { Diagnostic, Plan } from '@signalbox/model';
import { EXIT, CliError } from '../exit-codes.ts';
import type { Terminal } from '../output/terminal.ts';
import { compileRequestOf, type CompileOptions } from './compile-options.ts';
import { createPipelineFinder } from './pipeline-finder.ts';

/** What a command compiles: a file of this machine, or the standard input for `-`. */
export async function localRequest(
  terminal: Terminal,
  file: string,
  options: CompileOptions,
): Promise<CompileRequest> {
  const finder = createPipelineFinder(options.root);
  const pipeline = file === '-' ? await finder.fromText(await terminal.input()) : await finder.find(file);
  return compileRequestOf(pipeline, options);
}

/** The plan of a request; a file that is not valid ends the command with all its mistakes. */
export async function planOf(request: CompileRequest): Promise<Plan> {
  const result = await compile(request);
  if (result.ok) return result.plan;
  throw invalid(request.path, result.diagnostics);
}

/** What a command says of a file that is not valid. */
export function invalid(path: string, diagnostics: readonly Diagnostic[]): CliError {
  return new CliError(EXIT.failed, `${formatDiagnostics(diagnostics)}\n${path} is not valid.`);
}
