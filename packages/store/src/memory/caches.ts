import type { Instant } from '@signalbox/model';
import type { Blobs } from '../port/blobs.ts';
import type { CacheRow, Caches } from '../port/caches.ts';
import { Rows } from './rows.ts';

/** The caches of pipelines in memory. */
export function caches(blobs: Blobs, clock: () => Instant): Caches {
  const rows = new Rows<CacheRow>();
  const newest = (test: (row: CacheRow) => boolean): CacheRow | undefined => rows.all().findLast(test);
  return {
    async create(input, contents) {
      const { definition, scope, key } = input;
      const twin = newest((row) => row.definition === definition && row.scope === scope && row.key === key);
      if (twin !== undefined) return false;
      const { id } = rows.add({ ...input, createdAt: clock(), usedAt: clock() });
      await blobs.use({ owner: `cache:${id}`, project: input.project }, contents);
      return true;
    },
    async find({ definition, scopes, key, restoreKeys }) {
      const tests = [
        (row: CacheRow) => row.key === key,
        ...restoreKeys.map(
          (begin) => (row: CacheRow) => row.key === begin || row.key.startsWith(`${begin}|`),
        ),
      ];
      for (const test of tests) {
        for (const scope of scopes) {
          const found = newest((row) => row.definition === definition && row.scope === scope && test(row));
          if (found !== undefined) return rows.replace({ ...found, usedAt: clock() });
        }
      }
      return undefined;
    },
    get: async (id) => rows.get(id),
    async evict({ unused, bytesPerProject }) {
      const kept = new Map<number, number>();
      let gone = 0;
      const latestFirst = [...rows.all()].sort((a, b) => b.usedAt - a.usedAt || b.id - a.id);
      for (const { id, project, bytes, usedAt } of latestFirst) {
        const total = (kept.get(project) ?? 0) + bytes;
        if (usedAt >= clock() - unused && total <= bytesPerProject) {
          kept.set(project, total);
          continue;
        }
        rows.remove(id);
        await blobs.release(`cache:${id}`);
        gone += 1;
      }
      return gone;
    },
  };
}
