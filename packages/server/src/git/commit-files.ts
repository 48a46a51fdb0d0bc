import type { FileProvider } from '@signalbox/compiler';
import { FILE_BYTES } from '../limits.ts';
import { git, RepositoryError } from './git-program.ts';
import type { Mirror } from './mirror.ts';

/** The first line of a commit's message is enough for people. */
const MESSAGE_LENGTH = 500;

/** A commit that was found. */
export interface Commit {
  readonly id: string;
  readonly message: string;
}

/** The commit that a ref or an id names now. */
export async function findCommit(mirror: Mirror, name: string): Promise<Commit> {
  const id = await resolve(mirror, name);
  const format = ['log', '-1', '--format=%B', '--end-of-options', id];
  const message = String(await git(format, mirror))
    .trim()
    .slice(0, MESSAGE_LENGTH);
  return { id, message };
}

async function resolve(mirror: Mirror, name: string): Promise<string> {
  const question = ['rev-parse', '--verify', '--quiet', '--end-of-options', `${name}^{commit}`];
  const found = await git(question, mirror).then(
    (text) => String(text).trim(),
    () => '',
  );
  if (/^[\da-f]{40,64}$/.test(found)) return found;
  throw new RepositoryError(
    `The repository has no ${name.startsWith('refs/') ? `branch ${name}` : `commit ${name}`}.`,
  );
}

/** The files of one commit, read from the object store: no path can leave the tree (TH11, INV-81). */
export function commitFiles(mirror: Mirror, commit: string): FileProvider {
  return {
    async read(path) {
      const clean = cleanPath(path);
      if (clean === undefined) return undefined;
      const spec = `${commit}:${clean}`;
      const type = await git(['cat-file', '-t', '--end-of-options', spec], mirror).then(String, () => '');
      if (type.trim() !== 'blob') return undefined;
      const text = await git(['cat-file', 'blob', spec], { ...mirror, maxBytes: FILE_BYTES });
      return text.toString('utf8');
    },
  };
}

/** A path from the root of the repository; undefined for what cannot be one. */
function cleanPath(path: string): string | undefined {
  const parts = path
    .replaceAll('\\', '/')
    .split('/')
    .filter((part) => part !== '' && part !== '.');
  const isPlain =
    parts.length > 0 && !parts.includes('..') && !path.includes('\u0000') && !parts[0]?.startsWith('-');
  return isPlain ? parts.join('/') : undefined;
}
