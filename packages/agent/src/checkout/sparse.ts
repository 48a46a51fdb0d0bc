import { GIT_DONE, type GitEnd } from './git.ts';
import type { Sources } from './sources.ts';

/** CO-3: which files come into the folder: directories in cone mode, patterns without; neither: all of them. */
export async function limitFiles({ options, run, ask }: Sources): Promise<GitEnd> {
  const { sparse } = options;
  if (sparse === undefined) {
    const before = await ask('config', '--get', 'core.sparseCheckout');
    return before.text === 'true' ? run('sparse-checkout', 'disable') : GIT_DONE;
  }
  const mode = sparse.kind === 'directories' ? '--cone' : '--no-cone';
  return run('sparse-checkout', 'set', mode, '--', ...sparse.list);
}
