import { mkdir, stat } from 'node:fs/promises';
import { isAbsolute, join, relative, resolve, sep } from 'node:path';
import { runProgram } from '../built-in/run-program.ts';
import { failed, type StepEnd, type StepTry } from '../steps/step-handler.ts';

/** The folders of a cache: a single one is packed from inside, several as they lie below the workspace. */
export interface CachedFolders {
  readonly base: string;
  readonly members: readonly string[];
}

/** The folders that the input `path` names, one per line; a text is what is wrong with them. */
export function cachedFolders({ inputs, layout }: StepTry, folder: string): CachedFolders | string {
  const paths = inputs
    .text('path')
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .map((line) => resolve(folder, line));
  const [only] = paths;
  if (only === undefined) return 'The input "path" is missing.';
  if (paths.length === 1) return { base: only, members: ['.'] };
  const members = paths.map((path) => relative(layout.root, path));
  const outside = members.find((one) => one === '' || one.startsWith('..') || isAbsolute(one));
  if (outside !== undefined) return 'Several paths must all lie below Pipeline.Workspace.';
  return { base: layout.root, members: members.map((one) => one.split(sep).join('/')) };
}

/** Packs the folders with links and modes as they are; a failed end when there is nothing or no `tar`. */
export async function packCache(
  step: StepTry,
  file: string,
  { base, members }: CachedFolders,
): Promise<StepEnd> {
  for (const member of members) {
    const isThere = await stat(join(base, member)).catch(() => undefined);
    if (isThere === undefined) return failed(`The path "${join(base, member)}" does not exist.`);
  }
  return runProgram(step, { name: 'tar', args: ['-cf', file, '-C', base, '--', ...members], cwd: base });
}

/** Unpacks them; `tar` itself refuses members that lead out of the folder. */
export async function unpackCache(step: StepTry, file: string, { base }: CachedFolders): Promise<StepEnd> {
  await mkdir(base, { recursive: true });
  return runProgram(step, { name: 'tar', args: ['-xf', file, '--no-same-owner', '-C', base], cwd: base });
}
