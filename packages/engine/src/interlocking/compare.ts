import type { RunId, StaleCommit } from '@signalbox/model';
import type { Decision } from './decision.ts';
import { leave } from './end.ts';
import type { InterlockingMessage } from './messages.ts';
import type { BundleRow } from './rows.ts';
import { comparisonWith, judge } from './stale.ts';
import { isWaiting } from './waiting.ts';

type RunsCompared = Extract<InterlockingMessage, { type: 'RunsCompared' }>;

/** Whether git is to be asked about the bundle's commit, and was not yet. */
export function isGitToBeAsked(d: Decision, bundle: BundleRow): boolean {
  return basesOf(d, bundle).length > 0;
}

/** Has git asked about the bundle's commit, once for each run that deployed. */
export function askGit(d: Decision, bundle: BundleRow): void {
  const bases = basesOf(d, bundle);
  if (d.read.lacks || bases.length === 0) return;
  d.record({ type: 'CommitsAsked', bundle: bundle.id, bases, at: d.now });
  for (const base of bases) d.compareRuns(bundle, base);
}

function basesOf(d: Decision, bundle: BundleRow): readonly RunId[] {
  const runs = judge(d.read, bundle).open.map(({ deployed }) => deployed.run);
  return [...new Set(runs)].filter((base) => comparisonWith(bundle, base) === undefined);
}

/** What git says of two commits: the first answer counts, and only while the bundle waits. */
export function runsCompared(d: Decision, { bundle: id, base, relation }: RunsCompared): void {
  const bundle = d.read.bundle(id);
  if (!bundle || !isWaiting(bundle)) return;
  const asked = comparisonWith(bundle, base);
  if (asked === undefined || asked.relation !== undefined) return;
  d.record({ type: 'CommitsCompared', bundle: id, base, relation, at: d.now });
  d.touch(bundle, { supersede: false });
}

/** Ends the waiting of a bundle that is older than what was deployed: its stage fails. */
export function reject(d: Decision, bundle: BundleRow, stale: readonly StaleCommit[]): void {
  const [commit] = stale;
  if (commit === undefined) return;
  d.record({ type: 'BundleRejected', bundle: bundle.id, stale, at: d.now });
  d.tell(bundle.requester, { type: 'LocksLost', why: { kind: 'stale', commit } });
  leave(d, bundle);
}
