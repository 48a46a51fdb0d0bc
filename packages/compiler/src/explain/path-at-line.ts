import { isMap, isScalar, isSeq, LineCounter, parseDocument } from 'yaml';
import type { ParsedNode } from 'yaml';

/** One step of a way into a YAML document: a key of a mapping, or the position in a list. */
export type Segment = string | number;

/** What stands in a line of a YAML text. */
export interface LinePlace {
  /** The way to the innermost key or item that begins in the line, or before it and still goes on. */
  readonly path: readonly Segment[];
  /** The text that a way leads to; undefined where it leads to no text. */
  readonly textAt: (path: readonly Segment[]) => string | undefined;
  /** How many items the list at a way has. */
  readonly lengthAt: (path: readonly Segment[]) => number;
}

/** Finds what stands in a line (from 1) of a YAML text of ours; undefined beyond its end. */
export function pathAtLine(text: string, line: number): LinePlace | undefined {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, schema: 'failsafe' });
  const isBeyond = line < 1 || line > text.split('\n').length - (text.endsWith('\n') ? 1 : 0);
  if (isBeyond || document.contents === null) return undefined;
  const lineOf = (node: ParsedNode): number => lines.linePos(node.range[0]).line;
  return {
    path: descend(document.contents, line, lineOf),
    textAt(path) {
      const found: unknown = document.getIn(path);
      return typeof found === 'string' ? found : undefined;
    },
    lengthAt(path) {
      const found: unknown = document.getIn(path);
      return isSeq(found) ? found.items.length : 0;
    },
  };
}

function descend(node: ParsedNode, line: number, lineOf: (node: ParsedNode) => number): readonly Segment[] {
  if (isMap(node)) {
    const pair = node.items.findLast(({ key }) => lineOf(key) <= line);
    if (pair === undefined || !isScalar(pair.key)) return [];
    const rest = isBelow(pair.value, line, lineOf) ? descend(pair.value, line, lineOf) : [];
    return [String(pair.key.value), ...rest];
  }
  if (isSeq(node)) {
    const index = node.items.findLastIndex((item) => lineOf(item) <= line);
    const item = node.items[index];
    return item === undefined ? [] : [index, ...descend(item, line, lineOf)];
  }
  return [];
}

function isBelow(
  value: ParsedNode | null,
  line: number,
  lineOf: (node: ParsedNode) => number,
): value is ParsedNode {
  return value !== null && (isMap(value) || isSeq(value)) && lineOf(value) <= line;
}
