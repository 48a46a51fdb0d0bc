import type { FileProvider } from '@signalbox/compiler';
import type { Instant } from '@signalbox/model';
import { hasCommits, relationOf } from './ancestry.ts';
import { commitFiles } from './commit-files.ts';
import { git } from './git-program.ts';
import type { Mirror } from './mirror.ts';

/** What a push brought. */
export interface Change {
  /** Of its commits, newest first; of very many the newest. */
  readonly messages: readonly string[];
  /** Who wrote the newest one. */
  readonly author: string;
  /** Paths from the root of the repository that are not the same before and after. */
  readonly changed: readonly string[];
}

/** A commit, as its author told of it. */
export interface Commit {
  readonly id: string;
  readonly author: string;
  readonly at: Instant;
  readonly message: string;
}

/** The commits of a repository. Ids are full ones that the repository has. */
export interface History {
  /** The commits of a branch from one to another, oldest first: not those that were merged in. */
  commits(from: string, to: string): Promise<readonly string[]>;
  /** False for a commit that was never fetched, or is forgotten by now. */
  has(commit: string): Promise<boolean>;
  /** True when the branch went on from there, and was not forced elsewhere. */
  isAncestor(commit: string, of: string): Promise<boolean>;
  /** The newest commit that both have; undefined: none. */
  forkPoint(a: string, b: string): Promise<string | undefined>;
  /** What lies between two commits; without the first everything does. */
  change(from: string | undefined, to: string): Promise<Change>;
  /** The commits that `to` has and `from` has not, newest first; without `from` all. */
  log(range: {
    readonly from: string | undefined;
    readonly to: string;
    readonly limit: number;
  }): Promise<readonly Commit[]>;
  parents(commit: string): Promise<readonly string[]>;
  /** Those of the commits whose file of this path holds the text. */
  having(commits: readonly string[], path: string, text: string): Promise<ReadonlySet<string>>;
  files(commit: string): FileProvider;
}

/** Between an author and a message; neither has it. */
const MARK = '\u001F';
/** The messages of more commits than these are not looked at. */
const MESSAGES = 500;

/** What a mirror knows of its commits. */
export function historyOf(mirror: Mirror): History {
  const lines = async (...args: readonly string[]): Promise<readonly string[]> =>
    String(await git(args, mirror))
      .split('\n')
      .filter((line) => line !== '');
  const texts = async (...args: readonly string[]): Promise<readonly string[]> =>
    String(await git(args, mirror))
      .split('\0')
      .map((text) => text.trim())
      .filter((text) => text !== '');
  return {
    commits: (from, to) =>
      lines('rev-list', '--first-parent', '--reverse', '--end-of-options', `${from}..${to}`),
    has: (commit) => hasCommits(mirror, { base: commit, head: commit }),
    isAncestor: async (commit, of) =>
      ['same', 'older'].includes(await relationOf(mirror, { base: of, head: commit })),
    async forkPoint(a, b) {
      const found = await lines('merge-base', '--end-of-options', a, b).catch(() => []);
      return found[0];
    },
    async change(from, to) {
      const range = from === undefined ? to : `${from}..${to}`;
      const format = ['log', '-z', `--max-count=${MESSAGES}`, `--format=%an${MARK}%B`];
      const told = (await texts(...format, '--end-of-options', range)).map((text) => text.split(MARK));
      const [author = ''] = told[0] ?? (await lines('log', '-1', '--format=%an', '--end-of-options', to));
      const messages = told.map(([, message = '']) => message.trim());
      const changed =
        from === undefined
          ? await texts('ls-tree', '-r', '-z', '--name-only', '--end-of-options', to)
          : await texts('diff', '--name-only', '--no-renames', '-z', '--end-of-options', from, to);
      return { messages, author, changed };
    },
    async log({ from, to, limit }) {
      const format = [
        'log',
        '-z',
        `--max-count=${limit}`,
        `--format=${['%H', '%an', '%at', '%B'].join(MARK)}`,
      ];
      const told = await texts(...format, '--end-of-options', from === undefined ? to : `${from}..${to}`);
      return told.map((text) => {
        const [id = '', author = '', seconds = '0', ...message] = text.split(MARK);
        return { id, author, at: Number(seconds) * 1000, message: message.join(MARK).trim() };
      });
    },
    async parents(commit) {
      const [line = ''] = await lines('rev-list', '--parents', '--max-count=1', '--end-of-options', commit);
      return line.split(' ').slice(1);
    },
    async having(commits, path, text) {
      if (commits.length === 0) return new Set();
      const found = await lines('grep', '-l', '-F', '-e', text, ...commits, '--', path).catch(() => []);
      return new Set(found.map((line) => line.slice(0, line.indexOf(':'))));
    },
    files: (commit) => commitFiles(mirror, commit),
  };
}
