/** A piece of a scalar: text as it stands, or the inside of `${{ }}`. */
export interface Piece {
  readonly kind: 'text' | 'expression';
  readonly text: string;
}

/** The pieces of a text; undefined when an expression is not closed. It ends at the first `}}` outside quotes (REC-38). */
export function piecesOf(text: string): readonly Piece[] | undefined {
  const pieces: Piece[] = [];
  let at = 0;
  for (let open = text.indexOf('${{'); open >= 0; open = text.indexOf('${{', at)) {
    const close = endOf(text, open + 3);
    if (close < 0) return undefined;
    if (open > at) pieces.push({ kind: 'text', text: text.slice(at, open) });
    pieces.push({ kind: 'expression', text: text.slice(open + 3, close).trim() });
    at = close + 2;
  }
  if (at < text.length) pieces.push({ kind: 'text', text: text.slice(at) });
  return pieces;
}

/** True when there is something to expand. */
export function hasExpression(text: string): boolean {
  return text.includes('${{');
}

/** The inside of a text that is exactly one expression; white space around it is text (REC-33). */
export function loneExpression(text: string): string | undefined {
  if (!text.startsWith('${{') || !text.endsWith('}}')) return undefined;
  return endOf(text, 3) === text.length - 2 ? text.slice(3, -2).trim() : undefined;
}

function endOf(text: string, from: number): number {
  let quoted = false;
  for (let at = from; at < text.length; at++) {
    const unit = text[at];
    if (unit === "'") quoted = !quoted;
    else if (unit === '}' && !quoted && text[at + 1] === '}') return at;
  }
  return -1;
}
