import type { ContainerResourcePlan, ImageTrigger } from '@signalbox/model';
import { containerKeys, containerOf } from '../containers/container-keys.ts';
import { readFields, startOf } from '../key.ts';
import type { Fields, Key, KeyTable, Scope } from '../key.ts';
import type { MappingNode, Node } from '../../read/node.ts';
import { choiceOf, mappingOf, oneOf } from '../shape.ts';
import { filterKey } from '../triggers/filters.ts';
import { booleanKey, emptyTextMap, given, textKey } from '../values.ts';
import { readOnOrNone } from './on-or-none.ts';
import { resourceListKey } from './resource-list.ts';

const triggerFields = {
  enabled: booleanKey('False: new images start nothing.'),
  tags: filterKey('Which tags of new images start a run.', 'texts'),
};

/** The keys of the `trigger` of a container resource (TRIG-47). */
export const imageTriggerKeys: KeyTable = triggerFields;

const triggerKey: Key<ImageTrigger> = {
  summary: 'Whether new images start a run: `true` for every tag, `none`, or a mapping. Default `none`.',
  shape: oneOf(choiceOf('true', 'none'), mappingOf('image trigger')),
  read: readTrigger,
};

const registryKeys = {
  azureSubscription: textKey('Registry of type ACR: the service connection.'),
  resourceGroup: textKey('Registry of type ACR: its resource group.'),
  registry: textKey('Registry of type ACR: its name.'),
  repository: textKey('Registry of type ACR: the name of the image.'),
};

const keys = {
  container: textKey('The alias, used by `container`, `services` and `target`.', { required: true }),
  ...containerKeys,
  localImage: booleanKey('True uses the image that is on the agent, without fetching it.'),
  type: textKey('The kind of registry, for example `ACR`.'),
  ...registryKeys,
  trigger: triggerKey,
};

/** The keys of an item of `resources.containers` (CONT-1). */
export const containerResourceKeys: KeyTable = keys;

/** `resources.containers`: container images under names (CONT-1). */
export const containerResourcesKey: Key<readonly ContainerResourcePlan[]> = resourceListKey(
  'Container images.',
  {
    key: 'container',
    what: 'a container resource',
    keys,
    plan: planContainer,
  },
);

function planContainer(
  alias: string,
  fields: Fields<typeof keys>,
  item: MappingNode,
  scope: Scope,
): ContainerResourcePlan | undefined {
  const image = fields.image || registryImage(fields);
  if (image === undefined) {
    const help = 'Write `image`, or for a registry of type ACR `registry` and `repository`.';
    scope.report('missing-key', startOf(item), "A container resource needs the key 'image'.", help);
    return undefined;
  }
  const { type, localImage, trigger } = fields;
  const registry = emptyTextMap();
  for (const name of Object.keys(registryKeys) as (keyof typeof registryKeys)[]) {
    const text = fields[name];
    if (text !== undefined && text !== '') registry[name] = text;
  }
  const from = Object.keys(registry).length === 0 ? undefined : registry;
  return {
    alias,
    ...containerOf(image, fields),
    ...given({ type, localImage, registry: from, trigger }),
  };
}

/** The address of an image in a registry of type ACR; a name without a dot is that of a registry in Azure. */
function registryImage({ registry, repository }: Fields<typeof keys>): string | undefined {
  if (!registry || !repository) return undefined;
  return `${registry.includes('.') ? registry : `${registry.toLowerCase()}.azurecr.io`}/${repository}`;
}

function readTrigger(node: Node, scope: Scope): ImageTrigger | undefined {
  const every: ImageTrigger = { include: [], exclude: [] };
  if (node.kind !== 'mapping') return readOnOrNone(node, scope) === true ? every : undefined;
  const fields = readFields(node, triggerFields, 'the trigger of a container resource', scope);
  if (fields === undefined || fields.enabled === false) return undefined;
  return fields.tags ?? every;
}
