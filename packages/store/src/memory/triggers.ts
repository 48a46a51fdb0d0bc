import type { Instant } from '@signalbox/model';
import type { OccasionRow, ScheduleRow, Triggers, WatchedRow } from '../port/triggers.ts';
import { addOccasions, occasions } from './occasions.ts';
import { Rows } from './rows.ts';

/** A schedule that never comes again has no time. */
type KeptSchedule = Omit<ScheduleRow, 'due'> & { readonly due: Instant | undefined };

/** Triggers in memory. */
export function triggers(clock: () => Instant): Triggers {
  const watched = new Map<string, WatchedRow>();
  const known = new Rows<OccasionRow>();
  const kept = new Rows<KeptSchedule>();
  return {
    ...occasions(known, clock),
    ...schedules(kept),
    async watched(project, place) {
      return watched.get(`${project} ${place}`);
    },
    async advance({ occasions: made, ...seen }) {
      const key = `${seen.project} ${seen.place}`;
      if ((watched.get(key)?.version ?? 0) !== seen.version) return false;
      watched.set(key, { ...seen, version: seen.version + 1 });
      addOccasions(known, made, clock());
      return true;
    },
    async fire({ id, due }, { next, occasion }) {
      const row = kept.get(id);
      if (row?.due !== due) return false;
      kept.replace({ ...row, due: next });
      addOccasions(known, [occasion], clock());
      return true;
    },
    async forget(definition) {
      for (const rows of [kept, known]) {
        for (const row of rows.all()) if (row.definition === definition) rows.remove(row.id);
      }
    },
  };
}

function schedules(kept: Rows<KeptSchedule>): Pick<Triggers, 'schedules' | 'setSchedules' | 'nextSchedule'> {
  const scheduled = (): readonly ScheduleRow[] =>
    kept
      .all()
      .flatMap(({ due, ...row }) => (due === undefined ? [] : [{ ...row, due }]))
      .sort((a, b) => a.due - b.due || a.id - b.id);
  return {
    async schedules(filter) {
      return scheduled().filter((row) =>
        'definition' in filter ? row.definition === filter.definition : row.due <= filter.dueBy,
      );
    },
    async setSchedules({ project, definition, branch }, wanted, { anew } = { anew: false }) {
      const known = kept.all().filter((row) => row.definition === definition && row.branch === branch);
      const stays = anew ? [] : known.filter((row) => wanted.some(({ plan }) => isSame(plan, row.plan)));
      for (const row of known) if (!stays.includes(row)) kept.remove(row.id);
      for (const { plan, due } of wanted) {
        if (stays.some((row) => isSame(row.plan, plan))) continue;
        kept.add({ project, definition, branch, plan, due });
      }
    },
    async nextSchedule() {
      return scheduled()[0]?.due;
    },
  };
}

function isSame(a: ScheduleRow['plan'], b: ScheduleRow['plan']): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}
