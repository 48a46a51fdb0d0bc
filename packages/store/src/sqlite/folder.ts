import { chmodSync, closeSync, mkdirSync, openSync } from 'node:fs';
import { join } from 'node:path';
import { StoreError } from '../errors.ts';
import { Connection, sqliteCode } from './connection.ts';

/** A data folder that this process owns until it lets go or dies. */
export interface OwnedFolder {
  readonly database: string;
  release(): void;
}

/**
 * Takes a data folder for this process. The claim is an exclusive lock on a side database: SQLite takes it with
 * `fcntl`, and the operating system drops it when the process ends, however it ends, so a kill -9 leaves no
 * stale claim behind. It is a file of its own because the second connection must be able to read the main one.
 */
export function ownFolder(folder: string): OwnedFolder {
  prepare(folder);
  const claim = open(join(folder, 'signalbox.lock'), folder);
  try {
    claim.exec('PRAGMA locking_mode = EXCLUSIVE');
    claim.exec('BEGIN EXCLUSIVE');
  } catch (error) {
    claim.close();
    if (sqliteCode(error) !== 'SQLITE_BUSY') throw unusable(folder, error);
    throw new StoreError(
      'in-use',
      `The data folder ${folder} is in use by another process. Stop that process, or give --data another folder.`,
      { cause: error },
    );
  }
  return { database: join(folder, 'signalbox.db'), release: () => claim.close() };
}

function prepare(folder: string): void {
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    for (const name of ['signalbox.lock', 'signalbox.db']) {
      const path = join(folder, name);
      // Made before SQLite sees it: WAL and shared-memory files inherit the mode.
      closeSync(openSync(path, 'a', 0o600));
      chmodSync(path, 0o600);
    }
  } catch (error) {
    throw unusable(folder, error);
  }
}

function open(path: string, folder: string): Connection {
  try {
    return new Connection(path);
  } catch (error) {
    throw unusable(folder, error);
  }
}

function unusable(folder: string, cause: unknown): StoreError {
  const detail = cause instanceof Error ? cause.message : String(cause);
  return new StoreError(
    'folder-unusable',
    `The data folder ${folder} cannot be used (${detail}). Check that it is a folder you may write to.`,
    { cause },
  );
}
