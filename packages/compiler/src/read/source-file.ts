import type { SourceRange } from '@signalbox/model';

/** A file's path and where its lines start, so that offsets become lines only when somebody asks. */
export interface SourceFile {
  readonly path: string;
  /** Offsets of the first character of each line; the first is 0. */
  readonly lineStarts: readonly number[];
  /** In a template: the reference that led to it, in the file that holds the reference. */
  readonly includedFrom?: Span;
}

/** A stretch of a file by character offsets; the end is exclusive. */
export interface Span {
  readonly file: SourceFile;
  readonly start: number;
  readonly end: number;
  /** Why it is there, where that was asked for. */
  readonly trace?: Trace;
}

/** A directive or an expression that had a part in something, with those around it in the same file. */
export interface Trace {
  readonly kind: 'if' | 'elseif' | 'else' | 'each' | 'insert' | 'expression';
  /** As written, without brackets and directive word. */
  readonly text: string;
  /** What it came to; of `each`, the item of this turn. */
  readonly value?: () => string;
  readonly at: Span;
  readonly outer?: Trace;
}

/** Indexes the lines of `text`; CRLF, LF and a lone CR end a line. */
export function sourceFile(path: string, text: string): SourceFile {
  const lineStarts = [0];
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at);
    if (unit === 10 || (unit === 13 && text.charCodeAt(at + 1) !== 10)) lineStarts.push(at + 1);
  }
  return { path, lineStarts };
}

/** A span from offsets, kept inside the rule that an end is never before its start. */
export function span(file: SourceFile, start: number, end: number): Span {
  return { file, start, end: Math.max(start, end) };
}

/** The span as lines and columns, both from 1. */
export function rangeOf(at: Span): SourceRange {
  const start = position(at.file, at.start);
  const end = position(at.file, at.end);
  return {
    file: at.file.path,
    line: start.line,
    column: start.column,
    endLine: end.line,
    endColumn: end.column,
  };
}

/** The references that led to the file of a span, the innermost first. */
export function chainOf(at: Span): readonly SourceRange[] {
  const chain: SourceRange[] = [];
  for (let from = at.file.includedFrom; from !== undefined; from = from.file.includedFrom) {
    chain.push(rangeOf(from));
  }
  return chain;
}

/** True for a span that goes over a line break. */
export function spansLines({ file, start, end }: Span): boolean {
  return position(file, start).line !== position(file, end).line;
}

function position(file: SourceFile, offset: number): { line: number; column: number } {
  let low = 0;
  let high = file.lineStarts.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((file.lineStarts[middle] ?? 0) <= offset) low = middle;
    else high = middle - 1;
  }
  return { line: low + 1, column: offset - (file.lineStarts[low] ?? 0) + 1 };
}
