import { macroParts, type VariableLookup } from '@signalbox/expressions';

/** What kind of text a macro stands in; it decides how a value is put in. */
export type Spot =
  /** As it is: a header's value, a whole address. */
  | 'text'
  /** Behind the address of a connection: percent-encoded, so that a value adds no path and no parameter. */
  | 'address'
  /** A JSON body: inside a string it stays inside. */
  | 'json'
  /** An expression: inside quotes it stays inside; elsewhere it is part of the expression (HOOK-9). */
  | 'criteria';

/**
 * Replaces each `$(name)` that has a value; others stay as they are (VAR-8). The text belongs to whoever protects the
 * resource, the values often to authors of pipelines, who must not rewrite the check by them (TH1).
 */
export function fill(text: string, spot: Spot, lookup: VariableLookup): string {
  let result = '';
  for (const part of macroParts(text)) {
    if ('text' in part) {
      result += part.text;
      continue;
    }
    const value = lookup(part.name);
    result += value === undefined ? part.source : WRITE[spot](value, result);
  }
  return result;
}

/** How a value is written behind the text so far. */
const WRITE: Readonly<Record<Spot, (value: string, before: string) => string>> = {
  text: (value) => value,
  // A slash adds no parameter, and refs are full of them; `connected` refuses what leaves the connection's path.
  address: (value) =>
    encodeURIComponent(value.replaceAll(/\p{Surrogate}/gu, '\uFFFD')).replaceAll('%2F', '/'),
  json: (value, before) => (isInJsonString(before) ? JSON.stringify(value).slice(1, -1) : value),
  criteria: (value, before) => (isInQuotes(before) ? value.replaceAll("'", "''") : value),
};

/** An odd number of quotes lies before it: two of them inside a text stand for one, and do not count. */
function isInQuotes(before: string): boolean {
  return before.split("'").length % 2 === 0;
}

function isInJsonString(before: string): boolean {
  // A backslash takes the next character out of the count.
  return before.replaceAll(/\\./gs, '').split('"').length % 2 === 0;
}
