import { git, GIT_DONE, type GitEnd } from './git.ts';
import { inTurn, type Sources } from './sources.ts';

/** Transports of submodules: a repository from elsewhere must not reach into the agent's own disk (TH12). */
const REMOTE_PROTOCOLS = 'git:http:https:ssh';

/** CO-3: `submodules: true` gets those of the repository, `recursive` those of theirs, too. */
export async function getSubmodules({ options, run, step, folder, access }: Sources): Promise<GitEnd> {
  if (options.submodules === 'none') return GIT_DONE;
  const nested = options.submodules === 'all' ? ['--recursive'] : [];
  const depth = options.depth > 0 ? [`--depth=${options.depth}`] : [];
  const environment = isRemote(access.url) ? { GIT_ALLOW_PROTOCOL: REMOTE_PROTOCOLS } : {};
  return inTurn([
    () => run('submodule', 'sync', ...nested),
    () =>
      git(step, ['submodule', 'update', '--init', '--force', ...depth, ...nested], {
        folder,
        config: access.config,
        environment: { ...environment, ...(options.lfs ? {} : { GIT_LFS_SKIP_SMUDGE: '1' }) },
      }),
  ]);
}

function isRemote(url: string): boolean {
  return !url.startsWith('/') && !url.startsWith('file://');
}
