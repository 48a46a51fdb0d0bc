import { CST, Lexer } from 'yaml';
import { MAX_QUOTED_REPAIRS } from '../limits.ts';

/** Stands for a line break inside a quoted scalar, one for one, so that every offset stays. No file may hold it. */
const BREAK = '\u{FFFE}';

/**
 * The text with the line breaks of some quoted scalars hidden, or nothing where that would not help. YAML wants the
 * further lines of a quoted scalar indented; the service reads them anyway, and production files have them.
 */
export function hideQuotedBreaks(text: string): string | undefined {
  let mended = text;
  let repairs = 0;
  for (let cut = cutScalar(mended); cut !== undefined; cut = cutScalar(mended)) {
    const end = closingQuote(mended, cut);
    const inside = end === undefined ? '' : mended.slice(cut, end);
    if (end === undefined || !inside.includes('\n') || ++repairs > MAX_QUOTED_REPAIRS) return undefined;
    mended = mended.slice(0, cut) + inside.replaceAll('\n', BREAK) + mended.slice(end);
  }
  return mended === text ? undefined : mended;
}

/** The text of a scalar whose breaks were hidden, folded as YAML folds lines: one is a space, more are one less. */
export function foldHiddenBreaks(text: string): string {
  if (!text.includes(BREAK)) return text;
  const [first = '', ...rest] = text.split(BREAK);
  let folded = withoutBlanks(first, 'end');
  let breaks = 0;
  rest.forEach((line, index) => {
    breaks++;
    const last = index === rest.length - 1;
    const begun = withoutBlanks(line, 'start');
    const content = last ? begun : withoutBlanks(begun, 'end');
    if (content === '' && !last) return;
    folded += (breaks === 1 ? ' ' : '\n'.repeat(breaks - 1)) + content;
    breaks = 0;
  });
  return folded;
}

/** Without the spaces and tabs that YAML drops around a line break. */
function withoutBlanks(line: string, side: 'start' | 'end'): string {
  let start = 0;
  let end = line.length;
  while (side === 'start' && start < end && ' \t\r'.includes(line.charAt(start))) start++;
  while (side === 'end' && end > start && ' \t\r'.includes(line.charAt(end - 1))) end--;
  return line.slice(start, end);
}

/** Where the first quoted scalar begins that the lexer did not find the end of. */
function cutScalar(text: string): number | undefined {
  let offset = 0;
  for (const token of new Lexer().lex(text)) {
    if (token === CST.DOCUMENT || token === CST.FLOW_END || token === CST.SCALAR) continue;
    const quote = token[0];
    const quoted = quote === "'" || quote === '"';
    if (quoted && (token.length === 1 || !token.endsWith(quote))) return offset;
    offset += token.length;
  }
  return undefined;
}

function closingQuote(text: string, start: number): number | undefined {
  const quote = text[start];
  for (let at = start + 1; at < text.length; at++) {
    if (quote === '"' && text[at] === '\\') at++;
    else if (text[at] === quote) {
      if (quote === '"' || text[at + 1] !== quote) return at;
      at++;
    }
  }
  return undefined;
}
