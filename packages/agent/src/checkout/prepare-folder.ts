import { existsSync, readdirSync, rmSync } from 'node:fs';
import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { forgetCredentials } from './credentials.ts';
import { GIT_DONE, type GitEnd } from './git.ts';
import { inTurn, type Sources } from './sources.ts';

/** What a git that was killed leaves, and every later one trips over. */
const LOCKS = ['index.lock', 'shallow.lock', 'config.lock', 'HEAD.lock'] as const;

/**
 * Makes the folder of a repository ready to be fetched into: new, or the one of an earlier run. One that has
 * another repository in it, or that cannot be cleaned, is made anew.
 */
export async function prepareFolder(sources: Sources): Promise<GitEnd> {
  const { folder, options, step } = sources;
  await mkdir(folder, { recursive: true });
  if (!(await isReusable(sources))) return initialize(sources);
  for (const lock of LOCKS) rmSync(join(folder, '.git', lock), { force: true });
  await forgetCredentials(sources);
  if (!options.clean) return GIT_DONE;
  const cleaned = await clean(sources);
  if (cleaned.code === 0 || step.stop.aborted) return cleaned;
  step.output.issue('warning', 'The folder could not be cleaned: the repository is fetched anew.');
  return initialize(sources);
}

async function isReusable({ folder, access, ask }: Sources): Promise<boolean> {
  if (!existsSync(join(folder, '.git'))) return false;
  const origin = await ask('config', '--get', 'remote.origin.url');
  return origin.text === access.url;
}

async function initialize({ folder, access, run, ask }: Sources): Promise<GitEnd> {
  // Where another repository was, nothing of it stays; the folder itself does: the agent made it.
  if (existsSync(join(folder, '.git'))) {
    for (const entry of readdirSync(folder)) {
      await rm(join(folder, entry), { recursive: true, force: true, maxRetries: 3, retryDelay: 100 });
    }
  }
  return inTurn([
    () => run('init', '--quiet'),
    // Without user and password: they do not stay in the folder (CO-3).
    () => ask('config', 'remote.origin.url', access.url),
  ]);
}

/** CO-3: what git does not track goes, what it tracks is as it was; submodules, too. */
function clean({ run, options }: Sources): Promise<GitEnd> {
  const each = ['submodule', 'foreach', '--recursive', '--quiet'] as const;
  return inTurn([
    () => run('clean', '-ffdx'),
    () => run('reset', '--hard'),
    ...(options.submodules === 'none'
      ? []
      : [() => run(...each, 'git clean -ffdx --quiet'), () => run(...each, 'git reset --hard --quiet')]),
  ]);
}
