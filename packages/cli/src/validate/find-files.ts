import { readFile, stat } from 'node:fs/promises';
import { relative, resolve } from 'node:path';
import { glob, isDynamicPattern } from 'tinyglobby';
import { EXIT, CliError } from '../exit-codes.ts';

/** A file to check. */
export interface FoundFile {
  /** As a person would name it from here. */
  readonly name: string;
  /** Named by itself. Others were found by a folder or a pattern, and may turn out to be templates. */
  readonly named: boolean;
}

/** Folders that hold no pipelines of the project itself. */
const IGNORED = ['**/node_modules/**', '**/.git/**'];

/** A pipeline's own key at the start of a line; other YAML files have none of them. */
const PIPELINE_KEY = /^(?:"|')?(?:stages|jobs|steps|extends)(?:"|')?\s*:/m;

/**
 * The files that arguments name: a file is taken as it is, a folder stands for the YAML files below it, a pattern for
 * those it fits. Of the latter two only files with a key of a pipeline are taken. Patterns are expanded here, so quoted
 * ones work in every shell.
 */
export async function findFiles(named: readonly string[]): Promise<readonly FoundFile[]> {
  const found = new Map<string, FoundFile>();
  for (const argument of named) {
    const files = await filesOf(argument);
    for (const file of files) {
      const known = found.get(resolve(file.name));
      if (known === undefined || file.named) found.set(resolve(file.name), file);
    }
  }
  return [...found.values()];
}

async function filesOf(argument: string): Promise<readonly FoundFile[]> {
  const place = await stat(argument).catch(() => undefined);
  if (place?.isFile() === true) return [{ name: argument, named: true }];
  if (place?.isDirectory() !== true && !isDynamicPattern(argument)) {
    throw new CliError(EXIT.notFound, `There is no file ${argument}. Name YAML files, folders or patterns.`);
  }
  const matches = await (place === undefined
    ? matchesOf(argument, '.')
    : matchesOf('**/*.{yml,yaml}', argument));
  const pipelines: FoundFile[] = [];
  for (const file of matches) {
    if (await isPipeline(file)) pipelines.push({ name: relative('.', file), named: false });
  }
  if (pipelines.length > 0) return pipelines;
  const what = place === undefined ? `fits ${argument}` : `is below ${argument}`;
  const seen =
    matches.length === 0
      ? ''
      : `; of the ${matches.length} files there none has stages, jobs, steps or extends`;
  throw new CliError(
    EXIT.notFound,
    `No pipeline file ${what}${seen}. Quote patterns, so that the shell leaves them alone.`,
  );
}

async function matchesOf(pattern: string, folder: string): Promise<readonly string[]> {
  const options = { cwd: folder, ignore: IGNORED, dot: true, absolute: true, expandDirectories: false };
  const matches = await glob(pattern, options);
  // `ignore` spares the walk; it does not fit paths that begin with `../`.
  return matches.filter((file) => !/\/(?:node_modules|\.git)\//.test(file)).toSorted();
}

async function isPipeline(file: string): Promise<boolean> {
  return PIPELINE_KEY.test(await readFile(file, 'utf8').catch(() => ''));
}
