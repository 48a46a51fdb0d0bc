import { Composer, Lexer, Parser } from 'yaml';
import type { CST, Document } from 'yaml';
import type { Report } from '../diagnostics.ts';
import { hideQuotedBreaks } from './quoted-lines.ts';
import { newGuard } from './scan-tokens.ts';
import type { SourceFile } from './source-file.ts';

/** A text as the library reads it, with its mistakes. */
export interface Parsed {
  readonly document: Document.Parsed;
  /** What begins a second document. */
  readonly further: Document.Parsed | undefined;
  /** True where line breaks of quoted scalars are hidden: `foldHiddenBreaks` is to be asked for their text. */
  readonly mended: boolean;
}

/**
 * Parses one file, or gives nothing after a report by the guard. The text is cut into lexemes once: the guard sees
 * each of them before the parser does.
 */
export function parseText(text: string, file: SourceFile, report: Report): Parsed | undefined {
  const first = parseOnce(text, file, report);
  if (first?.document.errors.some(({ code }) => code === 'MISSING_CHAR') !== true) return first;
  // Where the library gives up at a quoted scalar, it may be one that goes on in a line indented less.
  const mended = hideQuotedBreaks(text);
  if (mended === undefined) return first;
  const second = parseOnce(mended, file, report);
  if (second === undefined) return undefined;
  return second.document.errors.length === 0 ? { ...second, mended: true } : first;
}

function parseOnce(text: string, file: SourceFile, report: Report): Parsed | undefined {
  const tokens = tokensOf(text, file, report);
  if (tokens === undefined) return undefined;
  // The library's own check for unique keys is quadratic; ours ignores letter case anyway (REC-3).
  const composer = new Composer({ schema: 'failsafe', uniqueKeys: false, merge: false });
  const [document, further] = composer.compose(tokens, true, text.length);
  return document === undefined ? undefined : { document, further, mended: false };
}

/** The concrete syntax; nothing when the guard refused something. */
function tokensOf(text: string, file: SourceFile, report: Report): readonly CST.Token[] | undefined {
  const lexemes = lexemesOf(text, file, report);
  if (lexemes === undefined) return undefined;
  const parser = new Parser();
  const tokens: CST.Token[] = [];
  // Most lexemes give no token of their own; spreading what is empty would cost more than asking.
  for (const lexeme of lexemes) for (const token of parser.next(lexeme)) tokens.push(token);
  for (const token of parser.end()) tokens.push(token);
  return tokens;
}

function lexemesOf(text: string, file: SourceFile, report: Report): readonly string[] | undefined {
  const guard = newGuard(file, report);
  const lexemes: string[] = [];
  let sound = true;
  for (const lexeme of new Lexer().lex(text)) {
    const verdict = guard.see(lexeme);
    if (verdict === 'stop') return undefined;
    if (verdict === 'refused') sound = false;
    lexemes.push(lexeme);
  }
  return sound ? lexemes : undefined;
}
