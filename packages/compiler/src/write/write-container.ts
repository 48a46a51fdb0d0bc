import type { ContainerPlan } from '@signalbox/model';
import { mapping, writeTextMap } from './writing.ts';
import type { Written } from './writing.ts';

/** The keys that say how a container is started, for its mapping in a resource or in a job (CONT-1). */
export function writeContainer(one: ContainerPlan): readonly (readonly [string, Written | undefined])[] {
  const { image, endpoint, env, options, ports, volumes, mapDockerSocket, mountReadOnly } = one;
  return [
    ['image', image],
    ['endpoint', endpoint],
    ['env', env === undefined ? undefined : writeTextMap(env)],
    ['options', options],
    ['ports', ports],
    ['volumes', volumes],
    ['mapDockerSocket', mapDockerSocket],
    ['mountReadOnly', mountReadOnly === undefined ? undefined : mapping(Object.entries(mountReadOnly))],
  ];
}
