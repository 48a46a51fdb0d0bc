import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, renameSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { entriesOf, KeyError, newKeyText, ringOf, type KeyRing } from './key-ring.ts';

/**
 * Where a server has the keys of its secrets from. `own`: the file in the data folder, which the server makes and
 * changes itself. `file`: one that somebody else looks after. `environment`: a variable. `command`: each entry of a file
 * is a wrapped key, which a program unwraps at the start: it gets the entry on its standard input and prints the key.
 */
export type KeySource =
  | { readonly kind: 'own'; readonly file: string }
  | { readonly kind: 'file'; readonly file: string }
  | { readonly kind: 'environment'; readonly name: string; readonly text: string }
  | { readonly kind: 'command'; readonly command: readonly [string, ...string[]]; readonly file: string };

/** The file in the data folder. */
export function ownKeys(dataFolder: string): KeySource {
  return { kind: 'own', file: join(dataFolder, 'secret.key') };
}

/** How long the program of a `command` may take, and how much it may print. */
const UNWRAP_MS = 20_000;
const UNWRAP_BYTES = 4096;

/** Reads the keys; makes the one of the data folder if there is none. Throws a `KeyError`. */
export function readKeys(source: KeySource): KeyRing {
  switch (source.kind) {
    case 'own':
      makeOwn(source.file);
      return ringOf(entriesOf(textOf(source.file)), source.file);
    case 'file':
      return ringOf(entriesOf(textOf(source.file)), source.file);
    case 'environment':
      return ringOf(entriesOf(source.text), source.name);
    case 'command': {
      const wrapped = entriesOf(textOf(source.file));
      return ringOf(
        wrapped.map((entry) => unwrapped(source.command, entry)),
        `What ${source.command[0]} prints for ${source.file}`,
      );
    }
  }
}

/** Tells two states of a file of keys apart; undefined for what cannot change while the server runs. */
export function stampOf(source: KeySource): string | undefined {
  if (source.kind !== 'own' && source.kind !== 'file') return undefined;
  try {
    const { mtimeMs, ino, size } = statSync(source.file);
    return `${mtimeMs} ${ino} ${size}`;
  } catch {
    // It is looked for when it is read.
    return undefined;
  }
}

/** Puts a new key in front of those of the data folder, all or nothing. */
export function addOwnKey(file: string): void {
  writeOwn(file, [newKeyText(), ...entriesOf(textOf(file))]);
}

/** Takes a key out of those of the data folder, all or nothing. */
export function removeOwnKey(file: string, id: string): void {
  writeOwn(
    file,
    entriesOf(textOf(file)).filter((entry) => ringOf([entry], file).active.id !== id),
  );
}

function makeOwn(file: string): void {
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  try {
    // `wx`: of two that start at once, one makes the key and both read it.
    writeFileSync(file, newKeyText(), { mode: 0o600, flag: 'wx' });
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
  }
}

function writeOwn(file: string, entries: readonly string[]): void {
  const draft = `${file}.${process.pid}.new`;
  // Durable before it takes the old one's place: a key that is lost takes every secret with it.
  writeFileSync(draft, `${entries.join('\n')}\n`, { mode: 0o600, flush: true });
  renameSync(draft, file);
}

function textOf(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (cause) {
    throw new KeyError(`The keys in ${file} cannot be read. Name a file that the server may read.`, {
      cause,
    });
  }
}

// No shell: the program gets its arguments as they are.
function unwrapped([program, ...args]: readonly [string, ...string[]], entry: string): string {
  try {
    const printed = execFileSync(program, args, {
      input: entry,
      timeout: UNWRAP_MS,
      killSignal: 'SIGKILL',
      maxBuffer: UNWRAP_BYTES,
      stdio: ['pipe', 'pipe', 'ignore'],
    });
    return printed.toString('utf8').trim();
  } catch (error) {
    // The error of the child holds what it printed: it stays here.
    throw new KeyError(
      `${program} did not unwrap a key: ${reasonOf(error)}. Try it by hand with the same arguments.`,
    );
  }
}

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return 'it failed';
  const { code, status } = error as { readonly code?: unknown; readonly status?: unknown };
  if (code === 'ETIMEDOUT') return `it took longer than ${UNWRAP_MS / 1000} s`;
  if (code === 'ENOBUFS') return `it printed more than ${UNWRAP_BYTES} bytes`;
  if (code === 'ENOENT') return 'there is no such program';
  return typeof status === 'number' ? `it ended with ${status}` : 'it could not be run';
}
