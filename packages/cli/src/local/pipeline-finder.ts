import { readFile, realpath, stat } from 'node:fs/promises';
import { basename, dirname, join, relative, resolve, sep } from 'node:path';
import type { FileProvider } from '@signalbox/compiler';
import { EXIT, CliError } from '../exit-codes.ts';
import { repositoryRootOf } from '../git.ts';

/** A pipeline file on this machine, seen from the root of its repository (or its folder, outside of one). */
export interface LocalPipeline {
  readonly root: string;
  /** With `/`, relative to the root. */
  readonly path: string;
  readonly files: FileProvider;
}

/** Finds pipeline files; asks git about each folder once. */
export interface PipelineFinder {
  /** The pipeline of a file; a missing one is said in one sentence. */
  find(file: string): Promise<LocalPipeline>;
  /** A pipeline that is only text, as if it lay in the current folder. */
  fromText(text: string): Promise<LocalPipeline>;
}

/** How text from the standard input is called in messages. */
export const STDIN_NAME = 'stdin';

/** A finder. `root` is the folder that `--root` named; without one it is git's work tree, else the file's folder. */
export function createPipelineFinder(root?: string): PipelineFinder {
  const roots = new Map<string, Promise<string>>();
  const rootOf = (folder: string): Promise<string> => {
    const known = roots.get(folder) ?? findRoot(folder, root);
    roots.set(folder, known);
    return known;
  };
  return {
    async find(file) {
      const found = await realpath(resolve(file)).catch(() => undefined);
      if (found === undefined)
        throw new CliError(EXIT.notFound, `There is no file ${file}. Name the pipeline's YAML file.`);
      const top = await rootOf(dirname(found));
      const path = relative(top, found).split(sep).join('/') || basename(found);
      if (path.startsWith('../'))
        throw new CliError(EXIT.usage, `${file} is not below ${root ?? top}, which --root names.`);
      return { root: top, path, files: filesBelow(top) };
    },
    async fromText(text) {
      const folder = await realpath('.');
      const top = await rootOf(folder);
      const below = relative(top, folder).split(sep).join('/');
      const path = below === '' ? STDIN_NAME : `${below}/${STDIN_NAME}`;
      return { root: top, path, files: overlay(filesBelow(top), path, text) };
    },
  };
}

async function findRoot(folder: string, given: string | undefined): Promise<string> {
  if (given !== undefined) return checkedFolder(given, '--root');
  return (await repositoryRootOf(folder)) ?? folder;
}

/** The real path of a folder that an option named. */
export async function checkedFolder(folder: string, option: string): Promise<string> {
  const found = await realpath(resolve(folder)).catch(() => undefined);
  if (found !== undefined && (await stat(found)).isDirectory()) return found;
  throw new CliError(EXIT.notFound, `There is no folder ${folder}, which ${option} names.`);
}

/** Reads files below a folder and nowhere else, links that lead out of it included. */
export function filesBelow(root: string): FileProvider {
  const inside = root.endsWith(sep) ? root : root + sep;
  return {
    async read(path) {
      const file = await realpath(join(root, path)).catch(() => undefined);
      if (file === undefined || !file.startsWith(inside)) return undefined;
      return readFile(file, 'utf8').catch(() => undefined);
    },
  };
}

function overlay(files: FileProvider, path: string, text: string): FileProvider {
  return { read: async (asked) => (asked === path ? text : files.read(asked)) };
}
