import type { Instant } from '@signalbox/model';
import type { RunLeases } from '../port/run-leases.ts';
import { missing } from './rows.ts';
import type { Tables } from './tables.ts';

/** Leases on runs in memory. */
export function runLeases(tables: Tables, clock: () => Instant): RunLeases {
  const rows = tables.runLeases;
  const get = (project: number, id: number) => {
    const row = rows.get(id);
    return row?.project === project && row.validUntil > clock() ? row : undefined;
  };
  return {
    async add(project, leases) {
      for (const { run, definition } of leases) {
        const known = tables.runs.get(run);
        const own = known?.project === project && known.definition.id === definition;
        if (!own || tables.removals.has(run)) throw missing(`run ${run} of pipeline ${definition}`);
      }
      return leases.map((lease) => rows.add({ ...lease, project, createdAt: clock() }));
    },
    async list(project, { ids, run, definition, owner } = {}) {
      return rows
        .all()
        .filter((row) => row.project === project && row.validUntil > clock())
        .filter((row) => ids?.includes(row.id) ?? true)
        .filter((row) => row.run === (run ?? row.run) && row.definition === (definition ?? row.definition))
        .filter((row) => row.owner === (owner ?? row.owner));
    },
    async update(project, id, patch) {
      const row = get(project, id);
      return row && rows.replace({ ...row, ...patch });
    },
    async remove(project, ids) {
      for (const id of ids) if (rows.get(id)?.project === project) rows.remove(id);
    },
    kept: async (runs) =>
      [...new Set(runs)].filter((run) => isKept(tables, run, clock())).sort((a, b) => a - b),
  };
}

/** Whether a lease keeps a run. */
export function isKept(tables: Tables, run: number, now: Instant): boolean {
  return tables.runLeases.find((lease) => lease.run === run && lease.validUntil > now) !== undefined;
}
