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

/** More YAML files than this are not looked through. */
const LIST_BYTES = 32 * 1024 * 1024;

/** The YAML files of one commit, in the order of their paths; those that have a key of a pipeline are marked. */
export async function yamlFiles(mirror: Mirror, commit: string): Promise<readonly YamlFile[]> {
  const bounds = { ...mirror, maxBytes: LIST_BYTES };
  const all = await git(['ls-tree', '-r', '-z', '--name-only', '--full-tree', commit], bounds);
  // git says 1 when no file has such a line.
  const keyed = await git(
    ['grep', '-I', '-z', '-l', '-E', PIPELINE_KEY, commit, '--', '*.yml', '*.yaml'],
    bounds,
  ).catch((error: unknown) => {
    if (error instanceof RepositoryError && exitCodeOf(error) === 1) return '';
    throw error;
  });
  const found = new Set(namesIn(keyed).map((one) => one.slice(commit.length + 1)));
  return namesIn(all)
    .filter((path) => /\.ya?ml$/i.test(path))
    .map((path) => ({ path, hasPipelineKey: found.has(path) }));
}

/** A YAML file of a commit. */
export interface YamlFile {
  readonly path: string;
  /** A line of it begins with `stages`, `jobs`, `steps` or `extends`. */
  readonly hasPipelineKey: boolean;
}

const PIPELINE_KEY = '^(stages|jobs|steps|extends):';

function namesIn(list: Buffer | string): readonly string[] {
  return String(list).split('\0').filter(Boolean);
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
