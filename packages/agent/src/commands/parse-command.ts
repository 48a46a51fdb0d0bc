/** A logging command `##vso[area.event key=value;…]data` (LOG-1). */
export interface LoggingCommand {
  /** Lower case. */
  readonly area: string;
  /** Lower case. */
  readonly event: string;
  /** Keys in lower case; only those with a value (LOG-3). */
  readonly properties: ReadonlyMap<string, string>;
  readonly data: string;
}

/** What a line is as far as logging commands go. */
export type ParsedLine =
  | { readonly kind: 'text' }
  | { readonly kind: 'command'; readonly command: LoggingCommand }
  /** Mentions `##vso` but cannot be read (LOG-4). */
  | { readonly kind: 'malformed' };

const PREFIX = '##vso[';

/** Finds the command in a line; `decodePercent` is off where `DECODE_PERCENTS` says so (LOG-2). */
export function parseCommand(line: string, decodePercent = true): ParsedLine {
  if (!line.includes('##vso')) return { kind: 'text' };
  const start = line.indexOf(PREFIX);
  const end = line.indexOf(']', start);
  if (start < 0 || end < 0) return { kind: 'malformed' };
  const info = line.slice(start + PREFIX.length, end);
  const space = info.indexOf(' ');
  const name = space < 0 ? info : info.slice(0, space);
  const [area, event, ...rest] = name.split('.').filter((part) => part !== '');
  if (area === undefined || event === undefined || rest.length > 0) return { kind: 'malformed' };
  const properties = readProperties(space < 0 ? '' : info.slice(space + 1), decodePercent);
  const data = unescapeText(line.slice(end + 1), decodePercent);
  return {
    kind: 'command',
    command: { area: area.toLowerCase(), event: event.toLowerCase(), properties, data },
  };
}

function readProperties(text: string, decodePercent: boolean): ReadonlyMap<string, string> {
  const properties = new Map<string, string>();
  for (const pair of text.split(';')) {
    const equals = pair.indexOf('=');
    const key = pair.slice(0, equals).trim().toLowerCase();
    const value = pair.slice(equals + 1);
    if (equals > 0 && key !== '' && value !== '') properties.set(key, unescapeText(value, decodePercent));
  }
  return properties;
}

const ESCAPES: readonly (readonly [string, string])[] = [
  [';', '%3B'],
  ['\r', '%0D'],
  ['\n', '%0A'],
  [']', '%5D'],
];

/** Undoes the escapes; the percent sign last, so that an escaped escape stays text (LOG-2). */
function unescapeText(text: string, decodePercent: boolean): string {
  let plain = text;
  if (!plain.includes('%')) return plain;
  for (const [character, escape] of ESCAPES) plain = plain.replaceAll(escape, character);
  return decodePercent ? plain.replaceAll('%AZP25', '%') : plain;
}
