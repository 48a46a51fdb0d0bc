import { take, type BundleRow, type LockRow, type PoolAnswer } from '@signalbox/engine';
import { decodePlace, pageLimit, pageOf } from '../cursor.ts';
import type { Locks, PoolWork } from '../port/queues.ts';
import { placesEndedAt } from '../request-state.ts';
import type { Tables } from './tables.ts';

/** The locks of projects, read from memory. */
export function locks(tables: Tables): Locks {
  return { ...lines(tables), ...rest(tables) };
}

type Lines = Pick<Locks, 'holders' | 'waiters' | 'position' | 'waiting' | 'ended'>;

function lines(tables: Tables): Lines {
  const rows = (project: number) => tables.interlocking(project);
  const bundles = (project: number, ids: Iterable<number>) =>
    [...ids].flatMap((id) => rows(project).bundles.get(id) ?? []);
  return {
    holders: async (project, lock) => bundles(project, rows(project).line(lock).holders()),
    async waiters(project, lock, options = {}) {
      const line = rows(project).line(lock);
      const [time = -1, id = -1] =
        options.after === undefined ? [] : decodePlace(options.after, ['number', 'number']).map(Number);
      const ahead = line.countUpTo([time, id]);
      const limit = pageLimit(options);
      const skip = options.skip ?? 0;
      const ids = take(line.waitingAfter([time, id]), skip + limit + 1).slice(skip);
      const placed = bundles(project, ids).map((bundle, index) => ({
        bundle,
        position: ahead + skip + index + 1,
      }));
      return pageOf(placed, limit, {
        item: (waiter) => waiter,
        place: ({ bundle }) => [bundle.order, bundle.id],
      });
    },
    async position(project, lock, id) {
      const bundle = rows(project).bundles.get(id);
      const line = rows(project).line(lock);
      if (bundle === undefined || !line.isWaiting(bundle)) return undefined;
      return line.countUpTo([bundle.order, id]);
    },
    waiting: async (project, lock) => rows(project).line(lock).size,
    async ended(project, lock, options = {}) {
      const place = options.after === undefined ? [] : decodePlace(options.after, ['number', 'number']);
      const [time = Infinity, id = Infinity] = place.map(Number);
      const found = bundles(project, rows(project).line(lock).ended()).filter(
        (row) => endOf(row) < time || (endOf(row) === time && row.id < id),
      );
      return pageOf(found, pageLimit(options), {
        item: (row) => row,
        place: (row) => [endOf(row), row.id],
      });
    },
  };
}

function endOf(row: BundleRow): number {
  return placesEndedAt(row) ?? 0;
}

function isThere({ deleted }: LockRow): boolean {
  return deleted === undefined;
}

function rest(tables: Tables): Omit<Locks, keyof Lines> {
  const rows = (project: number) => tables.interlocking(project);
  return {
    list: async (project) => [...rows(project).locks.values()].filter(isThere).sort((a, b) => a.id - b.id),
    get: async (project, lock) => rows(project).locks.get(lock),
    find: async (project, resource) => {
      const lock = rows(project).lockOf(resource);
      return lock !== undefined && isThere(lock) ? lock : undefined;
    },
    async expected(project, resource, options = {}) {
      const [time, run, stage] =
        options.after === undefined
          ? [-1, -1, '']
          : decodePlace(options.after, ['number', 'number', 'string']);
      const found = rows(project).expected.ofResourceAfter(resource, {
        runQueueTime: Number(time),
        run: Number(run),
        stage: String(stage),
      });
      const limit = pageLimit(options);
      return pageOf(take(found, limit + 1), limit, {
        item: (row) => row,
        place: (row) => [row.runQueueTime, row.run, row.stage],
      });
    },
    bundle: async (project, id) => rows(project).bundles.get(id),
    ofRun: async (project, run) => rows(project).ofRun(run),
    answer: async (project, needs) => needs.map((need) => rows(project).answer(need)),
  };
}

/** What the pools do, read from memory. */
export function poolWork(tables: Tables): PoolWork {
  return {
    agents: async (pool) => tables.pool(pool).sortedAgents(),
    async requests(pool, options = {}) {
      const place =
        options.after === undefined ? [] : decodePlace(options.after, ['number', 'number', 'number']);
      const [readyAt = -1, run = -1, id = -1] = place.map(Number);
      const found = tables
        .pool(pool)
        .open.from((row) => (row.readyAt - readyAt || row.run - run || row.id - id) <= 0);
      const limit = pageLimit(options);
      return pageOf(take(found, limit + 1), limit, {
        item: (row) => row,
        place: (row) => [row.readyAt, row.run, row.id],
      });
    },
    request: async (pool, id) => tables.pool(pool).requests.get(id),
    answer: async (pool, needs) => tables.load({ kind: 'pool', id: pool }, needs) as readonly PoolAnswer[],
  };
}
