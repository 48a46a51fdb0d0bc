import { fold } from '@signalbox/model';
import type { RepositoryPlan } from '@signalbox/model';
import { startOf } from '../key.ts';
import { triggerKey } from '../triggers/trigger.ts';
import { choiceKey, given, nodeKey, textKey } from '../values.ts';
import { resourceListKey } from './resource-list.ts';
import type { Key, KeyTable } from '../key.ts';

/** The branch of a repository that names none (RSRC-5). */
export const DEFAULT_REF = 'refs/heads/main';

/** The kind of a repository that names none (RSRC-5). */
export const DEFAULT_REPOSITORY_TYPE = 'git';

const keys = {
  repository: textKey('The alias, used by `checkout`, `uses` and `template: path@alias`.', {
    required: true,
  }),
  type: choiceKey('The kind of repository. Default `git`.', [
    'git',
    'github',
    'githubenterprise',
    'bitbucket',
  ]),
  name: textKey('The name of the repository; only `self` has none.'),
  ref: textKey('The branch, tag or commit. Default `refs/heads/main`.'),
  endpoint: textKey('The service connection.'),
  trigger: triggerKey,
  // Not in the documentation, but production files have them; nothing follows from them.
  branch: textKey('Has no effect: the branch is `ref`.'),
  fetchDepth: textKey('Has no effect: it belongs to `checkout`.'),
  checkoutOptions: nodeKey('Has no effect: its keys belong to `checkout`.'),
};

/** The keys of an item of `resources.repositories` (RSRC-5). */
export const repositoryKeys: KeyTable = keys;

/** `resources.repositories`: `self` needs no declaration and gives nothing (RSRC-5). */
export const repositoriesKey: Key<readonly RepositoryPlan[]> = resourceListKey('Further repositories.', {
  key: 'repository',
  what: 'a repository',
  keys,
  plan: (
    alias,
    { type = DEFAULT_REPOSITORY_TYPE, name, ref, endpoint, trigger },
    item,
    scope,
  ): RepositoryPlan | undefined => {
    // Production files list `self`, too.
    if (fold(alias) === 'self') return undefined;
    if (name === undefined || name === '') {
      scope.report('missing-key', startOf(item), "A repository needs the key 'name'.");
      return undefined;
    }
    // `none` is what a repository without the key has (TRIG-13).
    const pushes = trigger?.kind === 'on' ? trigger : undefined;
    return { alias, type, name, ref: ref || DEFAULT_REF, ...given({ endpoint, trigger: pushes }) };
  },
});
