import { CST, Lexer } from 'yaml';
import type { DiagnosticCode } from '../diagnostic-table.ts';
import type { Report } from '../diagnostics.ts';
import { MAX_DEPTH, MAX_KEYS_PER_MAPPING, MAX_TOKENS } from '../limits.ts';
import { span } from './source-file.ts';
import type { SourceFile } from './source-file.ts';

/** What the lexer calls a piece, and what refuses it (YAML-1, REC-1, REC-2). */
const REFUSED: ReadonlyMap<string, readonly [DiagnosticCode, string]> = new Map([
  ['anchor', ['yaml-anchor', 'YAML anchors are not supported']],
  ['alias', ['yaml-alias', 'YAML aliases are not supported']],
  ['tag', ['yaml-tag', 'YAML tags are not supported']],
  ['explicit-key-ind', ['yaml-complex-key', 'Complex keys (`? `) are not supported']],
  ['directive-line', ['yaml-directive', 'YAML directives are not supported']],
]);

const OPENING: ReadonlySet<string> = new Set(['flow-map-start', 'flow-seq-start']);
const CLOSING: ReadonlySet<string> = new Set(['flow-map-end', 'flow-seq-end']);

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
  column: number;
  lineStart: boolean;
  begun: boolean;
}

/**
 * Refuses, before the recursive parser sees it, what would be too deep, too wide or a YAML feature that the
 * language does not have; false when it refused. Reading the tokens takes time linear in the text.
 */
export function scanTokens(text: string, file: SourceFile, report: Report): boolean {
  const scan: Scan = { report, file, frames: [], column: 0, lineStart: true, begun: false };
  let offset = 0;
  let tokens = 0;
  let scalarNext = false;
  let sound = true;
  for (const token of new Lexer().lex(text)) {
    if (isControl(token)) {
      scalarNext = token === CST.SCALAR;
      continue;
    }
    const type = scalarNext ? 'scalar' : (CST.tokenType(token) ?? 'scalar');
    scalarNext = false;
    if (++tokens > MAX_TOKENS) {
      report(
        'too-many-tokens',
        span(file, offset, offset),
        `The file has more than ${MAX_TOKENS} pieces of YAML.`,
      );
      return false;
    }
    const verdict = look(scan, type, offset, token);
    if (verdict === 'stop') return false;
    sound &&= verdict === 'fine';
    advance(scan, type, token);
    offset += token.length;
  }
  return sound;
}

/** What one token means for the file: go on, go on but refuse in the end, or give up at once. */
type Verdict = 'fine' | 'refused' | 'stop';

function look(scan: Scan, type: string, offset: number, token: string): Verdict {
  const at = span(scan.file, offset, offset + token.length);
  const refused = REFUSED.get(type);
  if (refused !== undefined) {
    scan.report(refused[0], at, `${refused[1]}: ${token.trim().slice(0, 40)}`);
    return 'refused';
  }
  if (type === 'doc-start' && scan.begun) {
    scan.report('yaml-multiple-documents', at, 'A second YAML document begins here.');
    return 'stop';
  }
  scan.begun ||= type === 'doc-start' || isContent(type);
  if (CLOSING.has(type)) closeFlow(scan);
  else if (isContent(type)) open(scan, type);
  if (scan.frames.length > MAX_DEPTH) {
    scan.report('too-deep', at, `Lists and mappings are nested more than ${MAX_DEPTH} levels deep.`);
    return 'stop';
  }
  return type === 'map-value-ind' ? countKey(scan, at) : 'fine';
}

function countKey(scan: Scan, at: ReturnType<typeof span>): Verdict {
  const frame = scan.frames.at(-1);
  if (frame === undefined || ++frame.keys <= MAX_KEYS_PER_MAPPING) return 'fine';
  scan.report('too-many-keys', at, `A mapping has more than ${MAX_KEYS_PER_MAPPING} keys.`);
  return 'stop';
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
  if (OPENING.has(type)) scan.frames.push({ column: scan.column, flow: true, keys: 0 });
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
function advance(scan: Scan, type: string, token: string): void {
  if (type === 'newline') scan.lineStart = true;
  const lastBreak = token.lastIndexOf('\n');
  scan.column = lastBreak < 0 ? scan.column + token.length : token.length - lastBreak - 1;
  if (lastBreak >= 0) scan.lineStart = true;
}

function isContent(type: string): boolean {
  return ![
    'space',
    'newline',
    'comment',
    'comma',
    'doc-start',
    'doc-end',
    'doc-mode',
    'byte-order-mark',
  ].includes(type);
}

function isControl(token: string): boolean {
  return token === CST.DOCUMENT || token === CST.FLOW_END || token === CST.SCALAR || token === CST.BOM;
}
