import { opendir, readFile, realpath, stat } from 'node:fs/promises';
import { basename, join, relative, sep } from 'node:path';
import ignore from 'ignore';
import { FilesError } from './job-files.ts';

/** A file that is to be sent. */
export interface LocalFile {
  /** In the artifact, with `/` between its parts. */
  readonly path: string;
  /** On this machine. */
  readonly from: string;
}

/** What a folder, or a single file, has to send, by path. */
export interface LocalFiles {
  readonly files: readonly LocalFile[];
  /** Folders with nothing in them. */
  readonly folders: readonly string[];
}

/** Leaves out files of a published folder, in the words of `.gitignore` (ART-5). */
const IGNORE_FILE = '.artifactignore';

/**
 * Lists what is to be sent. A link to a file inside the folder is sent as that file; every other link is refused: it
 * leads out, or round in circles (TH11).
 */
export async function listFiles(path: string): Promise<LocalFiles> {
  const root = await realpath(path).catch(() => undefined);
  if (root === undefined) throw new FilesError(`The path "${path}" does not exist.`);
  if ((await stat(root)).isFile()) return { files: [{ path: basename(path), from: root }], folders: [] };
  const found: Found = { files: [], folders: [], root, isIgnored: await ignored(root) };
  await walk(found, root);
  const byPath = (a: string, b: string): number => (a < b ? -1 : 1);
  return {
    files: found.files.toSorted((a, b) => byPath(a.path, b.path)),
    folders: found.folders.toSorted(byPath),
  };
}

interface Found {
  readonly files: LocalFile[];
  readonly folders: string[];
  readonly root: string;
  readonly isIgnored: (path: string) => boolean;
}

async function ignored(root: string): Promise<Found['isIgnored']> {
  const text = await readFile(join(root, IGNORE_FILE), 'utf8').catch(() => undefined);
  if (text === undefined) return () => false;
  const rules = ignore().add(text);
  return (path) => rules.ignores(path);
}

async function walk(found: Found, folder: string): Promise<void> {
  let isEmpty = true;
  for await (const entry of await opendir(folder)) {
    isEmpty = false;
    const from = join(folder, entry.name);
    const path = pathIn(found.root, from);
    if (entry.isDirectory()) {
      if (!found.isIgnored(`${path}/`)) await walk(found, from);
    } else if (!found.isIgnored(path)) {
      if (entry.isSymbolicLink()) await checkLink(found, from);
      else if (!entry.isFile()) throw new FilesError(`"${path}" is neither a file nor a folder.`);
      found.files.push({ path, from });
    }
  }
  if (isEmpty && folder !== found.root) found.folders.push(pathIn(found.root, folder));
}

function pathIn(root: string, path: string): string {
  return relative(root, path).split(sep).join('/');
}

async function checkLink({ root }: Found, link: string): Promise<void> {
  const target = await realpath(link).catch(() => undefined);
  const isInside = target?.startsWith(`${root}${sep}`) === true;
  if (isInside && (await stat(target)).isFile()) return;
  const path = pathIn(root, link);
  throw new FilesError(`"${path}" is a link that does not lead to a file of the published folder.`);
}
