import { fold } from '@signalbox/model';
import type { RepositoryPlan } from '@signalbox/model';
import { quote } from '../diagnostics.ts';
import { shapeOf } from '../read/node.ts';
import type { ListNode, Node } from '../read/node.ts';
import type { Span } from '../read/source-file.ts';
import { readFields, startOf, valueOf } from './key.ts';
import type { Key, KeyTable, Scope } from './key.ts';
import { triggerKey } from './triggers/trigger.ts';
import { choiceKey, laterKey, textKey } from './values.ts';

const repositoryKeys = {
  repository: textKey('The alias, used by `checkout`.', { required: true }),
  type: choiceKey('The kind of repository.', ['git', 'github', 'githubenterprise', 'bitbucket']),
  name: textKey('The name of the repository; only `self` has none.'),
  ref: textKey('The branch, tag or commit. Default `refs/heads/main`.'),
  endpoint: textKey('The service connection.'),
  trigger: triggerKey,
  // Not in the documentation, but production files have them; nothing follows from them.
  branch: textKey('Has no effect: the branch is `ref`.'),
  fetchDepth: textKey('Has no effect: it belongs to `checkout`.'),
};

const legacyKeys = {
  repo: choiceKey('The repository of the pipeline.', ['self']),
  clean: textKey('True removes everything that is not in the repository.'),
  fetchDepth: textKey('How many commits are fetched.'),
  lfs: textKey('Whether Git LFS files are fetched.'),
};

const resourcesKeys = {
  repositories: { summary: 'Further repositories.', read: readRepositories },
  pipelines: laterKey('Runs of other pipelines.'),
  builds: laterKey('Builds of other systems.'),
  containers: laterKey('Container images.'),
  packages: laterKey('Packages.'),
  webhooks: laterKey('Incoming web hooks.'),
};

/** The keys of `resources`, and of an item of its `repositories` (RSRC-1, RSRC-5). */
export const resourceTables: Readonly<Record<'resources' | 'repository', KeyTable>> = {
  resources: resourcesKeys,
  repository: repositoryKeys,
};

/** `resources`: gives the declared repositories (RSRC-1, RSRC-5). */
export const resourcesKey: Key<readonly RepositoryPlan[]> = {
  summary: 'What the pipeline uses besides its own repository.',
  read(node, scope) {
    if (node.kind === 'scalar' && node.text === '') return [];
    if (node.kind === 'list') return readLegacyList(node, scope);
    return readFields(node, resourcesKeys, 'resources', scope)?.repositories ?? [];
  },
};

/** The old form `- repo: self` with checkout options; production files still have it, and nothing follows from it. */
function readLegacyList(list: ListNode, scope: Scope): readonly RepositoryPlan[] {
  for (const item of list.items) readFields(item, legacyKeys, 'a resource in the list form', scope);
  return [];
}

function readRepositories(node: Node, scope: Scope): readonly RepositoryPlan[] | undefined {
  if (node.kind !== 'list') {
    scope.report('wrong-shape', node.at, `Repositories must be a list, but this is ${shapeOf(node)}.`);
    return undefined;
  }
  const seen = new Set<string>();
  return node.items.map((item) => readRepository(item, seen, scope)).filter((one) => one !== undefined);
}

function checkAlias(alias: string, at: Span, seen: Set<string>, scope: Scope): void {
  if (!/^[-_A-Za-z0-9]+$/.test(alias)) {
    scope.report(
      'name-invalid',
      at,
      `${quote(alias)} cannot be an alias.`,
      'Use letters, digits, `-` and `_`.',
    );
  }
  if (seen.has(fold(alias))) {
    scope.report('name-not-unique', at, `There is already a repository with the alias ${quote(alias)}.`);
  }
  seen.add(fold(alias));
}

function readRepository(item: Node, seen: Set<string>, scope: Scope): RepositoryPlan | undefined {
  const fields = readFields(item, repositoryKeys, 'a repository', scope);
  const alias = fields?.repository;
  if (fields === undefined || alias === undefined || item.kind !== 'mapping') return undefined;
  checkAlias(alias, valueOf(item, 'repository')?.at ?? item.at, seen, scope);
  const { type = 'git', name, ref = 'refs/heads/main' } = fields;
  // Production files list `self`, too; it needs no declaration (RSRC-5).
  if (fold(alias) === 'self') return undefined;
  if (name === undefined) {
    scope.report('missing-key', startOf(item), "A repository needs the key 'name'.");
    return undefined;
  }
  return { alias, type, name, ref };
}
