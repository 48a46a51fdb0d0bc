import type { RunState } from '@signalbox/engine';
import type { CheckedResource } from '@signalbox/model';
import type { ProjectRow } from '@signalbox/store';
import { isPermitted } from '../../auth/principal.ts';
import type { Ask } from '../ask.ts';
import { isAllowed } from '../library/require-act.ts';

/** What a reader may do about the checks of a project. */
export interface CheckPowers {
  /** Run checks again and put them off. */
  readonly operate: boolean;
  /** Pass checks of a resource by, and permit pipelines to use it. */
  of(resource: CheckedResource): ResourcePowers;
}

interface ResourcePowers {
  readonly bypass: boolean;
  readonly permit: boolean;
}

const NONE: ResourcePowers = { bypass: false, permit: false };

/**
 * Reads what the caller may do about the checks that runs wait for now. One for each request: the roles on a resource
 * are read once.
 */
export function powersReader(ask: Ask, project: ProjectRow): (run: RunState) => Promise<CheckPowers> {
  const known = new Map<string, ResourcePowers>();
  const operate = isPermitted(ask.principal, 'operateChecks', project.id);
  const administers = isPermitted(ask.principal, 'administerResources', project.id);
  return async (run) => {
    for (const resource of operate ? awaitedResources(run) : []) {
      const key = keyOf(resource);
      if (known.has(key)) continue;
      known.set(key, {
        bypass: await isAllowed(ask, project, 'bypass', resource),
        permit: administers && (await isAllowed(ask, project, 'administer', resource)),
      });
    }
    return { operate, of: (resource) => known.get(keyOf(resource)) ?? NONE };
  };
}

/** The resources whose checks the stages of a run may still wait for. */
function awaitedResources({ status, stages }: RunState): readonly CheckedResource[] {
  if (status === 'completed') return [];
  return stages
    .filter(({ phase }) => phase === 'waiting' || phase === 'running')
    .flatMap(({ checkpoint }) => checkpoint?.checks ?? [])
    .map(({ configuration }) => configuration.resource);
}

function keyOf({ type, id }: CheckedResource): string {
  return `${type}:${id}`;
}
