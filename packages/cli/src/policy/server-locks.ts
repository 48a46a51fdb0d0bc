import { ApiError, type Client, type LockView } from '@signalbox/api';
import type { PolicyResource } from '@signalbox/compiler';
import { pipelineName } from './pipeline-name.ts';

/** A lock of the server by the name that a policy file gives it. */
export interface ServerLock {
  readonly resource: PolicyResource;
  readonly lock: LockView;
}

/**
 * The locks of a project, in the server's order. Those of environments and pipelines that are gone are left out: they
 * have no name any more.
 */
export async function serverLocks(client: Client, project: string): Promise<readonly ServerLock[]> {
  const { items } = await client.listLocks(project);
  const found: ServerLock[] = [];
  for (const lock of items) {
    const resource = await resourceOf(client, project, lock);
    if (resource !== undefined) found.push({ resource, lock });
  }
  return found;
}

/** By the resource's number: the lock keeps the name that the resource had when it was configured. */
async function resourceOf(
  client: Client,
  project: string,
  { resourceType, resourceId, name }: LockView,
): Promise<PolicyResource | undefined> {
  if (resourceType === 'named') return { kind: 'named', name };
  if (resourceType === 'environment') {
    const environment = await unlessGone(client.getEnvironment(project, Number(resourceId)));
    return environment && { kind: 'environment', name: environment.name };
  }
  if (resourceType !== 'persistedStage') return undefined;
  const definition = await unlessGone(client.getDefinition(project, Number.parseInt(resourceId, 10)));
  return definition && { kind: 'stage', name: `${pipelineName(definition)}/${stageOf(name, resourceId)}` };
}

/** As the pipeline wrote it, which the number of the resource does not keep. */
function stageOf(name: string, resourceId: string): string {
  return /[^/\s]+$/.exec(name)?.[0] ?? resourceId.replace(/^\d+:/, '');
}

async function unlessGone<T>(answer: Promise<T>): Promise<T | undefined> {
  try {
    return await answer;
  } catch (error) {
    if (error instanceof ApiError && error.status === 404) return undefined;
    throw error;
  }
}
