import type { JobRequestRow, RunState } from '@signalbox/engine';
import type { PoolId } from '@signalbox/model';
import type { BlobOwner } from '@signalbox/store';
import type { Ask } from '../../ask.ts';
import { noJob, poolOf } from '../agent-caller.ts';
import { jobOf, requireLease } from '../jobs.ts';

/** A job whose agent speaks, with its current lease. */
export interface LeasedJob {
  readonly pool: PoolId;
  readonly row: JobRequestRow;
  readonly run: RunState;
  /** Under this name the contents that it sent are kept until something names them. */
  readonly owner: BlobOwner;
}

/** The job of the path; 404 when this pool never had it, 409 when the lease is old. */
export async function leasedJob(ask: Ask, lease: number): Promise<LeasedJob> {
  const pool = poolOf(ask);
  const row = await jobOf(ask, pool);
  requireLease(row, lease);
  const run = await ask.app.store.runs.get(row.run);
  if (run === undefined) throw noJob(row.id);
  return { pool, row, run, owner: { owner: `lease:${pool}:${row.id}:${lease}`, project: run.project } };
}
