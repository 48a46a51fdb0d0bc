import { chmodSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';

/** Where the server keeps its data unless told otherwise: `SIGNALBOX_DATA`, else `~/.signalbox`. */
export function defaultDataFolder(): string {
  return process.env['SIGNALBOX_DATA'] ?? join(homedir(), '.signalbox');
}

/** The file that holds the administrator's token when the server made one itself; readable by its owner only. */
export function tokenFile(dataFolder: string): string {
  return join(dataFolder, 'admin-token');
}

/** The administrator's token that a server on this machine left in its data folder, if any. */
export function readLocalToken(dataFolder: string): string | undefined {
  try {
    return readFileSync(tokenFile(dataFolder), 'utf8').trim() || undefined;
  } catch {
    return undefined;
  }
}

/** Keeps a token in the data folder with mode 0600. */
export function writeLocalToken(dataFolder: string, token: string): void {
  mkdirSync(dataFolder, { recursive: true, mode: 0o700 });
  writeFileSync(tokenFile(dataFolder), `${token}\n`, { mode: 0o600 });
  // `mode` above only counts when the file is new.
  chmodSync(tokenFile(dataFolder), 0o600);
}
