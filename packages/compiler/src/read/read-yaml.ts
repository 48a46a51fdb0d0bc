import { isMap, isScalar, isSeq } from 'yaml';
import type { Document, Pair, YAMLMap, YAMLParseError, YAMLSeq } from 'yaml';
import type { DiagnosticCode } from '../diagnostic-code.ts';
import { quote } from '../diagnostics.ts';
import type { Report } from '../diagnostics.ts';
import { MAX_DEPTH, MAX_KEY_LENGTH } from '../limits.ts';
import type { Entry, MappingNode, Node, ScalarNode } from './node.ts';
import { parseText } from './parse-text.ts';
import { foldHiddenBreaks } from './quoted-lines.ts';
import { hasForbiddenCharacter, scanText } from './scan-text.ts';
import { sourceFile, span, spansLines } from './source-file.ts';
import type { SourceFile } from './source-file.ts';
import { openQuote, syntaxHelp } from './syntax-help.ts';

/** What is needed while one file becomes a tree. */
interface Conversion {
  readonly file: SourceFile;
  readonly report: Report;
  /** True where line breaks of quoted scalars are hidden. */
  readonly mended: boolean;
}

/**
 * Reads one YAML file into a tree with positions, or reports why not. Scalars stay text (YAML-1), an empty file
 * is empty text, and a syntax error stops this file alone (REC-7).
 */
export function readYaml(path: string, content: string, report: Report): Node | undefined {
  const text = withLineFeeds(content.startsWith('\u{FEFF}') ? content.slice(1) : content);
  const file = sourceFile(path, text);
  if (!scanText(text, file, report)) return undefined;
  const parsed = parseText(text, file, report);
  if (parsed === undefined) return undefined;
  const { document, further, mended } = parsed;
  const into: Conversion = { file, report, mended };
  const [error] = document.errors;
  // Further errors of the library are mostly consequences of the first (REC-7).
  if (error !== undefined) reportSyntax(into, error, document, text);
  if (further !== undefined) {
    const [start, end] = further.range;
    report('yaml-multiple-documents', span(file, start, end), 'A second YAML document begins here.');
  }
  if (error !== undefined || further !== undefined) return undefined;
  return convert(into, document.contents, 0, 1);
}

/** A lone carriage return ends a line in YAML, but not for the library. Every offset stays. */
function withLineFeeds(text: string): string {
  return text.includes('\r') ? text.replaceAll(/\r(?!\n)/g, '\n') : text;
}

/** What the library's codes are called here, where there is more to say than bad syntax. */
const SYNTAX_CODES: ReadonlyMap<string, DiagnosticCode> = new Map([['TAB_AS_INDENT', 'tab-indent']]);

function reportSyntax(
  { file, report }: Conversion,
  error: YAMLParseError,
  document: Document,
  text: string,
): void {
  const [start, end] = openQuote(error, document) ?? error.pos;
  report(
    SYNTAX_CODES.get(error.code) ?? 'yaml-syntax',
    span(file, start, end),
    sentence(error.message.replace(/^Missing closing (['"])quote/, 'Missing closing $1 quote')),
    SYNTAX_CODES.has(error.code) ? undefined : syntaxHelp(error, text),
  );
}

function sentence(message: string): string {
  const line = message.split('\n')[0] ?? message;
  return /[.!?]$/.test(line) ? line : `${line}.`;
}

/** `node` comes from the library untyped where a pair is incomplete; `at` is where nothing stands. */
function convert(into: Conversion, node: unknown, at: number, depth: number): Node | undefined {
  if (depth > MAX_DEPTH) {
    const message = `Lists and mappings are nested more than ${MAX_DEPTH} levels deep.`;
    into.report('too-deep', span(into.file, at, at), message);
    return undefined;
  }
  if (isMap(node)) return convertMap(into, node, depth);
  if (isSeq(node)) return convertList(into, node, depth);
  return convertScalar(into, node, at);
}

function convertScalar({ file, report, mended }: Conversion, node: unknown, at: number): ScalarNode {
  if (!isScalar(node)) return { kind: 'scalar', text: '', at: span(file, at, at) };
  const [start, end] = node.range ?? [at, at];
  const value = typeof node.value === 'string' ? node.value : '';
  const text = mended ? foldHiddenBreaks(value) : value;
  const place = span(file, start, end);
  const scalar: ScalarNode =
    node.type === 'PLAIN'
      ? { kind: 'scalar', text, at: place }
      : { kind: 'scalar', text, at: place, quoted: true };
  // The file itself was looked at as a whole; only escapes can say more.
  if (node.type === 'QUOTE_DOUBLE' && hasForbiddenCharacter(text)) {
    report('character-not-allowed', scalar.at, 'An escape stands for a character that is not allowed.');
  }
  return scalar;
}

function convertList(into: Conversion, list: YAMLSeq, depth: number): Node {
  const [start, end] = list.range ?? [0, 0];
  const items: Node[] = [];
  let at = start;
  for (const item of list.items) {
    const node = convert(into, item, at, depth + 1);
    if (node === undefined) continue;
    items.push(node);
    at = node.at.end;
  }
  return { kind: 'list', items, at: span(into.file, start, isFlow(list) ? end : at) };
}

function convertMap(into: Conversion, map: YAMLMap, depth: number): MappingNode {
  const [start, end] = map.range ?? [0, 0];
  const entries: Entry[] = [];
  const seen = new Set<string>();
  for (const pair of map.items) {
    const entry = convertPair(into, pair, start, depth);
    if (entry === undefined || isDuplicate(into, entry.key, seen)) continue;
    entries.push(entry);
  }
  const last = entries.at(-1)?.value.at.end ?? end;
  return { kind: 'mapping', entries, at: span(into.file, start, isFlow(map) ? end : last) };
}

/** A block collection ends where its last item does, not with the line breaks behind it. */
function isFlow(node: YAMLMap | YAMLSeq): boolean {
  return node.flow === true;
}

function convertPair(into: Conversion, pair: Pair, start: number, depth: number): Entry | undefined {
  const key = convertKey(into, pair.key, start);
  if (key === undefined) return undefined;
  // A key without a value has it just after the colon (REC-65).
  const value = convert(into, pair.value, key.at.end + 1, depth + 1);
  return value === undefined ? undefined : { key, value };
}

function convertKey(into: Conversion, node: unknown, start: number): ScalarNode | undefined {
  const key = isMap(node) || isSeq(node) ? undefined : convertScalar(into, node, start);
  if (isMap(node) || isSeq(node)) {
    const [from, to] = node.range ?? [start, start];
    into.report('yaml-complex-key', span(into.file, from, to), 'A list or mapping cannot be a key.');
  } else if (key?.text === '<<') {
    into.report('yaml-merge-key', key.at, 'YAML merge keys are not supported.');
    return undefined;
  } else if (key !== undefined && !isSoundKey(key, into)) return undefined;
  return key;
}

function isSoundKey({ text, at }: ScalarNode, { report }: Conversion): boolean {
  const tooLong = text.length > MAX_KEY_LENGTH;
  const broken = !tooLong && text.includes('\n') && spansLines(at);
  if (tooLong) report('key-too-long', at, `The key has more than ${MAX_KEY_LENGTH} characters.`);
  if (broken) report('yaml-complex-key', at, 'A key must stand on one line.');
  return !tooLong && !broken;
}

/** Directive keys may repeat; what they produce is checked when it is there (REC-4). */
function isDuplicate({ report }: Conversion, key: ScalarNode, seen: Set<string>): boolean {
  if (/^\$\{\{\s*(?:if|elseif|else|each|insert)\b/.test(key.text)) return false;
  const folded = key.text.toLowerCase();
  if (seen.has(folded)) {
    report('duplicate-key', key.at, `The key ${quote(key.text)} is already defined in this mapping.`);
    return true;
  }
  seen.add(folded);
  return false;
}
