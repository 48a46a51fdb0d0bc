import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { realpath } from 'node:fs/promises';

const run = promisify(execFile);

/** Runs git and answers what it printed, without the last line break; `undefined` when it failed. */
export async function git(
  args: readonly string[],
  options: { readonly cwd: string; readonly env?: Readonly<Record<string, string>> },
): Promise<string | undefined> {
  try {
    const { stdout } = await run('git', [...args], {
      cwd: options.cwd,
      env: { ...process.env, GIT_TERMINAL_PROMPT: '0', ...options.env },
      maxBuffer: 64 * 1024 * 1024,
    });
    return stdout.trimEnd();
  } catch {
    return undefined;
  }
}

/** The top folder of the git work tree that holds a folder; `undefined` outside of one. */
export async function repositoryRootOf(folder: string): Promise<string | undefined> {
  const top = await git(['rev-parse', '--show-toplevel'], { cwd: folder });
  return top === undefined || top === '' ? undefined : realpath(top);
}
