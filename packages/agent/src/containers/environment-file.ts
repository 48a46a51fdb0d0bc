import { randomUUID } from 'node:crypto';
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Environment variables on their way into a container: no value is in a command line. */
export interface EnvironmentFile {
  /** Words for the command. */
  readonly args: readonly string[];
  /** Values that a file cannot hold: the command has them in its own environment, and names them. */
  readonly environment: Readonly<Record<string, string>>;
  /** Deletes the file. */
  remove(): void;
}

/** Writes the variables into a file that only the agent can read; one line each is all its format has. */
export function environmentFile(
  variables: Readonly<Record<string, string>>,
  folder: string,
): EnvironmentFile {
  const entries = Object.entries(variables).filter(([name]) => /^[^\s=#][^\s=]*$/.test(name));
  if (entries.length === 0) return { args: [], environment: {}, remove() {} };
  const lines = entries.filter(([, value]) => !/[\r\n]/.test(value));
  const others = entries.filter(([, value]) => /[\r\n]/.test(value));
  const path = join(folder, `${randomUUID()}.env`);
  writeFileSync(path, lines.map(([name, value]) => `${name}=${value}\n`).join(''), { mode: 0o600 });
  return {
    args: ['--env-file', path, ...others.flatMap(([name]) => ['--env', name])],
    environment: Object.fromEntries(others),
    remove: () => rmSync(path, { force: true }),
  };
}
