import { toText, type Value } from '@signalbox/expressions';
import type { Node } from '../read/node.ts';
import type { Span, Trace } from '../read/source-file.ts';
import type { Context } from './context.ts';
import { loneExpression } from './expression-text.ts';

/** What a directive or an expression did, before its place in the chain is known. */
export type Cause = Pick<Trace, 'kind' | 'text'> & { readonly value?: Value; readonly at: Span };

/** The same place inside of a directive; without tracing the very same. */
export function within(context: Context, cause: Cause): Context {
  return context.work.tracing === undefined
    ? context
    : { ...context, trace: traceOf(context, context.trace, cause) };
}

/** A span that knows the expression it was made by (with or without its brackets); without tracing the very same. */
export function causedBy(context: Context, at: Span, text: string, value: Value): Span {
  if (context.work.tracing === undefined) return at;
  const cause = { kind: 'expression', text: loneExpression(text) ?? text, value, at } as const;
  return { ...at, trace: traceOf(context, at.trace ?? context.trace, cause) };
}

/** Notes that an expression put the nodes from a position on here. */
export function noteInserted(nodes: readonly Node[], from: number, { work }: Context, { trace }: Span): void {
  if (work.tracing === undefined || trace === undefined) return;
  const { inserted } = work.tracing;
  for (const node of nodes.slice(from)) if (!inserted.has(node)) inserted.set(node, trace);
}

function traceOf(
  { file, original }: Context,
  outer: Trace | undefined,
  { kind, text, value, at }: Cause,
): Trace {
  const place = at.file === original ? { ...at, file } : at;
  return {
    kind,
    text,
    ...(value !== undefined && { value: () => printed(value) }),
    at: place,
    ...(outer !== undefined && { outer }),
  };
}

/** A value for people: text as it is, lists and mappings as JSON. */
function printed(value: Value): string {
  return toText(value) ?? JSON.stringify(plain(value));
}

function plain(value: Value): unknown {
  if (value.kind === 'array') return value.items.map(plain);
  if (value.kind === 'object')
    return Object.fromEntries([...value.entries].map(([key, one]) => [key, plain(one)]));
  return toText(value);
}
