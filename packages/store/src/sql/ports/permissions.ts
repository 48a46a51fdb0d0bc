import type { ResourceKey } from '@signalbox/engine';
import type { ProjectId } from '@signalbox/model';
import type { PermissionChange, Permissions, ResourcePermission } from '../../port/permissions.ts';
import { rows } from '../builder.ts';
import { found, type Runner } from '../runner.ts';
import type { Work } from '../work.ts';

interface Key {
  readonly project: ProjectId;
  readonly resource: ResourceKey;
}

/** No pipeline has this number; its row stands for all of them. */
const ALL = 0;

/** Which pipelines may use which resource, over a database. */
export function permissions(runner: Runner): Permissions {
  return {
    get: (project, resource) => runner.read(() => get(runner, { project, resource })),
    change: (project, resource, change) => runner.write(() => apply(runner, { project, resource }, change)),
    remove: (project, resource) => runner.write(() => remove(runner, { project, resource })),
  };
}

function* get(
  runner: Runner,
  { project, resource: { type, id } }: Key,
): Work<ResourcePermission | undefined> {
  const known = yield* rows(
    runner.db
      .selectFrom('pipeline_permission')
      .select(['definition', 'authorized', 'by_whom', 'at'])
      .where('project', '=', project)
      .where('resource_type', '=', type)
      .where('resource_id', '=', id)
      .orderBy('definition'),
  );
  const all = known.find(({ definition }) => definition === ALL);
  if (all === undefined) return undefined;
  const authorizations = known
    .filter((one) => one.definition !== ALL)
    .map(({ definition, by_whom: by, at }) => ({ definition, by, at }));
  const allPipelines = all.authorized === 1;
  return { resource: { type, id }, allPipelines, by: all.by_whom, at: all.at, authorizations };
}

// Each word is a row of its own, so that two who change different pipelines at once lose nothing.
function* apply(runner: Runner, key: Key, change: PermissionChange): Work<ResourcePermission> {
  yield* say(runner, key, { definition: ALL, authorized: change.allPipelines ?? false, ...change });
  for (const { definition, authorized } of change.pipelines) {
    if (authorized) yield* say(runner, key, { definition, authorized, by: change.by });
    else yield* take(runner, key, definition);
  }
  return found(yield* get(runner, key), 'permission');
}

function* say(
  runner: Runner,
  { project, resource: { type, id } }: Key,
  word: {
    readonly definition: number;
    readonly authorized: boolean;
    readonly by: string;
    /** Present: what was said before is replaced. */
    readonly allPipelines?: boolean;
  },
): Work<void> {
  const said = { authorized: word.authorized ? 1 : 0, by_whom: word.by, at: runner.clock() };
  yield* rows(
    runner.db
      .insertInto('pipeline_permission')
      .values({ project, resource_type: type, resource_id: id, definition: word.definition, ...said })
      .onConflict((conflict) => {
        const twin = conflict.columns(['project', 'resource_type', 'resource_id', 'definition']);
        return word.allPipelines === undefined ? twin.doNothing() : twin.doUpdateSet(said);
      }),
  );
}

function* take(runner: Runner, { project, resource }: Key, definition: number): Work<void> {
  yield* rows(
    runner.db
      .deleteFrom('pipeline_permission')
      .where('project', '=', project)
      .where('resource_type', '=', resource.type)
      .where('resource_id', '=', resource.id)
      .where('definition', '=', definition),
  );
}

function* remove(runner: Runner, { project, resource }: Key): Work<void> {
  yield* rows(
    runner.db
      .deleteFrom('pipeline_permission')
      .where('project', '=', project)
      .where('resource_type', '=', resource.type)
      .where('resource_id', '=', resource.id),
  );
}
