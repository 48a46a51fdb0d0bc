import { readFile, realpath } from 'node:fs/promises';
import { basename, dirname, join, relative, resolve, sep } from 'node:path';
import type { FileProvider } from '@signalbox/compiler';
import { EXIT, CliError } from './exit-codes.ts';
import { repositoryRootOf } from './git.ts';

/** A pipeline file on this machine, seen from the root of its repository (or its folder, outside of one). */
export interface LocalPipeline {
  readonly root: string;
  /** With `/`, relative to the root. */
  readonly path: string;
  readonly files: FileProvider;
}

/** Finds a pipeline file; a missing one is said in one sentence. */
export async function localPipeline(file: string): Promise<LocalPipeline> {
  const wanted = resolve(file);
  const found = await realpath(wanted).catch(() => undefined);
  if (found === undefined)
    throw new CliError(EXIT.notFound, `There is no file ${file}. Name the pipeline's YAML file.`);
  const root = (await repositoryRootOf(dirname(found))) ?? dirname(found);
  return {
    root,
    path: relative(root, found).split(sep).join('/') || basename(found),
    files: filesBelow(root),
  };
}

/** Reads files below a folder and nowhere else, links that lead out of it included. */
function filesBelow(root: string): FileProvider {
  return {
    async read(path) {
      const file = await realpath(join(root, path)).catch(() => undefined);
      if (file === undefined || !file.startsWith(root + sep)) return undefined;
      return readFile(file, 'utf8').catch(() => undefined);
    },
  };
}
