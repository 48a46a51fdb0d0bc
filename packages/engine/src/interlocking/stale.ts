import type { Blocker, CommitRelation, RunId, StaleCommit } from '@signalbox/model';
import { nameOfDeployed } from './barriers.ts';
import { comparePlaces, runPlaceOf } from './order.ts';
import type { BundleRow, Comparison, DeployedRow, LockRow } from './rows.ts';
import type { Reader } from './slice/reader.ts';

/** What the guards of a bundle's locks say of its commit (LOCK-67). */
export interface Verdict {
  /** Locks at which git has not said how it stands to what was deployed. */
  readonly open: readonly Guarded[];
  /** It may not deploy, or it may with a warning, because it is older than what was deployed at these locks. */
  readonly stale: readonly StaleCommit[];
  readonly rejects: boolean;
}

/** A lock with a guard, and what the pipeline last deployed behind it by another run. */
interface Guarded {
  readonly lock: LockRow;
  readonly deployed: DeployedRow;
}

/**
 * Whether a stage that could be granted now is older than what its pipeline last deployed there, by any branch: what
 * is neither ancestor nor descendant is not older. Where git does not know, a younger run of the same branch counts
 * as newer. Callers from outside have no commit, and an operator's force goes before every guard.
 */
export function judge(read: Reader, bundle: BundleRow): Verdict {
  const found = guardedOf(read, bundle);
  const open = found.filter(({ deployed }) => relationTo(bundle, deployed.run) === undefined);
  const older = found.filter(({ deployed }) => isOlder(bundle, deployed));
  const rejecting = older.filter(({ lock }) => lock.policy.staleGuard === 'reject');
  const rejects = rejecting.length > 0;
  return { open, rejects, stale: (rejects ? rejecting : older).map((one) => staleAt(bundle, one)) };
}

/** Who may have deployed something newer: the bundle stands in its place until git has said so. */
export function* comparing(read: Reader, bundle: BundleRow): Generator<Blocker, void> {
  for (const { lock, deployed } of judge(read, bundle).open) {
    const { askedAt: since = bundle.queueTime } = comparisonWith(bundle, deployed.run) ?? {};
    yield { kind: 'comparingCommits', lock: lock.id, by: [nameOfDeployed(deployed)], since };
  }
}

function guardedOf(read: Reader, bundle: BundleRow): readonly Guarded[] {
  const { requester, forced, requests } = bundle;
  if (forced !== undefined || requester.caller !== undefined) return [];
  return requests.flatMap(({ lock: id }) => {
    const lock = read.lock(id);
    if (lock === undefined || lock.policy.staleGuard === 'allow') return [];
    const deployed = read.deployed(id, requester.definition);
    return deployed && deployed.run !== requester.run ? [{ lock, deployed }] : [];
  });
}

/** What git was asked about the bundle's commit and that of a run, and said. */
export function comparisonWith(bundle: BundleRow, run: RunId): Comparison | undefined {
  return bundle.compared?.find(({ base }) => base === run);
}

function relationTo(bundle: BundleRow, run: RunId): CommitRelation | undefined {
  return comparisonWith(bundle, run)?.relation;
}

function isOlder(bundle: BundleRow, deployed: DeployedRow): boolean {
  const relation = relationTo(bundle, deployed.run);
  if (relation !== 'unknown') return relation === 'older';
  const { requester } = bundle;
  return (
    requester.branch === deployed.branch && comparePlaces(runPlaceOf(requester), runPlaceOf(deployed)) < 0
  );
}

function staleAt(bundle: BundleRow, { lock, deployed }: Guarded): StaleCommit {
  const { run: byRun, stage: byStage, at: deployedAt } = deployed;
  const judgedBy = relationTo(bundle, byRun) === 'unknown' ? 'queueTime' : 'ancestry';
  return { lock: lock.id, lockName: lock.name, byRun, byStage, deployedAt, judgedBy };
}
