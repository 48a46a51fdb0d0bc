import type {
  BundleRow,
  DeployedRow,
  ExpectedRow,
  HeaderRow,
  InterlockingAnswer,
  InterlockingNeed,
  LockRow,
  ResourceKey,
} from '@signalbox/engine';
import { completePolicy, type ProjectId } from '@signalbox/model';
import { awaiting, awaitingOfBranch } from './needs/awaiting.ts';
import { barred } from './needs/barred.ts';
import { bundleById, bundleOf, openOf } from './needs/bundle.ts';
import { deployed } from './needs/deployed.ts';
import {
  expectedAhead,
  expectedAwaited,
  expectedLapsed,
  expectedOf,
  type ExpectedTuple,
} from './needs/expected.ts';
import { front } from './needs/front.ts';
import { groupOfBranch } from './needs/group-of-branch.ts';
import { group } from './needs/group.ts';
import { holders } from './needs/holders.ts';
import { interlockingHeader, lockById, lockOf } from './needs/lock.ts';
import { turned } from './needs/turned.ts';
import { waiting } from './needs/waiting.ts';
import { call, together, type Call, type Work } from './work.ts';

/** Answers needs of an interlocking, all in one round trip, each from one index. */
export function* loadInterlocking(
  project: ProjectId,
  needs: readonly InterlockingNeed[],
): Work<readonly InterlockingAnswer[]> {
  const results = yield* together(needs.map((need) => callFor(project, need)));
  return needs.map((need, index) => answerOf(need, results[index] ?? []));
}

type Word = InterlockingNeed['need'];
type NeedOf<K extends Word> = Extract<InterlockingNeed, { need: K }>;

/** The one statement behind each need. */
const CALLS: { readonly [K in Word]: (project: ProjectId, need: NeedOf<K>) => Call } = {
  header: (project) => call(interlockingHeader, project),
  lockOf: (project, { resource }) => call(lockOf, project, resource.type, resource.id),
  lock: (project, need) => call(lockById, project, need.id),
  bundle: (project, need) => call(bundleById, project, need.id),
  bundleOf: (project, need) => call(bundleOf, project, need.run, need.stage, need.attempt),
  openOf: (project, need) => call(openOf, project, need.run),
  holders: (project, need) => call(holders, project, need.lock),
  front: (project, need) => call(front, project, need.lock, ...need.after, need.count),
  turned: (project, need) => call(turned, project, need.lock, need.after),
  group: (project, { lock, definition, branch }) =>
    branch === undefined
      ? call(group, project, lock, definition)
      : call(groupOfBranch, project, lock, definition, branch),
  awaiting: (project, { lock, definition, branch }) =>
    branch === undefined
      ? call(awaiting, project, lock, definition)
      : call(awaitingOfBranch, project, lock, definition, branch),
  barred: (project, { lock, definition, stage, after, count }) =>
    call(barred, project, lock, definition, stage, ...after, count),
  waiting: (project, need) => call(waiting, project, need.lock),
  deployed: (project, need) => call(deployed, project, need.lock, need.definition),
  expected: (project, { resource, definition, stage, after, count }) =>
    call(expectedAhead, project, resource.type, resource.id, definition, stage, ...after, count),
  lapsed: (project, { resource, definition, stage, before }) =>
    call(expectedLapsed, project, resource.type, resource.id, definition, stage, ...before),
  awaitedAt: (project, { resource }) => call(expectedAwaited, project, resource.type, resource.id),
  expectedOf: (project, need) => call(expectedOf, project, need.run),
};

function callFor<K extends Word>(project: ProjectId, need: NeedOf<K>): Call {
  return CALLS[need.need as K](project, need);
}

function answerOf(need: InterlockingNeed, rows: readonly unknown[]): InterlockingAnswer {
  if (need.need === 'header') {
    const [header] = documents<HeaderRow>(rows);
    return header === undefined ? { of: need } : { of: need, header };
  }
  if (need.need === 'lockOf' || need.need === 'lock') return { of: need, locks: lockRows(rows) };
  if (need.need === 'deployed') return { of: need, deployed: documents<DeployedRow>(rows) };
  if (EXPECTED.has(need.need)) {
    return { of: need, expected: (rows as readonly ExpectedTuple[]).map(expectedRow) };
  }
  return { of: need, bundles: documents<BundleRow>(rows) };
}

const EXPECTED: ReadonlySet<Word> = new Set(['expected', 'lapsed', 'awaitedAt', 'expectedOf']);

/** Locks; one that was written before a setting was known has its default. */
export function lockRows(rows: readonly unknown[]): readonly LockRow[] {
  return documents<LockRow>(rows).map((row) => ({ ...row, policy: completePolicy(row.policy) }));
}

/** Rows that are one JSON document each. */
export function documents<T>(rows: readonly unknown[]): readonly T[] {
  return (rows as readonly [string][]).map(([doc]) => JSON.parse(doc) as T);
}

/** An expected row from its columns. */
export function expectedRow(tuple: ExpectedTuple): ExpectedRow {
  const [type, id, definition, stage, run, runQueueTime, branch, awaitedSince, lapsed] = tuple;
  return {
    resource: { type, id } as ResourceKey,
    definition,
    stage,
    run,
    runQueueTime,
    branch,
    ...(awaitedSince !== null && { awaitedSince }),
    ...(lapsed === 1 && { lapsed: true as const }),
  };
}
