import { dirname, resolve } from 'node:path';
import { mkdir, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { defaultFolder } from '../steps/script-file.ts';
import type { StepTry } from '../steps/step-handler.ts';

/** A path that an input names, seen from the sources; none is the sources folder itself. */
export function sourcePath(step: StepTry, input: string): string {
  return resolve(step.layout.sources, step.inputs.text(input));
}

/** A path that an input names, seen from where scripts start. */
export function workPath(step: StepTry, input: string): string {
  return resolve(defaultFolder(step), step.inputs.text(input));
}

/** Makes a folder empty; it is there afterwards. Links in it are removed, not followed. */
export async function emptyFolder(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  for (const name of await readdir(folder)) await rm(join(folder, name), { recursive: true, force: true });
}

/** True for the root of a file system, which no task empties or removes. */
export function isRoot(path: string): boolean {
  return dirname(resolve(path)) === resolve(path);
}
