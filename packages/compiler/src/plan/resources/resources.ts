import type { RepositoryPlan, ResourcesPlan } from '@signalbox/model';
import { isEmpty } from '../../read/node.ts';
import type { ListNode } from '../../read/node.ts';
import { readFields } from '../key.ts';
import type { Key, KeyTable, Scope } from '../key.ts';
import { listOf, mappingOf, oneOf } from '../shape.ts';
import { choiceKey, textKey } from '../values.ts';
import { buildResourcesKey, packageResourcesKey } from './builds-and-packages.ts';
import { containerResourcesKey } from './containers.ts';
import { pipelineResourcesKey } from './pipelines.ts';
import { repositoriesKey } from './repositories.ts';
import { webhookResourcesKey } from './webhooks.ts';

const keys = {
  repositories: repositoriesKey,
  pipelines: pipelineResourcesKey,
  containers: containerResourcesKey,
  builds: buildResourcesKey,
  packages: packageResourcesKey,
  webhooks: webhookResourcesKey,
};

/** The keys of `resources` (RSRC-1). */
export const resourcesKeys: KeyTable = keys;

const legacyFields = {
  repo: choiceKey('The repository of the pipeline.', ['self']),
  clean: textKey('True removes everything that is not in the repository.'),
  fetchDepth: textKey('How many commits are fetched.'),
  lfs: textKey('Whether Git LFS files are fetched.'),
};

/** The keys of an item in the former list form of `resources`. */
export const legacyResourceKeys: KeyTable = legacyFields;

/** Everything under `resources`; repositories are apart because every plan has them. */
export interface DeclaredResources {
  readonly repositories: readonly RepositoryPlan[];
  readonly others: ResourcesPlan;
}

/** A pipeline that declares nothing. */
export const NO_RESOURCES: DeclaredResources = {
  repositories: [],
  others: { pipelines: [], containers: [], builds: [], packages: [], webhooks: [] },
};

/** `resources`: everything that the pipeline uses besides its own repository (RSRC-1). */
export const resourcesKey: Key<DeclaredResources> = {
  summary: 'What the pipeline uses besides its own repository.',
  shape: oneOf(mappingOf('resources'), listOf('legacy resource')),
  read(node, scope) {
    if (isEmpty(node)) return NO_RESOURCES;
    if (node.kind === 'list') return readLegacyList(node, scope);
    const { repositories = [], ...others } = readFields(node, keys, 'resources', scope) ?? {};
    return { repositories, others: { ...NO_RESOURCES.others, ...others } };
  },
};

/** The old form `- repo: self` with checkout options; production files still have it, and nothing follows from it. */
function readLegacyList(list: ListNode, scope: Scope): DeclaredResources {
  for (const item of list.items) readFields(item, legacyFields, 'a resource in the list form', scope);
  return NO_RESOURCES;
}
