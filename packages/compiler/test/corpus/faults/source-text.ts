import { isMap, isScalar, isSeq, parseDocument } from 'yaml';
import type { Pair, Scalar, YAMLMap } from 'yaml';

/** A block mapping of a file, with the keys above it, outermost first. */
export interface MappingSite {
  readonly map: YAMLMap;
  readonly above: readonly Scalar[];
}

/** A file of a pipeline as its author wrote it. */
export interface SourceText {
  readonly file: string;
  readonly text: string;
  /** Its block mappings by the offset of their first key. */
  readonly mappings: ReadonlyMap<number, MappingSite>;
}

/** A change of a file, and the line that is wrong afterwards. */
export interface Edit {
  readonly text: string;
  readonly line: number;
}

/** Reads a file; one that is not well-formed has no mappings. */
export function sourceText(file: string, text: string): SourceText {
  const mappings = new Map<number, MappingSite>();
  const document = parseDocument(text, { uniqueKeys: false, logLevel: 'silent', schema: 'failsafe' });
  if (document.errors.length === 0) collect(document.contents, [], mappings);
  return { file, text, mappings };
}

function collect(node: unknown, above: readonly Scalar[], into: Map<number, MappingSite>): void {
  if (isSeq(node)) for (const item of node.items) collect(item, above, into);
  if (!isMap(node)) return;
  const start = node.flow === true ? undefined : startOf(node.items[0]?.key);
  if (start !== undefined) into.set(start, { map: node, above });
  for (const { key, value } of node.items) {
    collect(value, isScalar(key) ? [...above, key] : above, into);
  }
}

/** The offset at which a node stands. */
export function startOf(node: unknown): number | undefined {
  return isScalar(node) || isMap(node) || isSeq(node) ? node.range?.[0] : undefined;
}

/** The text of a scalar; undefined for what is none. */
export function textOf(node: unknown): string | undefined {
  return isScalar(node) && typeof node.value === 'string' ? node.value : undefined;
}

/** The pair of a mapping with a key. */
export function pairOf({ map }: MappingSite, name: string): Pair | undefined {
  return map.items.find(({ key }) => textOf(key) === name);
}

/** The line, from 1, at an offset. */
export function lineAt(text: string, offset: number): number {
  return text.slice(0, offset).split('\n').length;
}

/** The offset of a line and column, both from 1. */
export function offsetOf(text: string, line: number, column: number): number {
  let at = 0;
  for (let current = 1; current < line; current++) at = text.indexOf('\n', at) + 1;
  return at + column - 1;
}

/** The text with a stretch replaced; the line is that of its start. */
export function replaced(text: string, start: number, end: number, by: string): Edit {
  return { text: text.slice(0, start) + by + text.slice(end), line: lineAt(text, start) };
}

/** The text with another key, behind the first one of a mapping; nothing where that cannot be done by lines. */
export function withKey({ text }: SourceText, { map }: MappingSite, key: string): Edit | undefined {
  const [first, second] = map.items;
  const start = startOf(first?.key);
  if (first === undefined || start === undefined) return undefined;
  const indent = start - (text.lastIndexOf('\n', start - 1) + 1);
  const at = second === undefined ? endOfLine(text, first) : lineStart(text, second, indent);
  if (at === undefined) return undefined;
  const lines = `${' '.repeat(indent)}${key.replaceAll('\n', `\n${' '.repeat(indent)}`)}\n`;
  return { text: text.slice(0, at) + lines + text.slice(at), line: lineAt(text, at) };
}

/** Where the line of a pair begins, when nothing but its indentation is before it. */
function lineStart(text: string, { key }: Pair, indent: number): number | undefined {
  const start = startOf(key) ?? 0;
  const line = text.lastIndexOf('\n', start - 1) + 1;
  return start - line === indent && text.slice(line, start).trim() === '' ? line : undefined;
}

/** Where the next line begins, when the value of a pair is text on the line of its key. */
function endOfLine(text: string, { key, value }: Pair): number | undefined {
  const [keyStart, end] = [startOf(key), isScalar(value) ? value.range?.[1] : undefined];
  if (keyStart === undefined || end === undefined) return undefined;
  const next = text.indexOf('\n', keyStart);
  return next >= end && next > 0 ? next + 1 : undefined;
}
