import { readPolicyFile, type PolicyFileResult, type PolicyLock } from '@signalbox/compiler';
import { readFile } from 'node:fs/promises';
import { EXIT, CliError } from '../exit-codes.ts';
import { invalid } from '../local/compile-local.ts';
import { STDIN_NAME } from '../local/pipeline-finder.ts';
import type { Terminal } from '../output/terminal.ts';

/** Where the commands look unless they are told. */
export const POLICY_FILE = 'signalbox.policy.yml';

/** The name of a policy file in messages, and what it says. `-` is the standard input. */
export async function checkedFile(
  terminal: Terminal,
  path: string,
): Promise<{ readonly name: string; readonly result: PolicyFileResult }> {
  const name = path === '-' ? STDIN_NAME : path;
  const text = path === '-' ? await terminal.input() : await textOf(path);
  return { name, result: readPolicyFile(name, text) };
}

/** The locks of a file; one that is not valid ends the command with all its mistakes. */
export async function locksOf(terminal: Terminal, path: string): Promise<readonly PolicyLock[]> {
  const { name, result } = await checkedFile(terminal, path);
  if (result.ok) return result.locks;
  throw invalid(name, result.diagnostics);
}

async function textOf(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    const { code = 'unreadable' } = error as NodeJS.ErrnoException;
    const why = code === 'ENOENT' ? 'There is no file' : `The file cannot be read (${code}):`;
    throw new CliError(EXIT.notFound, `${why} ${path}. Write one from the server: signalbox policy export`);
  }
}
