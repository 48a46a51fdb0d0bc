import { fold } from '@signalbox/model';
import type { RepositoryPlan } from '@signalbox/model';
import { quote } from '../diagnostics.ts';
import { shapeOf } from '../read/node.ts';
import type { Node } from '../read/node.ts';
import { readFields, valueOf } from './key.ts';
import type { Key, KeyTable, Scope } from './key.ts';
import { triggerKey } from './triggers/trigger.ts';
import { choiceKey, laterKey, textKey } from './values.ts';

const repositoryKeys = {
  repository: textKey('The alias, used by `checkout`.', { required: true }),
  type: choiceKey('The kind of repository.', ['git', 'github', 'githubenterprise', 'bitbucket']),
  name: textKey('The name of the repository.', { required: true }),
  ref: textKey('The branch, tag or commit. Default `refs/heads/main`.'),
  endpoint: textKey('The service connection.'),
  trigger: triggerKey,
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
    return readFields(node, resourcesKeys, 'resources', scope)?.repositories ?? [];
  },
};

function readRepositories(node: Node, scope: Scope): readonly RepositoryPlan[] | undefined {
  if (node.kind !== 'list') {
    scope.report('wrong-shape', node.at, `Repositories must be a list, but this is ${shapeOf(node)}.`);
    return undefined;
  }
  const seen = new Set<string>();
  return node.items.map((item) => readRepository(item, seen, scope)).filter((one) => one !== undefined);
}

function readRepository(item: Node, seen: Set<string>, scope: Scope): RepositoryPlan | undefined {
  const fields = readFields(item, repositoryKeys, 'a repository', scope);
  const alias = fields?.repository;
  if (fields === undefined || alias === undefined || item.kind !== 'mapping') return undefined;
  const at = valueOf(item, 'repository')?.at ?? item.at;
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
  const { type = 'git', name = '', ref = 'refs/heads/main' } = fields;
  return { alias, type, name, ref };
}
