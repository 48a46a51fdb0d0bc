import type { Instant, ProjectId } from '@signalbox/model';
import { afterPrefix } from './prefix.ts';
import type { BlobOwner, Blobs } from '../../port/blobs.ts';
import { row, rows } from '../builder.ts';
import type { Runner } from '../runner.ts';
import type { Work } from '../work.ts';

/** Rows, or names, per statement: both databases take far more parameters than that. */
const BATCH = 200;

/** Who uses which contents, over a database. */
export function blobs(runner: Runner): Blobs {
  return {
    use: (owner, sha256) => runner.write(() => useContents(runner, owner, sha256)),
    release: (owner) => runner.write(() => releaseContents(runner, owner)),
    releaseLeases: (before) => runner.write(() => releaseLeases(runner, before)),
    used: (sha256) => runner.read(() => used(runner, sha256)),
    usedIn: (project, sha256) => runner.read(() => used(runner, sha256, project)),
    uses: (owner, sha256) => runner.read(() => uses(runner, owner, sha256)),
  };
}

/** Notes the use of contents, as a part of another piece of work. */
export function* useContents(
  runner: Runner,
  { owner, project }: BlobOwner,
  sha256: readonly string[],
): Work<void> {
  const at = runner.clock();
  const names = [...new Set(sha256)];
  for (let from = 0; from < names.length; from += BATCH) {
    const values = names.slice(from, from + BATCH).map((one) => ({ owner, project, sha256: one, at }));
    yield* rows(
      runner.db
        .insertInto('blob_use')
        .values(values)
        .onConflict((conflict) => conflict.columns(['owner', 'sha256']).doUpdateSet({ at })),
    );
  }
}

/** Lets go of an owner's contents, as a part of another piece of work. */
export function* releaseContents(runner: Runner, owner: string): Work<void> {
  yield* rows(runner.db.deleteFrom('blob_use').where('owner', '=', owner));
}

function* releaseLeases(runner: Runner, before: Instant): Work<void> {
  const leases = runner.db
    .selectFrom('blob_use')
    .select('owner')
    .where('owner', '>=', 'lease:')
    .where('owner', '<', afterPrefix('lease:'))
    .groupBy('owner')
    .having((expression) => expression.fn.max('at'), '<', before);
  for (const { owner } of yield* rows(leases)) yield* releaseContents(runner, owner);
}

function* used(runner: Runner, sha256: readonly string[], project?: ProjectId): Work<readonly string[]> {
  const found: string[] = [];
  for (let from = 0; from < sha256.length; from += BATCH) {
    const asked = runner.db
      .selectFrom('blob_use')
      .select('sha256')
      .distinct()
      .where('sha256', 'in', sha256.slice(from, from + BATCH));
    const known = yield* rows(project === undefined ? asked : asked.where('project', '=', project));
    found.push(...known.map((one) => one.sha256));
  }
  return found;
}

function* uses(runner: Runner, owner: string, sha256: string): Work<boolean> {
  const asked = runner.db.selectFrom('blob_use').select('at');
  return (yield* row(asked.where('owner', '=', owner).where('sha256', '=', sha256))) !== undefined;
}
