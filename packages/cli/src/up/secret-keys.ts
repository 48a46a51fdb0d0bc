import type { KeySource } from '@signalbox/server';
import { CliError, EXIT } from '../exit-codes.ts';
import type { UpOptions } from './up-options.ts';

const VARIABLE = 'SIGNALBOX_SECRET_KEYS';

/**
 * Where the keys of the secrets come from: a command that unwraps those of a file, a file, the environment, or, when
 * nothing is said, the data folder. More than one of them is refused: nobody could tell which one counts.
 */
export function secretKeys({
  secretKeyFile: file,
  secretKeyCommand: command,
}: UpOptions): KeySource | undefined {
  const text = process.env[VARIABLE];
  if (command !== undefined && file === undefined)
    throw new CliError(
      EXIT.usage,
      '--secret-key-command needs --secret-key-file: the file with the wrapped keys.',
    );
  if (text !== undefined && file !== undefined)
    throw new CliError(
      EXIT.usage,
      `There are keys in ${VARIABLE} and in --secret-key-file. Give one of them.`,
    );
  if (text !== undefined) return { kind: 'environment', name: VARIABLE, text };
  if (file === undefined) return undefined;
  return command === undefined
    ? { kind: 'file', file }
    : { kind: 'command', file, command: commandOf(command) };
}

/** A program with its arguments, as a JSON list: no shell, so nothing has to be quoted for one. */
function commandOf(text: string): readonly [string, ...string[]] {
  const [program, ...args] = listOf(text);
  if (program === undefined)
    throw new CliError(
      EXIT.usage,
      '--secret-key-command must be a JSON list of texts: ["/usr/bin/unwrap", "--key", "prod"].',
    );
  return [program, ...args];
}

function listOf(text: string): readonly string[] {
  try {
    const value = JSON.parse(text) as unknown;
    return Array.isArray(value) && value.every((one) => typeof one === 'string') ? value : [];
  } catch {
    return [];
  }
}
