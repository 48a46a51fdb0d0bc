import type { ContainerPlan, ReadOnlyMounts } from '@signalbox/model';
import { shapeOf } from '../../read/node.ts';
import type { Node } from '../../read/node.ts';
import { readFields } from '../key.ts';
import type { Fields, Key, KeyTable, Scope } from '../key.ts';
import { mappingOf } from '../shape.ts';
import { booleanKey, given, readTextList, textKey, textMapKey } from '../values.ts';
import { listHelp } from '../shape-help.ts';

/** The keys that say how a container is started, and what each gives. */
export type ContainerKeys = {
  readonly image: Key<string>;
  readonly endpoint: Key<string>;
  readonly env: Key<Readonly<Record<string, string>>>;
  readonly options: Key<string>;
  readonly ports: Key<readonly string[]>;
  readonly volumes: Key<readonly string[]>;
  readonly mapDockerSocket: Key<boolean>;
  readonly mountReadOnly: Key<ReadOnlyMounts>;
};

const mountKeys = {
  work: booleanKey('True: steps cannot write into the work folder.'),
  externals: booleanKey('True: steps cannot write into the folder of external programs.'),
  tools: booleanKey('True: steps cannot write into the folder of tools.'),
  tasks: booleanKey('True: steps cannot write into the folder of tasks.'),
};

/** The keys of a `mountReadOnly` mapping (CONT-1). */
export const readOnlyMountKeys: KeyTable = mountKeys;

/** The keys that say how a container is started, of a job's own and of a declared one (CONT-1). */
export const containerKeys: ContainerKeys = {
  image: textKey('The image, with its registry and tag.'),
  endpoint: textKey('The service connection of the registry.'),
  env: textMapKey('Additions to the environment.', '`env`'),
  options: textKey('Further arguments of the command that creates the container.'),
  ports: textsKey('Ports that are shown outside, as `host:container` or `container`.'),
  volumes: textsKey('Folders that are mounted, as `source:target`.'),
  mapDockerSocket: booleanKey('Whether steps can reach the Docker of the agent.'),
  mountReadOnly: {
    summary: 'Folders of the agent that steps cannot write.',
    shape: mappingOf('mountReadOnly'),
    read: (node, scope) => readFields(node, mountKeys, '`mountReadOnly`', scope),
  },
};

/** What a container with this image and these keys is in a plan (CONT-1). */
export function containerOf(image: string, fields: Fields<ContainerKeys>): ContainerPlan {
  const { endpoint, env = {}, options, ports, volumes, mapDockerSocket, mountReadOnly = {} } = fields;
  return {
    image,
    ...given({ endpoint, options, ports, volumes, mapDockerSocket }),
    ...(Object.keys(env).length === 0 ? {} : { env }),
    ...(Object.keys(mountReadOnly).length === 0 ? {} : { mountReadOnly }),
  };
}

/** A list of texts; one text alone would be read as one port or folder by mistake. */
function textsKey(summary: string): Key<readonly string[]> {
  return { summary, shape: { kind: 'texts' }, read: readTexts };
}

function readTexts(node: Node, scope: Scope): readonly string[] | undefined {
  if (node.kind === 'list' || (node.kind === 'scalar' && node.text === '')) {
    return readTextList(node, scope)?.map(({ text }) => text);
  }
  scope.report(
    'wrong-shape',
    node.at,
    `A list of texts is expected here, but this is ${shapeOf(node)}.`,
    listHelp(node, '- text'),
  );
  return undefined;
}
