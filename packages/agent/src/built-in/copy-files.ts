import { copyFile, lstat, mkdir, rm, stat, utimes } from 'node:fs/promises';
import { basename, dirname, join, relative } from 'node:path';
import { failed, SUCCEEDED, type StepEnd, type StepTry } from '../steps/step-handler.ts';
import { builtIn } from './built-in.ts';
import { findFiles } from './find-files.ts';
import { emptyFolder, isRoot, sourcePath, workPath } from './input-path.ts';
import type { StepHandler } from '../steps/step-handler.ts';

/** CopyFiles@2: files that patterns choose, with their folders or without. */
export const copyFiles: StepHandler = builtIn('CopyFiles@2', async (step) => {
  const { inputs, output } = step;
  if (inputs.text('TargetFolder') === '') return failed('Input required: TargetFolder');
  const source = sourcePath(step, 'SourceFolder');
  const target = workPath(step, 'TargetFolder');
  const sourceStatus = await stat(source).catch(() => undefined);
  if (sourceStatus?.isDirectory() !== true) return failed(`Not found SourceFolder: ${source}`);
  const found = await findFiles(inputs.text('Contents'), {
    root: source,
    dot: true,
    followLinks: true,
    signal: step.stop,
  });
  const files = await onlyFiles(found);
  output.info(`Found ${files.length} files to copy from ${source} to ${target}.`);
  if (inputs.isTrue('CleanTargetFolder')) {
    if (isRoot(target)) return failed(`The folder ${target} is never cleaned.`);
    await emptyFolder(target);
  }
  return copyAll(step, { source, target, files });
});

async function onlyFiles(paths: readonly string[]): Promise<readonly string[]> {
  const statuses = await Promise.all(paths.map((path) => stat(path).catch(() => undefined)));
  return paths.filter((_, at) => statuses[at]?.isFile() === true);
}

interface Copies {
  readonly source: string;
  readonly target: string;
  readonly files: readonly string[];
}

async function copyAll(step: StepTry, { source, target, files }: Copies): Promise<StepEnd> {
  const flat = step.inputs.isTrue('flattenFolders');
  for (const from of files) {
    step.stop.throwIfAborted();
    const to = join(target, flat ? basename(from) : relative(source, from));
    try {
      await mkdir(dirname(to), { recursive: true });
    } catch (error) {
      if (!step.inputs.isTrue('ignoreMakeDirErrors')) throw error;
    }
    await copyOne(step, from, to);
  }
  return SUCCEEDED;
}

async function copyOne(step: StepTry, from: string, to: string): Promise<void> {
  const { inputs, output } = step;
  const there = await lstat(to).catch(() => undefined);
  if (there?.isDirectory() === true) throw new Error(`There is a folder in place of the file ${to}.`);
  if (there !== undefined && !inputs.isTrue('OverWrite')) {
    output.info(`File ${to} exists already; it stays.`);
    return;
  }
  // A link at the target is replaced, not written through.
  if (there?.isSymbolicLink() === true) await rm(to);
  output.info(`Copying ${from} to ${to}`);
  await withRetries(step, () => copyFile(from, to));
  if (!inputs.isTrue('preserveTimestamp')) return;
  const { atime, mtime } = await stat(from);
  await utimes(to, atime, mtime);
}

async function withRetries(step: StepTry, act: () => Promise<void>): Promise<void> {
  const retries = Math.max(0, Math.trunc(Number(step.inputs.text('retryCount'))) || 0);
  const pause = Math.max(0, Number(step.inputs.text('delayBetweenRetries')) || 0);
  for (let left = retries; ; left -= 1) {
    try {
      return await act();
    } catch (error) {
      if (left === 0) throw error;
      step.output.info(
        `It is tried again in ${pause} ms: ${error instanceof Error ? error.message : String(error)}`,
      );
      await step.host.clock.sleep(pause, step.stop);
    }
  }
}
