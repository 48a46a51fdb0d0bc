import type { JobContainer } from '@signalbox/api';
import type { WorkspaceLayout } from '../workspace/layout.ts';
import { join } from 'node:path';
import { wordsOf } from './words.ts';

/** Where Azure's agent has its work folder in a container: scripts name it. */
const AZURE_WORK_FOLDER = '/__w';

/** Where steps of a container find the agent's Node.js. */
export const CONTAINER_NODE = '/__a/externals/node/bin/node';

const SOCKET = '/var/run/docker.sock';

/** What all containers of a job have in common. */
export interface ContainerSetting {
  readonly network: string;
  /** Words that mark what belongs to this agent, so that leftovers of a killed one are found. */
  readonly labels: readonly string[];
  readonly layout: WorkspaceLayout;
  /** The agent's Node.js. */
  readonly node: string;
}

/** The words that create a service: it starts as its image says (CONT-3). */
export function createService(
  container: JobContainer,
  { name, environment }: { readonly name: string; readonly environment: readonly string[] },
  setting: ContainerSetting,
): readonly string[] {
  return [
    'create',
    ...setting.labels,
    '--network',
    setting.network,
    '--network-alias',
    name,
    ...ownWords(container, environment),
    container.image,
  ];
}

/**
 * The words that create a container for steps: it waits, and has the folders of the agent at the same paths as
 * outside, and under the name that Azure's agent gives the work folder (CONT-2).
 */
export function createStepContainer(
  container: JobContainer,
  environment: readonly string[],
  setting: ContainerSetting,
): readonly string[] {
  return [
    'create',
    ...setting.labels,
    '--network',
    setting.network,
    '--workdir',
    setting.layout.root,
    ...mounts(container, setting).flatMap((mount) => ['--volume', mount]),
    ...ownWords(container, environment),
    '--entrypoint',
    'tail',
    container.image,
    '-f',
    '/dev/null',
  ];
}

/** What the file says of the container; its options come last, so that they win. */
function ownWords(
  { ports = [], volumes = [], mapDockerSocket, options = '' }: JobContainer,
  environment: readonly string[],
): readonly string[] {
  return [
    ...ports.flatMap((port) => ['--publish', port]),
    ...volumes.flatMap((volume) => ['--volume', volume]),
    ...(mapDockerSocket === true ? ['--volume', `${SOCKET}:${SOCKET}`] : []),
    ...environment,
    ...wordsOf(options),
  ];
}

function mounts({ mountReadOnly = {} }: JobContainer, { layout, node }: ContainerSetting): readonly string[] {
  const { workFolder, temp, tools } = layout;
  const mode = (readOnly: boolean | undefined): string => (readOnly === true ? ':ro' : '');
  const tasks = join(workFolder, '_tasks');
  return [
    `${workFolder}:${workFolder}${mode(mountReadOnly.work)}`,
    `${workFolder}:${AZURE_WORK_FOLDER}${mode(mountReadOnly.work)}`,
    // Scripts are written there: it stays writable.
    `${temp}:${temp}`,
    `${tools}:${tools}${mode(mountReadOnly.tools)}`,
    `${tasks}:${tasks}${mode(mountReadOnly.tasks)}`,
    `${node}:${CONTAINER_NODE}:ro`,
  ];
}

/** True when the options say which user the container has: then its steps have the same. */
export function choosesUser({ options = '' }: JobContainer): boolean {
  return wordsOf(options).some((word) => /^(?:-u|--user)(?:=|$)/.test(word) || /^-u\w/.test(word));
}
