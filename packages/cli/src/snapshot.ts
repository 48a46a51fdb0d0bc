import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { EXIT, CliError } from './exit-codes.ts';
import { git } from './git.ts';

/** The files of a folder as one commit, in a repository of its own. */
export interface Snapshot {
  /** The bare repository: what `checkout: self` fetches from. */
  readonly repository: string;
  readonly commit: string;
  /** Full ref; the work tree's own branch where it has one. */
  readonly branch: string;
  remove(): Promise<void>;
}

/**
 * Commits a folder as it is on disk, edits and new files included (what .gitignore names is left out),
 * into a temporary bare repository. The folder's own repository, if it has one, is only read.
 */
export async function snapshot(root: string): Promise<Snapshot> {
  const repository = await mkdtemp(join(tmpdir(), 'signalbox-snapshot-'));
  const branch = (await git(['symbolic-ref', '--quiet', 'HEAD'], { cwd: root })) || 'refs/heads/main';
  const message = (await git(['log', '-1', '--format=%s'], { cwd: root })) || 'Local files';
  const env = {
    GIT_DIR: repository,
    GIT_WORK_TREE: root,
    GIT_AUTHOR_NAME: 'signalbox',
    GIT_AUTHOR_EMAIL: 'signalbox@localhost',
    GIT_COMMITTER_NAME: 'signalbox',
    GIT_COMMITTER_EMAIL: 'signalbox@localhost',
  };
  const steps = [
    ['init', '--quiet', '--bare'],
    ['symbolic-ref', 'HEAD', branch],
    ['-c', 'core.bare=false', 'add', '--all', '.'],
    ['-c', 'core.bare=false', 'commit', '--quiet', '--allow-empty', '--no-verify', '--message', message],
  ];
  for (const step of steps) {
    // `init` refuses a work tree for a bare repository; the other steps need it.
    const done = await git(step, { cwd: root, env: step[0] === 'init' ? { GIT_DIR: repository } : env });
    if (done === undefined) {
      await rm(repository, { recursive: true, force: true });
      throw new CliError(
        EXIT.environment,
        `git could not read the files below ${root}. Is git installed, and are the files readable?`,
      );
    }
  }
  const commit = (await git(['rev-parse', 'HEAD'], { cwd: root, env })) ?? '';
  return { repository, commit, branch, remove: () => rm(repository, { recursive: true, force: true }) };
}
