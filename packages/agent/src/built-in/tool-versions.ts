import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import semver from 'semver';
import type { StepTry } from '../steps/step-handler.ts';
import { askProgram } from './run-program.ts';

/** A tool that is on this machine. */
export interface FoundTool {
  readonly version: string;
  readonly folder: string;
}

/** The newest version of a tool in `_tool/<name>/<version>/<architecture>` that a range takes (WS-3). */
export async function cachedTool(
  step: StepTry,
  { name, range, architecture = process.arch }: ToolWish,
): Promise<FoundTool | undefined> {
  const parent = join(step.layout.tools, name);
  const versions = await readdir(parent).catch(() => []);
  const fitting = versions.filter((version) => takes(range, version)).toSorted(semver.rcompare);
  for (const version of fitting) {
    const folder = join(parent, version, architecture);
    const found = await stat(folder).catch(() => undefined);
    if (found?.isDirectory() === true) return { version, folder };
  }
  return undefined;
}

/** What is wanted: versions as npm writes ranges, `10.x`, `>=3.8 <4`. */
export interface ToolWish {
  readonly name: string;
  readonly range: string;
  readonly architecture?: string;
}

/** True when a range takes a version; a range that cannot be read takes none. */
export function takes(range: string, version: string, prerelease = false): boolean {
  return (
    semver.valid(version) !== null && semver.satisfies(version, range, { includePrerelease: prerelease })
  );
}

/** The version that a program tells of itself, as `v1.2.3` or `Name 1.2.3`; undefined: it is not there. */
export async function programVersion(
  step: StepTry,
  name: string,
  args: readonly string[],
): Promise<string | undefined> {
  const text = await askProgram(step, { name, args });
  return text === undefined ? undefined : (/\d+\.\d+\.\d+(?:-[\w.]+)?/.exec(text)?.[0] ?? undefined);
}

/** Puts a folder before `PATH` for this and later steps, as `task.prependpath` does (LOG-22). */
export function prependPath({ output: { prependPath: folders } }: StepTry, folder: string): void {
  const before = folders.indexOf(folder);
  if (before >= 0) folders.splice(before, 1);
  folders.unshift(folder);
}

/** Sets a variable for later steps; with `output`, as an output of the step, too (VAR-11, CTX-1). */
export function setVariable(step: StepTry, name: string, value: string, isOutput = false): void {
  const { output } = step;
  const stored = isOutput ? `${output.stepName}.${name}` : name;
  if (isOutput) output.output(stored, value, false);
  output.variables.set({ name: stored, value, secret: false, readonly: isOutput });
}
