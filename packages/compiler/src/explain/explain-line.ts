import type { Diagnostic, SourceRange } from '@signalbox/model';
import { compileWithTrees } from '../compile.ts';
import type { CompileRequest } from '../compile.ts';
import { MAX_EXPLAINED } from '../limits.ts';
import type { Node } from '../read/node.ts';
import { rangeOf } from '../read/source-file.ts';
import type { Span, Trace } from '../read/source-file.ts';
import { expandedYaml } from '../write/expanded-yaml.ts';
import { locate } from './locate.ts';
import type { Located } from './locate.ts';
import { pathAtLine } from './path-at-line.ts';

/** One part of an answer, at a place in a file. */
export interface Reason {
  /**
   * `written`: the text itself. `implied`: nobody wrote it; this is what it belongs to. `included`: the reference that
   * led to the file before. The others are directives and expressions.
   */
  readonly kind: 'written' | 'implied' | 'included' | Trace['kind'];
  /** Of a directive or expression: its text, without brackets. */
  readonly text?: string;
  /** What it came to, cut where it is long. */
  readonly value?: string;
  readonly range: SourceRange;
}

/** Why a line of the final YAML is there: from the text itself outwards to the file of the pipeline. */
export interface Explanation {
  readonly line: number;
  /** The line of the final YAML. */
  readonly text: string;
  readonly reasons: readonly Reason[];
}

/** An answer; or why there is none: the file's mistakes, or a line that the final YAML does not have. */
export type ExplainResult =
  | { readonly kind: 'explained'; readonly explanation: Explanation }
  | { readonly kind: 'invalid'; readonly diagnostics: readonly Diagnostic[] }
  | { readonly kind: 'no-line'; readonly lines: number };

/** Says which text, which templates and which expressions gave a line (from 1) of `expandedYaml`. */
export async function explainLine(request: CompileRequest, line: number): Promise<ExplainResult> {
  const inserted = new WeakMap<Node, Trace>();
  const compiled = await compileWithTrees(request, { inserted });
  if (!compiled.ok) return { kind: 'invalid', diagnostics: compiled.diagnostics };
  const yaml = expandedYaml(compiled.plan);
  const place = pathAtLine(yaml, line);
  const lines = yaml.split('\n');
  if (place === undefined) return { kind: 'no-line', lines: lines.length - 1 };
  const located = locate(place, compiled.plan, compiled.root);
  const reasons = reasonsOf(located, inserted);
  return { kind: 'explained', explanation: { line, text: lines[line - 1] ?? '', reasons } };
}

function reasonsOf({ entry, holder, elements }: Located, inserted: WeakMap<Node, Trace>): readonly Reason[] {
  const at = entry === undefined ? holder.at : spanOf(entry.key.at, entry.value);
  const reasons: Reason[] = [{ kind: entry === undefined ? 'implied' : 'written', range: rangeOf(at) }];
  addOutwards(at, reasons);
  // What came through a parameter was written in one file, and put into its place by an expression of another.
  for (const element of elements.toReversed()) {
    const trace = inserted.get(element);
    if (trace === undefined || isKnown(trace, reasons)) continue;
    addTraces(trace, reasons);
    addOutwards({ ...trace.at, file: trace.at.file }, reasons, false);
  }
  return reasons.slice(0, MAX_EXPLAINED);
}

/** Text is where it is written; of what goes on below, the key. */
function spanOf(key: Span, value: Node): Span {
  return value.kind === 'scalar' && value.text !== '' ? value.at : key;
}

function isKnown({ at, kind }: Trace, reasons: readonly Reason[]): boolean {
  const { file, line, column } = rangeOf(at);
  return reasons.some(
    ({ kind: other, range }) =>
      other === kind && range.file === file && range.line === line && range.column === column,
  );
}

/** Directives and expressions of the file, the reference that led to it, those around that, and so on. */
function addOutwards(at: Span, reasons: Reason[], own = true): void {
  if (own && at.trace !== undefined) addTraces(at.trace, reasons);
  for (let from = at.file.includedFrom; from !== undefined; from = from.file.includedFrom) {
    reasons.push({ kind: 'included', range: rangeOf(from) });
    if (from.trace !== undefined) addTraces(from.trace, reasons);
  }
}

function addTraces(innermost: Trace, reasons: Reason[]): void {
  for (let trace: Trace | undefined = innermost; trace !== undefined; trace = trace.outer) {
    const { kind, text, value, at } = trace;
    reasons.push({ kind, text, ...(value !== undefined && { value: value() }), range: rangeOf(at) });
  }
}
