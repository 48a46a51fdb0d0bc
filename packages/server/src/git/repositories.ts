import type { FileProvider } from '@signalbox/compiler';
import { join } from 'node:path';
import type { CommitRelation } from '@signalbox/model';
import { checkAddress, fullRef, type AddressRules } from './address.ts';
import { hasCommits, relationOf, type CommitPair } from './ancestry.ts';
import { commitFiles, findCommit, yamlFiles, type YamlFile } from './commit-files.ts';
import { remoteDefaultBranch } from './default-branch.ts';
import { RepositoryError } from './git-program.ts';
import { historyOf, type History } from './history.ts';
import { fetchRefs, knownMirror, refreshMirror, type Mirror } from './mirror.ts';
import { remoteRefs } from './remote-refs.ts';

/** What to read: an address, a branch, perhaps one commit of it. */
export interface SourceRequest {
  readonly url: string;
  /** Short or full; `main` means `refs/heads/main`. */
  readonly branch: string;
  /** Without one: the newest of the branch. It has to be on the branch: checks of branches rely on it (CHK-61). */
  readonly commit?: string;
  /** The commit alone is meant, and need not be on the branch. */
  readonly commitOnly?: true;
}

/** The files of a pipeline at one commit. */
export interface Source {
  readonly files: FileProvider;
  /** Full ref. */
  readonly branch: string;
  readonly commit: string;
  readonly commitMessage: string;
  /** Every YAML file of the commit. */
  yamlFiles(): Promise<readonly YamlFile[]>;
}

/** Reads the repositories of definitions. Every refusal is a `RepositoryError` with one sentence. */
export interface Repositories {
  open(request: SourceRequest): Promise<Source>;
  /** Checks an address: its form always, the folder if it is one of this machine. */
  check(url: string): Promise<void>;
  /** How commit `head` stands to `base`; `unknown` when the repository does not have both. Fetches only if it must. */
  compare(url: string, pair: CommitPair): Promise<CommitRelation>;
  /** The refs that the repository has now, in full, with the commits that they lead to. */
  refs(url: string, namespaces: readonly string[]): Promise<Readonly<Record<string, string>>>;
  /**
   * What it knows of its commits. Brought up to date first, with `refs` besides branches and tags, unless it has all
   * of `commits`.
   */
  history(
    url: string,
    needs?: { readonly commits?: readonly string[]; readonly refs?: readonly string[] },
  ): Promise<History>;
  /** The branch that the repository itself calls its default; undefined when it does not answer or say. */
  defaultBranch(url: string): Promise<string | undefined>;
}

/** Where mirrors are kept, and what may be read. */
export interface RepositoriesOptions extends AddressRules {
  readonly folder: string;
  /** By address: the one commit that stands in for every other that is asked for by its id. */
  readonly standIns?: Readonly<Record<string, string>>;
}

/** Repositories with their mirrors under a folder. */
export function createRepositories(options: RepositoriesOptions): Repositories {
  const root = join(options.folder, 'repositories');
  // Two runs queued at once share one fetch; git would refuse the second's locks.
  const refreshing = new Map<string, Promise<Mirror>>();
  const refresh = (url: string): Promise<Mirror> => {
    const under = refreshing.get(url);
    if (under !== undefined) return under;
    const started = refreshMirror(root, checkAddress(url, options)).finally(() => refreshing.delete(url));
    refreshing.set(url, started);
    return started;
  };
  /** A fetch that began before the question may have missed the newest commit. */
  const refreshAnew = async (url: string): Promise<Mirror> => {
    await refreshing.get(url)?.catch(() => undefined);
    return refresh(url);
  };
  const mirrorHaving = async (url: string, commit: string): Promise<Mirror | undefined> => {
    const known = knownMirror(root, checkAddress(url, options));
    return known !== undefined && (await hasAll(known, [commit])) ? known : undefined;
  };
  return {
    async open({ url, branch, commit: asked, commitOnly }) {
      const ref = fullRef(branch);
      const commit = asked === undefined ? undefined : (options.standIns?.[url] ?? asked);
      checkAddress(url, options);
      const mirror = (commitOnly && commit && (await mirrorHaving(url, commit))) || (await refreshAnew(url));
      const found = await findCommit(mirror, commit === undefined ? ref : checkCommit(commit));
      if (commit !== undefined && commitOnly !== true) await requireOnBranch(mirror, found.id, ref);
      return {
        files: commitFiles(mirror, found.id),
        branch: ref,
        commit: found.id,
        commitMessage: found.message,
        yamlFiles: () => yamlFiles(mirror, found.id),
      };
    },
    async check(url) {
      if (checkAddress(url, options).kind === 'local') await refresh(url);
    },
    async compare(url, pair) {
      const known = knownMirror(root, checkAddress(url, options));
      if (known !== undefined && (await hasCommits(known, pair))) return relationOf(known, pair);
      const mirror = await refresh(url);
      return (await hasCommits(mirror, pair)) ? relationOf(mirror, pair) : 'unknown';
    },
    refs: (url, namespaces) => remoteRefs(checkAddress(url, options), namespaces),
    async history(url, { commits = [], refs = [] } = {}) {
      const known = knownMirror(root, checkAddress(url, options));
      if (known !== undefined && commits.length > 0 && (await hasAll(known, commits)))
        return historyOf(known);
      const mirror = await refreshAnew(url);
      if (refs.length > 0) await fetchRefs(mirror, checkAddress(url, options), refs);
      return historyOf(mirror);
    },
    defaultBranch: (url) => remoteDefaultBranch(checkAddress(url, options)),
  };
}

async function hasAll(mirror: Mirror, commits: readonly string[]): Promise<boolean> {
  for (const commit of commits) if (!(await hasCommits(mirror, { base: commit, head: commit }))) return false;
  return true;
}

/** Whoever names a commit cannot say that it is of a branch that never had it. */
async function requireOnBranch(mirror: Mirror, commit: string, ref: string): Promise<void> {
  const { id: newest } = await findCommit(mirror, ref);
  const relation = await relationOf(mirror, { base: newest, head: commit });
  if (relation === 'same' || relation === 'older') return;
  throw new RepositoryError(`The commit ${commit} is not on ${ref}; name the branch that it is on.`);
}

function checkCommit(commit: string): string {
  // What is no hexadecimal id cannot be a commit, and would mean something else to git.
  return /^[\da-f]{7,64}$/i.test(commit) ? commit : '0'.repeat(40);
}
