import { fold, type BundleId, type Instant, type RunId } from '@signalbox/model';
import type { BundleRow, DeployedRow, ExpectedRow, Requester } from './rows.ts';

/** A place in an order: a time, then a number that is unique, so that no two places are equal. */
export type Place = readonly [time: Instant, tie: number];

/** The time of those who stand before everybody else, because an operator says so. */
export const FIRST: Instant = 0;

/** Below every place. */
export const EARLIEST: Place = [Number.MIN_SAFE_INTEGER, 0];

/** Above every place. */
export const LATEST: Place = [Number.MAX_SAFE_INTEGER, Number.MAX_SAFE_INTEGER];

/** Compares two places; total, so what is shown is what is used (LAW-13, R13). */
export function comparePlaces(a: Place, b: Place): number {
  return a[0] - b[0] || a[1] - b[1];
}

/** A bundle's place in the queue, the same in all its locks (QUEUEING §3). */
export function placeOf(bundle: BundleRow): readonly [Instant, BundleId] {
  return [bundle.order, bundle.id];
}

/** The place of a run among the runs of its pipeline (LAW-7). */
export function runPlaceOf(of: Requester | ExpectedRow | DeployedRow): readonly [Instant, RunId] {
  return [of.runQueueTime, of.run];
}

/** The policy order of the queue: who is granted first, and who is shown first (LAW-13). */
export function compareBundles(a: BundleRow, b: BundleRow): number {
  return comparePlaces(placeOf(a), placeOf(b));
}

/** By run queue time; two attempts of one run by their bundle. */
export function compareByRun(a: BundleRow, b: BundleRow): number {
  return comparePlaces(runPlaceOf(a.requester), runPlaceOf(b.requester)) || a.id - b.id;
}

/** Newest first, by rank for `runLatest` (LOCK-62). */
export function compareNewestFirst(a: BundleRow, b: BundleRow): number {
  return b.rank - a.rank || b.requester.run - a.requester.run || b.id - a.id;
}

/** Whether two requesters are the same stage of the same pipeline: those whom LAW-7 orders. */
export function sameStage(a: Requester, b: Requester): boolean {
  return a.definition === b.definition && fold(a.stage) === fold(b.stage);
}
