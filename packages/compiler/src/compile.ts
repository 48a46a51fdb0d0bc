import type { Diagnostic, Plan, RepositoryPlan } from '@signalbox/model';
import type { DiagnosticCode } from './diagnostic-table.ts';
import { newBag } from './diagnostics.ts';
import type { Bag } from './diagnostics.ts';
import type { FileAnswer, FileRequest, Tracing } from './expand/context.ts';
import { drive } from './expand/drive.ts';
import { expandPipeline } from './expand/pipeline.ts';
import type { RunFacts } from './expand/predefined-variables.ts';
import { planPipeline } from './plan/pipeline.ts';
import type { Node } from './read/node.ts';
import { readYaml } from './read/read-yaml.ts';
import { sourceFile, span } from './read/source-file.ts';
import { checkStagesToSkip } from './plan/stages/stages-to-skip.ts';
import { warn } from './plan/warnings/warn.ts';

/** Where files come from: the compiler itself reads nothing. */
export interface FileProvider {
  /** The text of a file by its path from the root of the repository, with `/`; undefined when there is none. */
  read(path: string): Promise<string | undefined>;
}

/** A repository whose files cannot be read. */
export interface UnavailableRepository {
  /** What to do about it: the help of the diagnostic. */
  readonly unavailable: string;
}

/** What to compile. */
export interface CompileRequest {
  readonly files: FileProvider;
  /** The root pipeline. */
  readonly path: string;
  /** Variables that a person gave when queueing; those of the file win (VARD-4), and `${{ }}` does not see them (TPL-10). */
  readonly queueTimeVariables?: Readonly<Record<string, string>>;
  /** Texts for the pipeline's parameters; data and lists are YAML or JSON (REC-69). */
  readonly parameters?: Readonly<Record<string, string>>;
  /**
   * True: parameters without default that are not given get a value that fits their type. For checking a file, whose
   * parameters only a run will have; never for a run.
   */
  readonly assumeParameters?: boolean;
  /** What is known of the run: the predefined variables that `${{ }}` sees (PVAR-1). */
  readonly run?: RunFacts;
  /** The files of a declared repository, for `template: path@alias`, or why they cannot be read. */
  readonly repositories?: (
    repository: RepositoryPlan,
  ) => Promise<FileProvider | UnavailableRepository | undefined>;
  /** Stages that a person left out when queueing; checked against the plan, which keeps them. */
  readonly stagesToSkip?: readonly string[];
  /**
   * The environments that exist: deploying to another is a mistake (REC-152). Absent where they are not known, and
   * where a run makes those that lack (DEP-4).
   */
  readonly environments?: readonly string[];
}

/** A plan, or at least one error; never both. */
export type CompileResult =
  | { readonly ok: true; readonly plan: Plan; readonly warnings: readonly Diagnostic[] }
  | { readonly ok: false; readonly diagnostics: readonly Diagnostic[] };

/** Compiles a pipeline file. Mistakes of an author are diagnostics, as many at once as can be found. */
export async function compile(request: CompileRequest): Promise<CompileResult> {
  const result = await compileWithTrees(request);
  return result.ok ? { ok: true, plan: result.plan, warnings: result.warnings } : result;
}

/** A plan with the trees that it was made of. */
export interface Trees {
  readonly plan: Plan;
  /** The file as it is written. */
  readonly source: Node;
  /** The same without template expressions. */
  readonly root: Node;
}

/** What `compile` gives, with the trees in between. */
export type CompiledTrees =
  | ({ readonly ok: true; readonly warnings: readonly Diagnostic[] } & Trees)
  | Extract<CompileResult, { ok: false }>;

/** Compiles and keeps the trees; with `tracing` they know what each part of them comes from. */
export async function compileWithTrees(request: CompileRequest, tracing?: Tracing): Promise<CompiledTrees> {
  const bag = newBag();
  const text = await request.files.read(request.path);
  const trees =
    text === undefined ? noFile(request.path, bag) : await compileText(request, { text, tracing }, bag);
  if (trees === undefined || bag.hasErrors()) return { ok: false, diagnostics: bag.all() };
  return { ok: true, ...trees, warnings: bag.all() };
}

/** Mistakes that are seen in one value, whatever is missing around it. */
const SURE_IN_SPITE_OF_GAPS: ReadonlySet<DiagnosticCode> = new Set([
  'unexpected-key',
  'wrong-value',
  'out-of-range',
  'name-invalid',
  'expression-invalid',
  'demand-invalid',
  'task-reference-invalid',
  'run-number-invalid',
  'schedule-invalid',
]);

async function compileText(
  request: CompileRequest,
  { text, tracing }: { readonly text: string; readonly tracing: Tracing | undefined },
  bag: Bag,
): Promise<Trees | undefined> {
  const read = readYaml(request.path, text, bag.report);
  if (read === undefined) return undefined;
  const { path, parameters: texts = {}, assumeParameters: assume = false, run: facts = {} } = request;
  const options = { path, parameters: { texts, assume }, facts, report: bag.report };
  const expansion = expandPipeline(read, tracing === undefined ? options : { ...options, tracing });
  const expanded = await drive(expansion, (wanted) => fileFor(wanted, request));
  if (expanded === undefined) return undefined;
  const { root, extended } = expanded;
  if (bag.hasErrors()) {
    // What could not be expanded leaves gaps; only what no gap can cause is worth saying as well.
    planPipeline(root, {}, (code, at, ...rest) => {
      if (SURE_IN_SPITE_OF_GAPS.has(code) && !bag.hasErrorAt(at)) bag.report(code, at, ...rest);
    });
    return undefined;
  }
  const planned = planPipeline(root, request, bag.report);
  const plan: Plan = { ...planned, ...(extended.length > 0 && { extends: extended }) };
  if (bag.hasErrors()) return undefined;
  checkStagesToSkip(request.stagesToSkip ?? [], plan, root.at.file, bag.report);
  warn(plan, root, bag.report);
  return { plan, source: read, root };
}

async function fileFor({ repository, path }: FileRequest, request: CompileRequest): Promise<FileAnswer> {
  const files = repository === undefined ? request.files : await request.repositories?.(repository);
  if (files === undefined) return { kind: 'no-repository' };
  if ('unavailable' in files) return { kind: 'no-repository', help: files.unavailable };
  const text = await files.read(path);
  return text === undefined ? { kind: 'no-file' } : { kind: 'text', text };
}

function noFile(path: string, bag: Bag): undefined {
  bag.report('file-not-found', span(sourceFile(path, ''), 0, 0), `There is no file ${path}.`);
}
