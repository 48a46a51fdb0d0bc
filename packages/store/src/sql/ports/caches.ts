import type { Selectable } from 'kysely';
import type { CacheBounds, CacheInput, CacheQuery, CacheRow, Caches } from '../../port/caches.ts';
import { row, rows } from '../builder.ts';
import type { Runner } from '../runner.ts';
import type { Tables } from '../tables.ts';
import type { Work } from '../work.ts';
import { releaseContents, useContents } from './blobs.ts';
import { afterPrefix } from './prefix.ts';

/** The caches of pipelines over a database. */
export function caches(runner: Runner): Caches {
  return {
    create: (input, contents) => runner.write(() => create(runner, input, contents)),
    find: (query) => runner.write(() => find(runner, query)),
    get: (id) => runner.read(() => get(runner, id)),
    evict: (bounds) => runner.write(() => evict(runner, bounds)),
  };
}

function* create(runner: Runner, input: CacheInput, contents: readonly string[]): Work<boolean> {
  const now = runner.clock();
  const query = runner.db
    .insertInto('cache_entry')
    .values({ ...input, created_at: now, used_at: now })
    .onConflict((conflict) => conflict.columns(['definition', 'scope', 'key']).doNothing())
    .returning('id');
  const made = yield* row(query);
  if (made === undefined) return false;
  yield* useContents(runner, { owner: `cache:${made.id}`, project: input.project }, contents);
  return true;
}

function* find(
  runner: Runner,
  { definition, scopes, key, restoreKeys }: CacheQuery,
): Work<CacheRow | undefined> {
  const inScope = (scope: string) =>
    runner.db
      .selectFrom('cache_entry')
      .selectAll()
      .where('definition', '=', definition)
      .where('scope', '=', scope);
  for (const scope of scopes) {
    const known = yield* row(inScope(scope).where('key', '=', key));
    if (known !== undefined) return yield* usedNow(runner, known);
  }
  for (const beginning of restoreKeys) {
    const prefix = `${beginning}|`;
    for (const scope of scopes) {
      const matching = inScope(scope).where((where) =>
        where.or([
          where('key', '=', beginning),
          where.and([where('key', '>=', prefix), where('key', '<', afterPrefix(prefix))]),
        ]),
      );
      const known = yield* row(matching.orderBy('id', 'desc').limit(1));
      if (known !== undefined) return yield* usedNow(runner, known);
    }
  }
  return undefined;
}

function* usedNow(runner: Runner, known: Selectable<Tables['cache_entry']>): Work<CacheRow> {
  const used_at = runner.clock();
  yield* rows(runner.db.updateTable('cache_entry').set({ used_at }).where('id', '=', known.id));
  return cacheRow({ ...known, used_at });
}

function* get(runner: Runner, id: number): Work<CacheRow | undefined> {
  const known = yield* row(runner.db.selectFrom('cache_entry').selectAll().where('id', '=', id));
  return known && cacheRow(known);
}

function* evict(runner: Runner, { unused, bytesPerProject }: CacheBounds): Work<number> {
  const oldest = runner.clock() - unused;
  const all = runner.db
    .selectFrom('cache_entry')
    .select(['id', 'project', 'bytes', 'used_at'])
    .orderBy('project')
    .orderBy('used_at', 'desc')
    .orderBy('id', 'desc');
  const kept = new Map<number, number>();
  let gone = 0;
  for (const { id, project, bytes, used_at } of yield* rows(all)) {
    const total = (kept.get(project) ?? 0) + bytes;
    if (used_at >= oldest && total <= bytesPerProject) {
      kept.set(project, total);
      continue;
    }
    yield* rows(runner.db.deleteFrom('cache_entry').where('id', '=', id));
    yield* releaseContents(runner, `cache:${id}`);
    gone += 1;
  }
  return gone;
}

function cacheRow(from: Selectable<Tables['cache_entry']>): CacheRow {
  const { id, project, definition, scope, key, manifest, files, bytes } = from;
  const contents = { id, project, definition, scope, key, manifest, files, bytes };
  return { ...contents, createdAt: from.created_at, usedAt: from.used_at };
}
