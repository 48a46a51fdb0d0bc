import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** The folder that holds the root package.json. */
export const root: string = fileURLToPath(new URL('..', import.meta.url));

/** Runs one program in the repository root with its output shown; true when it exits with 0. */
export function run(program: string, args: readonly string[]): boolean {
  const result = spawnSync(program, args, { cwd: root, stdio: 'inherit' });
  if (result.error) console.error(result.error.message);
  return result.status === 0;
}

/** Runs the program a root dependency installs, by its file, so that neither npx nor a shell is involved. */
export function runNode(file: string, args: readonly string[]): boolean {
  return run(process.execPath, [file, ...args]);
}
