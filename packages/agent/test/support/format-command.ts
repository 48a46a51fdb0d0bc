import type { LoggingCommand } from '../../src/commands/parse-command.ts';

const ESCAPES: readonly (readonly [string, string])[] = [
  [';', '%3B'],
  ['\r', '%0D'],
  ['\n', '%0A'],
  [']', '%5D'],
];

/** Writes a command as a well-behaved task does; `parseCommand` reads it again. */
export function formatCommand({ area, event, properties, data }: LoggingCommand): string {
  const pairs = [...properties].map(([key, value]) => `${key}=${escapeText(value)}`);
  const head = [`${area}.${event}`, pairs.join(';')].filter((part) => part !== '').join(' ');
  return `##vso[${head}]${escapeText(data)}`;
}

function escapeText(text: string): string {
  return ESCAPES.reduce(
    (escaped, [character, escape]) => escaped.replaceAll(character, escape),
    text.replaceAll('%', '%AZP25'),
  );
}
