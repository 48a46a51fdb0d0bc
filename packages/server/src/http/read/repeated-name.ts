const QUOTE = 0x22;
const BACKSLASH = 0x5c;

/**
 * The first property that an object of a JSON text names twice: readers would disagree on which of the two counts.
 * `json` is valid JSON; undefined when no object does so.
 */
export function repeatedName(json: string): string | undefined {
  // The names of each open object; a list has none.
  const open: (Set<string> | undefined)[] = [];
  let isName = false;
  for (let at = 0; at < json.length; at += 1) {
    const sign = json[at];
    if (sign === '{' || sign === '[') {
      isName = sign === '{';
      open.push(isName ? new Set() : undefined);
    } else if (sign === '}' || sign === ']') open.pop();
    else if (sign === ',') isName = open.at(-1) !== undefined;
    else if (sign === '"') {
      const text = json.slice(at, endOfText(json, at) + 1);
      if (isName && isKnown(open.at(-1), text)) return JSON.parse(text) as string;
      isName = false;
      at += text.length - 1;
    }
  }
  return undefined;
}

/** Where the quote stands that ends the text which begins at `start`. */
function endOfText(json: string, start: number): number {
  let at = start + 1;
  for (; json.charCodeAt(at) !== QUOTE; at += 1) if (json.charCodeAt(at) === BACKSLASH) at += 1;
  return at;
}

function isKnown(names: Set<string> | undefined, quoted: string): boolean {
  if (names === undefined) return false;
  // The same name can be written in several ways.
  const name = quoted.includes('\\') ? (JSON.parse(quoted) as string) : quoted.slice(1, -1);
  if (names.has(name)) return true;
  names.add(name);
  return false;
}
