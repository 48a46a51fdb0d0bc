import type { Diagnostic, Plan } from '@signalbox/model';
import { newBag } from './diagnostics.ts';
import type { Bag } from './diagnostics.ts';
import { refuseExpressions } from './expand/refuse-expressions.ts';
import { planPipeline } from './plan/pipeline.ts';
import { readYaml } from './read/read-yaml.ts';
import { sourceFile, span } from './read/source-file.ts';
import { checkStagesToSkip } from './plan/stages/stages-to-skip.ts';
import { warn } from './plan/warnings.ts';

/** Where files come from: the compiler itself reads nothing. */
export interface FileProvider {
  /** The text of a file by its path from the root of the repository, with `/`; undefined when there is none. */
  read(path: string): Promise<string | undefined>;
}

/** What to compile. */
export interface CompileRequest {
  readonly files: FileProvider;
  /** The root pipeline. */
  readonly path: string;
  /** Variables that a person gave when queueing; those of the file win (VARD-4). */
  readonly queueTimeVariables?: Readonly<Record<string, string>>;
  /** Stages that a person left out when queueing; checked against the plan, which keeps them. */
  readonly stagesToSkip?: readonly string[];
}

/** A plan, or at least one error; never both. */
export type CompileResult =
  | { readonly ok: true; readonly plan: Plan; readonly warnings: readonly Diagnostic[] }
  | { readonly ok: false; readonly diagnostics: readonly Diagnostic[] };

/** Compiles a pipeline file. Mistakes of an author are diagnostics, as many at once as can be found. */
export async function compile(request: CompileRequest): Promise<CompileResult> {
  const bag = newBag();
  const text = await request.files.read(request.path);
  const plan = text === undefined ? noFile(request.path, bag) : compileText(request, text, bag);
  if (plan === undefined || bag.hasErrors()) return { ok: false, diagnostics: bag.all() };
  return { ok: true, plan, warnings: bag.all() };
}

function compileText(request: CompileRequest, text: string, bag: Bag): Plan | undefined {
  const root = readYaml(request.path, text, bag.report);
  if (root === undefined || !refuseExpressions(root, bag.report)) return undefined;
  const plan = planPipeline(root, request.queueTimeVariables ?? {}, bag.report);
  if (bag.hasErrors()) return undefined;
  checkStagesToSkip(request.stagesToSkip ?? [], plan, root.at.file, bag.report);
  warn(plan, root, bag.report);
  return plan;
}

function noFile(path: string, bag: Bag): undefined {
  bag.report('file-not-found', span(sourceFile(path, ''), 0, 0), `There is no file ${path}.`);
}
