import type { ObjectValue, Value } from '@signalbox/expressions';
import type { ExtendedTemplate, RepositoryPlan } from '@signalbox/model';
import type { Report } from '../diagnostics.ts';
import type { ListNode, Node } from '../read/node.ts';
import type { SourceFile, Span, Trace } from '../read/source-file.ts';
import type { Budget } from './budget.ts';
import type { ExpressionCache } from './expression-cache.ts';
import type { Place } from './place.ts';
import type { Exchange } from './values/exchange.ts';
import type { VariableScope } from './variable-scope.ts';

/** A file that the expansion needs before it can go on; no repository means the pipeline's own. */
export interface FileRequest {
  readonly repository: RepositoryPlan | undefined;
  readonly path: string;
}

/** What came of a request. */
export type FileAnswer =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'no-file' }
  | { readonly kind: 'no-repository'; readonly help?: string };

/** A computation that may stop for a file: whoever drives it reads files, the expansion itself stays pure. */
export type Expansion<T> = Generator<FileRequest, T, FileAnswer>;

/** The walkers that need each other, so that each may live in a file of its own. */
export interface Walk {
  readonly node: (node: Node, place: Place, context: Context) => Expansion<Node>;
  /** One item of a list, to be put into `into`: it may become none, one or many. */
  readonly item: (item: Node, place: Place, into: Node[], context: Context) => Expansion<void>;
  readonly list: (list: ListNode, place: Place, context: Context) => Expansion<Node>;
}

/** What is kept besides the result while somebody wants to know where it came from. */
export interface Tracing {
  /** Nodes that an expression put where they are, as they stand in the result. */
  readonly inserted: WeakMap<Node, Trace>;
}

/** What all files of one compilation share. */
export interface Work {
  readonly report: Report;
  readonly budget: Budget;
  readonly expressions: ExpressionCache;
  readonly exchange: Exchange;
  readonly variables: VariableScope;
  /** Declared repositories by folded alias. */
  readonly repositories: Map<string, RepositoryPlan>;
  /** Files that were read, by repository and path; undefined is one that could not be. */
  readonly files: Map<string, TemplateFile | undefined>;
  /** The templates that the pipeline extends, so far. */
  readonly extended: ExtendedTemplate[];
  /** Nodes that hold expressions, directives or references; all others are final as they stand. */
  readonly dynamic: WeakSet<Node>;
  readonly walk: Walk;
  /** Absent: nobody asks where things come from, and nothing is kept for it. */
  readonly tracing?: Tracing;
}

/** A file as it was read, whoever includes it. */
export interface TemplateFile {
  readonly source: SourceFile;
  readonly root: Node;
}

/** Where the expansion is. */
export interface Context {
  readonly work: Work;
  /** The file as it was read; spans of its tree refer to it. */
  readonly original: SourceFile;
  /** The same file with the reference that led to it; spans of the result refer to it. */
  readonly file: SourceFile;
  readonly path: string;
  readonly repository: RepositoryPlan | undefined;
  /** The named values: `parameters`, `variables` and loop names, each in the spelling of its declaration. */
  readonly values: ReadonlyMap<string, Value>;
  /** Loop names, innermost first. */
  readonly loops: readonly string[];
  readonly depth: number;
  /** True where text came out of an expression: it is not scanned again (REC-37). */
  readonly final: boolean;
  /** True inside a list of steps, jobs or stages that a reference passes. */
  readonly passed?: boolean;
  /** The directives around this place in its file; only while tracing. */
  readonly trace?: Trace;
}

/** A span of the file at hand, with the way that led to the file. */
export function here(context: Context, at: Span): Span {
  if (at.file !== context.original) return at;
  if (context.work.tracing !== undefined) return traced(context, at);
  return at.file === context.file ? at : { ...at, file: context.file };
}

/** A span of its own for each place in the result, with the directives around it. */
function traced({ file, trace }: Context, at: Span): Span {
  return at.trace !== undefined || trace === undefined ? { ...at, file } : { ...at, file, trace };
}

/** The context of a file with the given parameters and no loops. */
export function contextOf(
  work: Work,
  file: Pick<Context, 'original' | 'file' | 'path' | 'repository'>,
  parameters: ObjectValue,
  depth: number,
): Context {
  const values = new Map<string, Value>([
    ['parameters', parameters],
    ['variables', work.variables.value],
  ]);
  return { work, ...file, values, loops: [], depth, final: false };
}

/** The same place with a loop name bound; an inner name hides an outer one (TPL-15). */
export function withLoop(context: Context, name: string, value: Value): Context {
  const values = new Map(context.values).set(name, value);
  return { ...context, values, loops: [name, ...context.loops] };
}
