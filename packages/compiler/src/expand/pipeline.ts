import { parametersValue } from '@signalbox/expressions';
import type { ExtendedTemplate } from '@signalbox/model';
import type { Report } from '../diagnostics.ts';
import type { Node } from '../read/node.ts';
import { span } from '../read/source-file.ts';
import { newBudget } from './budget.ts';
import { checkExpressions } from './check-expressions.ts';
import { contextOf } from './context.ts';
import type { Context, Expansion, Tracing, Work } from './context.ts';
import { newExpressionCache } from './expression-cache.ts';
import { rootParameters } from './parameters/root-parameters.ts';
import type { GivenParameters } from './parameters/root-parameters.ts';
import { withPayloads } from './parameters/webhook-payloads.ts';
import { predefinedVariables } from './predefined-variables.ts';
import type { RunFacts } from './predefined-variables.ts';
import { noteDynamic } from './settle.ts';
import { declareRepositories } from './templates/repositories.ts';
import { resolveExtends } from './templates/extends.ts';
import { newExchange } from './values/exchange.ts';
import { newVariableScope } from './variable-scope.ts';
import { walk } from './walk/node.ts';

/** What the expansion of a pipeline takes besides its file. */
export interface ExpandOptions {
  readonly path: string;
  readonly parameters: GivenParameters;
  readonly facts: RunFacts;
  readonly report: Report;
  /** Where to note what `Span.trace` cannot tell. */
  readonly tracing?: Tracing;
}

/** What an expansion gives. */
export interface Expanded {
  readonly root: Node;
  /** The templates that the pipeline extends, the one that its file names first. */
  readonly extended: readonly ExtendedTemplate[];
}

/**
 * Expands a pipeline: parameters, expressions, directives and templates are gone from the result (TPL-6), whose
 * positions are those of the texts it was made of; nothing when it grew too large.
 */
export function* expandPipeline(root: Node, options: ExpandOptions): Expansion<Expanded | undefined> {
  const bare = bareContext(root, options);
  const { work } = bare;
  const file = root.at.file;
  checkExpressions(root, 'pipeline', bare);
  const { extended } = work;
  if (root.kind !== 'mapping') return { root: yield* walk.node(root, 'pipeline', bare), extended };
  const section = root.entries.find(({ key }) => key.text === 'parameters')?.value;
  const top = span(file, 0, 0);
  const declared = yield* rootParameters(section, options.parameters, top, bare);
  const parameters = withPayloads(declared, root);
  const context = contextOf(work, placeOf(root, options), parameters, 0);
  yield* declareRepositories(root, context);
  const expanded = yield* walk.node(root, 'pipeline', context);
  const result = expanded.kind === 'mapping' ? yield* resolveExtends(expanded, context) : expanded;
  return work.budget.spent() ? undefined : { root: result, extended };
}

/** The context of a pipeline file before anything of it is known, not even its parameters. */
export function bareContext(root: Node, options: ExpandOptions): Context {
  const work = newWork(options);
  noteDynamic(root, work.dynamic);
  work.files.set(options.path, { source: root.at.file, root });
  return contextOf(work, placeOf(root, options), parametersValue(new Map()), 0);
}

function placeOf(root: Node, { path }: ExpandOptions): Parameters<typeof contextOf>[1] {
  const { file } = root.at;
  return { original: file, file, path, repository: undefined };
}

function newWork({ report, facts, tracing }: ExpandOptions): Work {
  return {
    report,
    budget: newBudget(report),
    expressions: newExpressionCache(),
    exchange: newExchange(),
    variables: newVariableScope(predefinedVariables(facts)),
    repositories: new Map(),
    files: new Map(),
    extended: [],
    dynamic: new WeakSet(),
    walk,
    ...(tracing !== undefined && { tracing }),
  };
}
