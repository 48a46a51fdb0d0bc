import type { Client, NewLockResource } from '@signalbox/api';
import { policyResourceKey, type PolicyLock, type PolicyResource } from '@signalbox/compiler';
import { EXIT, CliError } from '../exit-codes.ts';
import { pipelineName } from './pipeline-name.ts';

/** A lock of the file, its resource named as the server's locks are, and what to send to make it. */
export interface WantedLock extends PolicyLock {
  readonly make: NewLockResource;
}

type Named = Pick<WantedLock, 'resource' | 'make'>;

/**
 * Finds the pipelines that the file names. Every one that is not there, or is not the only one of its name, is told
 * with its place; nothing is compared before all are found.
 */
export async function wantedLocks(
  client: Client,
  project: string,
  locks: readonly PolicyLock[],
): Promise<readonly WantedLock[]> {
  const wanted = new Map<string, WantedLock>();
  const problems: string[] = [];
  for (const lock of locks) {
    const named = await namesOf(client, project, lock.resource);
    const key = typeof named === 'string' ? '' : policyResourceKey(named.resource);
    if (typeof named === 'string') problems.push(placed(lock, named));
    else if (wanted.has(key))
      problems.push(placed(lock, `There is already an entry for the stage ${named.resource.name}.`));
    else wanted.set(key, { ...lock, ...named });
  }
  if (problems.length > 0) throw new CliError(EXIT.notFound, problems.join('\n'));
  return [...wanted.values()];
}

async function namesOf(client: Client, project: string, resource: PolicyResource): Promise<Named | string> {
  const { kind, name } = resource;
  if (kind !== 'stage') return { resource, make: { type: kind, name } };
  const parts = name.split('/');
  const [pipeline = '', stage = ''] = parts.slice(-2);
  const { items } = await client.listDefinitions(project, { name: pipeline });
  const written = parts.slice(0, -1).join('/').toLowerCase();
  const found = items.filter((one) =>
    parts.length > 2
      ? pipelineName(one).toLowerCase() === written
      : one.name.toLowerCase() === pipeline.toLowerCase(),
  );
  const [only] = found;
  if (only === undefined) return `There is no pipeline ${parts.slice(0, -1).join('/')} in ${project}.`;
  if (found.length > 1) {
    const names = found.map((one) => `${pipelineName(one)}/${stage}`).join(', ');
    return `Several pipelines are named ${pipeline}. Write one of: ${names}.`;
  }
  return {
    resource: { kind, name: `${pipelineName(only)}/${stage}` },
    make: { type: 'persistedStage', definitionId: only.id, stage },
  };
}

function placed({ at }: PolicyLock, message: string): string {
  return `${at.file}(${at.line},${at.column}): ${message}`;
}
