/** A message of a service can be a page; a sentence takes so much of it. */
const MAX_CLAUSE = 200;

/** Somebody's words as part of a sentence: one line, not too long, without the stop at its end. */
export function clause(text: string): string {
  const line = text.replaceAll(/[\s\p{Cc}]+/gu, ' ').trim();
  const short = line.length > MAX_CLAUSE ? `${line.slice(0, MAX_CLAUSE - 1)}…` : line;
  return short.replace(/\.$/, '');
}

/** A list with the last two joined by a word: `ann, bob or cid`. */
export function listed(names: readonly string[], word: 'and' | 'or'): string {
  const rest = names.slice(0, -1);
  return rest.length === 0 ? names.join('') : `${rest.join(', ')} ${word} ${names.at(-1) ?? ''}`;
}
