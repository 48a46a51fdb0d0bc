import type { FileProvider } from '@signalbox/compiler';
import { FILE_BYTES } from '../limits.ts';
import { exitCodeOf, git, RepositoryError } from './git-program.ts';
import type { Mirror } from './mirror.ts';

/** The first line of a commit's message is enough for people. */
const MESSAGE_LENGTH = 500;

/** With this code git says that it cannot do what it is asked. */
const NOT_THERE = 128;

/** A commit that was found. */
export interface Commit {
  readonly id: string;
  readonly message: string;
}

/** The commit that a ref or an id names now. One call of git: a busy server feels each. */
export async function findCommit(mirror: Mirror, name: string): Promise<Commit> {
  const format = ['log', '-1', '--format=%H%n%B', '--end-of-options', `${name}^{commit}`];
  const [id = '', ...message] = await git(format, mirror).then(
    (text) => String(text).split('\n'),
    () => [],
  );
  if (/^[\da-f]{40,64}$/.test(id)) return { id, message: message.join('\n').trim().slice(0, MESSAGE_LENGTH) };
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
      const blob = git(['cat-file', 'blob', spec], { ...mirror, maxBytes: FILE_BYTES });
      return blob.then(String, absent);
    },
  };
}

/** What git answers for a path that leads nowhere, or not to a file. Everything else went wrong. */
function absent(error: unknown): undefined {
  if (error instanceof RepositoryError && exitCodeOf(error) === NOT_THERE) return undefined;
  throw error;
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
