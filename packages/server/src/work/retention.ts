import type { RunState } from '@signalbox/engine';
import type { Instant, ProjectId } from '@signalbox/model';
import type { DefinitionRow, Store } from '@signalbox/store';
import { fullBranch } from '../git/full-branch.ts';
import { DAY_MS, KEPT_DAYS } from '../limits.ts';
import { defaultBranchOf } from './source.ts';

/** For how long the runs of a project are kept. */
export interface Retention {
  /** Days after their end; `KEPT_DAYS` is for ever. */
  readonly runDays: number;
  /** The same of runs of pull requests. */
  readonly pullRequestDays: number;
  /** So many of the newest finished runs of each pipeline on its default branch stay whatever their age. */
  readonly perBranch: number;
}

/** Nothing is deleted until somebody says so. */
const BY_DEFAULT: Retention = { runDays: KEPT_DAYS, pullRequestDays: KEPT_DAYS, perBranch: 3 };

/** Runs of one question. */
const PAGE = 100;
/** Who deleted it, as the list of deleted runs says. */
const BY = 'retention';

/** The retention of a project. */
export async function retentionOf(store: Pick<Store, 'settings'>, project: ProjectId): Promise<Retention> {
  const value = await store.settings.get(keyOf(project));
  return { ...BY_DEFAULT, ...(value === undefined ? {} : (JSON.parse(value) as Partial<Retention>)) };
}

/** Changes it; answers all of it. */
export async function changeRetention(
  store: Pick<Store, 'settings'>,
  project: ProjectId,
  change: Partial<Retention>,
): Promise<Retention> {
  const retention = { ...(await retentionOf(store, project)), ...change };
  await store.settings.set(keyOf(project), JSON.stringify(retention));
  return retention;
}

function keyOf(project: ProjectId): string {
  return `retention:${project}`;
}

type RetentionStore = Pick<Store, 'settings' | 'projects' | 'definitions' | 'runs'>;

/** Removes the runs of all projects that are kept no longer; leases keep theirs. Answers how many. */
export async function removeOldRuns(store: RetentionStore, now: Instant): Promise<number> {
  let removed = 0;
  for (const { id } of await store.projects.list()) {
    const retention = await retentionOf(store, id);
    const least = Math.min(retention.runDays, retention.pullRequestDays);
    if (least < KEPT_DAYS) removed += await removeOld(store, id, { retention, now });
  }
  return removed;
}

interface Rule {
  readonly retention: Retention;
  readonly now: Instant;
}

async function removeOld(store: RetentionStore, project: ProjectId, rule: Rule): Promise<number> {
  const spared = await newestOfBranches(store, project, rule.retention.perBranch);
  const { runDays, pullRequestDays } = rule.retention;
  const maxTime = rule.now - Math.min(runDays, pullRequestDays) * DAY_MS;
  let removed = 0;
  let after: string | undefined;
  do {
    const page = await store.runs.list(project, {
      statuses: ['completed'],
      order: 'finishTimeAscending',
      maxTime,
      limit: PAGE,
      ...(after !== undefined && { after }),
    });
    for (const run of page.items) {
      if (spared.has(run.id) || !isOld(run, rule)) continue;
      if ((await store.runs.remove(run.id, BY)) === 'removed') removed += 1;
    }
    after = page.next;
  } while (after !== undefined);
  return removed;
}

function isOld({ reason, finishTime }: RunState, { retention, now }: Rule): boolean {
  const days = reason === 'pullRequest' ? retention.pullRequestDays : retention.runDays;
  return days < KEPT_DAYS && finishTime !== undefined && finishTime <= now - days * DAY_MS;
}

async function newestOfBranches(
  store: RetentionStore,
  project: ProjectId,
  count: number,
): Promise<ReadonlySet<number>> {
  const spared = new Set<number>();
  if (count === 0) return spared;
  for (const definition of await store.definitions.list(project)) {
    for (const { id } of await newestOf(store, definition, count)) spared.add(id);
  }
  return spared;
}

async function newestOf(
  store: RetentionStore,
  definition: DefinitionRow,
  limit: number,
): Promise<readonly RunState[]> {
  const branch = fullBranch(defaultBranchOf(definition));
  const wanted = { definitions: [definition.id], branch, statuses: ['completed'], limit } as const;
  return (await store.runs.list(definition.project, wanted)).items;
}
