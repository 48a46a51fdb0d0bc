import type { DefinitionRow, ProjectRow, RunFilter } from '@signalbox/store';
import { DEFAULT_POOL } from '../../work/queue-run.ts';
import type { Ask } from '../ask.ts';
import { repositoryTest } from './definition-filter.ts';

/**
 * A filter with `queues`, `repositoryId` and `repositoryType` told by the definitions that have them: runs are not
 * tied to one queue here, but their definitions name one. `undefined` when none has.
 */
export async function narrowRuns(
  ask: Ask,
  project: ProjectRow,
  filter: RunFilter,
): Promise<RunFilter | undefined> {
  const wanted = await definitionTest(ask, project);
  if (wanted === undefined) return filter;
  const found = (await ask.app.store.definitions.list(project.id)).filter(wanted).map(({ id }) => id);
  const definitions = found.filter((id) => filter.definitions?.includes(id) ?? true);
  return definitions.length === 0 ? undefined : { ...filter, definitions };
}

async function definitionTest(
  ask: Ask,
  project: ProjectRow,
): Promise<((definition: DefinitionRow) => boolean) | undefined> {
  const queues = ask.query.numbers('queues') ?? [];
  const isNarrow = ['repositoryId', 'repositoryType'].some(
    (name) => ask.query.text(name, 2048) !== undefined,
  );
  if (queues.length === 0 && !isNarrow) return undefined;
  const known = queues.length === 0 ? [] : await ask.app.store.pools.queues(project.id);
  const pools = known.filter((queue) => queues.includes(queue.id));
  const ofRepository = repositoryTest(ask);
  return (definition) => {
    const byPool = pools.some(({ pool, name }) =>
      definition.defaultPool === undefined ? name === DEFAULT_POOL : pool === definition.defaultPool,
    );
    return (queues.length === 0 || byPool) && ofRepository(definition);
  };
}
