import { fold } from '@signalbox/model';
import type { ContainerReference, ServicePlan } from '@signalbox/model';
import type { Node } from '../../read/node.ts';
import { isMapping } from '../key.ts';
import type { Key, Scope } from '../key.ts';
import { mappingOf, oneOf, TEXT } from '../shape.ts';
import type { Shape } from '../shape.ts';
import { readScalar } from '../values.ts';
import { lateReference, readAlias, readContainerMapping, saysNothing } from './reference.ts';

const REFERENCE: Shape = oneOf(TEXT, mappingOf('container'));

/** `container` of a job: an alias, an image, a mapping, or what a run works out (CONT-1, YAML-36). */
export const containerKey: Key<ContainerReference> = {
  summary: 'The container in which the steps run: an alias, an image, or a mapping.',
  shape: REFERENCE,
  read: readContainer,
};

/** `services` of a job: names in the network, each with a container (CONT-3). */
export const servicesKey: Key<readonly ServicePlan[]> = {
  summary: 'Containers that run beside the job: names in its network, each with the alias of a container.',
  shape: { kind: 'map', values: REFERENCE },
  read: readServices,
};

/** Text is the alias of a declared container, else an image (CONT-1). */
function readContainer(node: Node, scope: Scope): ContainerReference | undefined {
  if (saysNothing(node)) return undefined;
  if (node.kind === 'mapping') return readContainerMapping(node, 'a container', scope);
  const text = readScalar(node, scope)?.text;
  if (text === undefined) return undefined;
  if (scope.containers.has(fold(text))) return { alias: text };
  return lateReference(text) ?? { container: { image: text } };
}

function readServices(node: Node, scope: Scope): readonly ServicePlan[] | undefined {
  if (saysNothing(node)) return [];
  if (!isMapping(node, '`services`', scope)) return undefined;
  return node.entries.flatMap(({ key, value }) => {
    const container = readService(value, scope);
    return container === undefined ? [] : [{ name: key.text, container }];
  });
}

/** Text is an alias here: images are declared (CONT-3). */
function readService(node: Node, scope: Scope): ContainerReference | undefined {
  if (node.kind === 'mapping') return readContainerMapping(node, 'a service', scope);
  const scalar = readScalar(node, scope);
  if (scalar === undefined || scalar.text === '') return undefined;
  return readAlias(scalar, scope);
}
