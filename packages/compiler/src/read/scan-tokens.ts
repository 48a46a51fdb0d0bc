import { CST } from 'yaml';
import type { DiagnosticCode } from '../diagnostic-code.ts';
import type { Report } from '../diagnostics.ts';
import { MAX_DEPTH, MAX_KEYS_PER_MAPPING, MAX_TOKENS } from '../limits.ts';
import { span } from './source-file.ts';
import type { SourceFile } from './source-file.ts';

/** What one token means for the file: go on, go on but refuse in the end, or give up at once. */
export type Verdict = 'fine' | 'refused' | 'stop';

/** Sees every token of one file before the parser does. */
export interface Guard {
  /** Judges the next lexeme; what it refuses is reported. */
  see(lexeme: string): Verdict;
}

/** What the lexer calls a piece, and what refuses it (YAML-1, REC-1, REC-2). */
const REFUSED: ReadonlyMap<string, readonly [DiagnosticCode, string]> = new Map([
  ['anchor', ['yaml-anchor', 'YAML anchors are not supported']],
  ['alias', ['yaml-alias', 'YAML aliases are not supported']],
  ['tag', ['yaml-tag', 'YAML tags are not supported']],
  ['explicit-key-ind', ['yaml-complex-key', 'Complex keys (`? `) are not supported']],
  ['directive-line', ['yaml-directive', 'YAML directives are not supported']],
]);

const BLANK: ReadonlySet<string> = new Set([
  'space',
  'newline',
  'comment',
  'comma',
  'doc-start',
  'doc-end',
  'doc-mode',
  'byte-order-mark',
]);

/** A collection that is open at this point: where it begins in its line, and the keys it has so far. */
interface Frame {
  readonly column: number;
  readonly flow: boolean;
  keys: number;
}

/** What has been seen so far: the lexer does not nest, so this costs one pass and a stack. */
interface Scan {
  readonly report: Report;
  readonly file: SourceFile;
  readonly frames: Frame[];
  offset: number;
  column: number;
  lineStart: boolean;
  begun: boolean;
}

/**
 * Refuses, before the recursive part of the parser sees it, what would be too deep, too wide or a YAML feature that
 * the language does not have. Seeing the tokens takes time linear in the text.
 */
export function newGuard(file: SourceFile, report: Report): Guard {
  const scan: Scan = { report, file, frames: [], offset: 0, column: 0, lineStart: true, begun: false };
  let tokens = 0;
  let scalarNext = false;
  return {
    see(lexeme) {
      if (isControl(lexeme)) {
        scalarNext = lexeme === CST.SCALAR;
        return 'fine';
      }
      const type = scalarNext ? 'scalar' : (CST.tokenType(lexeme) ?? 'scalar');
      scalarNext = false;
      if (++tokens > MAX_TOKENS) {
        const message = `The file has more than ${MAX_TOKENS} pieces of YAML.`;
        return refuse(scan, 'too-many-tokens', 0, message, 'stop');
      }
      const verdict = look(scan, type, lexeme);
      advance(scan, type, lexeme);
      return verdict;
    },
  };
}

function refuse(
  { report, file, offset }: Scan,
  code: DiagnosticCode,
  length: number,
  message: string,
  verdict: Verdict,
): Verdict {
  report(code, span(file, offset, offset + length), message);
  return verdict;
}

function look(scan: Scan, type: string, lexeme: string): Verdict {
  const refused = REFUSED.get(type);
  if (refused !== undefined) {
    const message = `${refused[1]}: ${lexeme.trim().slice(0, 40)}`;
    return refuse(scan, refused[0], lexeme.length, message, 'refused');
  }
  if (BLANK.has(type)) return type === 'doc-start' ? startDocument(scan, lexeme) : 'fine';
  scan.begun = true;
  if (type === 'flow-map-end' || type === 'flow-seq-end') closeFlow(scan);
  else open(scan, type);
  if (scan.frames.length > MAX_DEPTH) {
    const message = `Lists and mappings are nested more than ${MAX_DEPTH} levels deep.`;
    return refuse(scan, 'too-deep', lexeme.length, message, 'stop');
  }
  return type === 'map-value-ind' ? countKey(scan, lexeme) : 'fine';
}

function startDocument(scan: Scan, lexeme: string): Verdict {
  if (!scan.begun) {
    scan.begun = true;
    return 'fine';
  }
  const message = 'A second YAML document begins here.';
  return refuse(scan, 'yaml-multiple-documents', lexeme.length, message, 'stop');
}

function countKey(scan: Scan, lexeme: string): Verdict {
  const frame = scan.frames.at(-1);
  if (frame === undefined || ++frame.keys <= MAX_KEYS_PER_MAPPING) return 'fine';
  const message = `A mapping has more than ${MAX_KEYS_PER_MAPPING} keys.`;
  return refuse(scan, 'too-many-keys', lexeme.length, message, 'stop');
}

/** Block collections are told apart by the column in which their items begin; flow ones by brackets. */
function open(scan: Scan, type: string): void {
  const top = scan.frames.at(-1);
  if (top?.flow !== true && type !== 'map-value-ind') {
    if (scan.lineStart) popBlocksRightOf(scan, scan.column);
    if ((scan.frames.at(-1)?.column ?? -1) < scan.column) {
      scan.frames.push({ column: scan.column, flow: false, keys: 0 });
    }
  }
  if (type === 'flow-map-start' || type === 'flow-seq-start') {
    scan.frames.push({ column: scan.column, flow: true, keys: 0 });
  }
  scan.lineStart = false;
}

function popBlocksRightOf(scan: Scan, column: number): void {
  for (
    let top = scan.frames.at(-1);
    top !== undefined && !top.flow && top.column > column;
    top = scan.frames.at(-1)
  ) {
    scan.frames.pop();
  }
}

function closeFlow(scan: Scan): void {
  while (scan.frames.length > 0) if (scan.frames.pop()?.flow === true) return;
}

/** A scalar after `key: ` opens a frame of its own column; the next line's key closes it again. */
function advance(scan: Scan, type: string, lexeme: string): void {
  scan.offset += lexeme.length;
  const lastBreak = type === 'space' ? -1 : lexeme.lastIndexOf('\n');
  scan.column = lastBreak < 0 ? scan.column + lexeme.length : lexeme.length - lastBreak - 1;
  if (lastBreak >= 0 || type === 'newline') scan.lineStart = true;
}

function isControl(lexeme: string): boolean {
  return lexeme === CST.DOCUMENT || lexeme === CST.FLOW_END || lexeme === CST.SCALAR || lexeme === CST.BOM;
}
