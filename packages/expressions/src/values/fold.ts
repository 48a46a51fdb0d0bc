/**
 * The form in which names and texts are compared ignoring case: ordinal, every character upper-cased by itself,
 * without regard to a culture (EXPR-23). A character whose upper case needs more characters stays as it is.
 */
export function foldCase(text: string): string {
  if (isAscii(text)) return text.toUpperCase();
  return mapCase(text, (character) => character.toUpperCase());
}

/** Lower case without regard to a culture, character by character (4.4, REC-131). */
export function lowerCase(text: string): string {
  if (isAscii(text)) return text.toLowerCase();
  return mapCase(text, (character) => character.toLowerCase());
}

/** True when both texts are equal ignoring case. */
export function sameText(a: string, b: string): boolean {
  return a === b || foldCase(a) === foldCase(b);
}

/** White space in the sense of the service: Unicode separators, tab to carriage return, and U+0085 (REC-131). */
export function isWhiteSpace(character: string): boolean {
  return WHITE_SPACE.has(character);
}

/** Strips white space from both ends. */
export function trimText(text: string): string {
  let start = 0;
  let end = text.length;
  while (start < end && isWhiteSpace(text.charAt(start))) start++;
  while (end > start && isWhiteSpace(text.charAt(end - 1))) end--;
  return text.slice(start, end);
}

// Not String.prototype.trim: it strips U+FEFF, which .NET keeps, and keeps U+0085, which .NET strips.
const WHITE_SPACE: ReadonlySet<string> = new Set(
  '\t\n\v\f\r \u0085\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u2028\u2029\u202f\u205f\u3000',
);

/** The dotless and the dotted Turkish i have no partner outside Turkish cultures. */
const WITHOUT_PARTNER: ReadonlySet<string> = new Set(['\u0130', '\u0131']);

function isAscii(text: string): boolean {
  for (let index = 0; index < text.length; index++) if (text.charCodeAt(index) > 0x7f) return false;
  return true;
}

function mapCase(text: string, change: (character: string) => string): string {
  let result = '';
  for (const character of text) {
    const changed = change(character);
    const keep = changed.length !== character.length || WITHOUT_PARTNER.has(character);
    result += keep ? character : changed;
  }
  return result;
}
