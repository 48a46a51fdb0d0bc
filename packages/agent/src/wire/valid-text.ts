import type { Fetch } from '@signalbox/api';

/** An escape of U+0000 or of half a surrogate pair; well-formed JSON writes them only so. A pair of `\` before it is text. */
const ESCAPE = /(?<!\\)((?:\\\\)*)\\u(?:0000|d[89a-f][0-9a-f]{2})/g;

/**
 * Requests whose text every server can keep: U+0000 and halves of surrogate pairs, which steps may print and cuts may
 * leave, become U+FFFD. Here, because everything that the agent says passes here.
 */
export function withValidText(fetch: Fetch): Fetch {
  return (url, init) =>
    fetch(url, typeof init.body === 'string' ? { ...init, body: validJson(init.body) } : init);
}

/** JSON without what databases refuse. */
export function validJson(json: string): string {
  return json.includes('\\u0000') || json.includes('\\ud')
    ? json.replaceAll(ESCAPE, (_, before: string) => `${before}\uFFFD`)
    : json;
}
