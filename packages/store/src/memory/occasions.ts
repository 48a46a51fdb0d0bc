import type { Instant } from '@signalbox/model';
import type { NewOccasion, OccasionRow, Triggers } from '../port/triggers.ts';
import type { Rows } from './rows.ts';

const LIST_DEFAULT = 100;

type Port = Pick<Triggers, 'add' | 'take' | 'waiting' | 'report' | 'postpone' | 'nextDue' | 'list' | 'prune'>;

/** Occasions in memory. */
export function occasions(rows: Rows<OccasionRow>, clock: () => Instant): Port {
  const change = (id: number, patch: Partial<OccasionRow>): void => {
    const row = rows.get(id);
    if (row !== undefined && row.outcome === undefined) rows.replace({ ...row, ...patch });
  };
  return {
    async add(made) {
      addOccasions(rows, made, clock());
    },
    async take({ limit, lease }) {
      const now = clock();
      const ready = firstOfLanes(rows).filter(({ due }) => due <= now);
      return ready
        .slice(0, limit)
        .map((row) => rows.replace({ ...row, due: now + lease, attempts: row.attempts + 1 }));
    },
    async waiting(definition, lane) {
      return openOf(rows).filter((row) => row.definition === definition && row.lane === lane);
    },
    async report(id, outcome) {
      change(id, { outcome, due: clock() });
    },
    async postpone(id, after) {
      change(id, { due: clock() + after });
    },
    async nextDue() {
      const due = firstOfLanes(rows).map((row) => row.due);
      return due.length === 0 ? undefined : Math.min(...due);
    },
    async list(project, { definition, limit = LIST_DEFAULT } = {}) {
      const own = rows.all().filter((row) => row.project === project);
      const found = own.filter((row) => definition === undefined || row.definition === definition);
      return found.toReversed().slice(0, limit);
    },
    async prune({ endedBefore, limit }) {
      const old = rows.all().filter((row) => row.outcome !== undefined && row.due < endedBefore);
      for (const { id } of old.slice(0, limit)) rows.remove(id);
      return Math.min(old.length, limit);
    },
  };
}

/** Those that are known already stay as they are. */
export function addOccasions(rows: Rows<OccasionRow>, made: readonly NewOccasion[], now: Instant): void {
  for (const { project, definition, key, lane, body } of made) {
    if (rows.find((other) => other.definition === definition && other.key === key) !== undefined) continue;
    rows.add({ project, definition, key, lane, body, attempts: 0, createdAt: now, due: now });
  }
}

function openOf(rows: Rows<OccasionRow>): readonly OccasionRow[] {
  return rows.all().filter(({ outcome }) => outcome === undefined);
}

function firstOfLanes(rows: Rows<OccasionRow>): readonly OccasionRow[] {
  const first = new Map<string, OccasionRow>();
  for (const one of openOf(rows)) {
    const lane = `${one.definition} ${one.lane}`;
    if (!first.has(lane)) first.set(lane, one);
  }
  return [...first.values()];
}
