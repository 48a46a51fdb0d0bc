import { fold, minutes } from '@signalbox/model';
import type { Decision } from './decision.ts';
import { expectedKey } from './keys.ts';
import type { InterlockingMessage } from './messages.ts';
import type { ExpectedRow, LockRow } from './rows.ts';

type Expected = Extract<InterlockingMessage, { type: 'Expected' }>;
type PersonAwaited = Extract<InterlockingMessage, { type: 'PersonAwaited' }>;
type PersonAnswered = Extract<InterlockingMessage, { type: 'PersonAnswered' }>;
type ExpectationDue = Extract<InterlockingMessage, { type: 'ExpectationDue' }>;
type NotExpected = Extract<InterlockingMessage, { type: 'NotExpected' }>;

/** A run was created: younger runs of its pipeline wait for it where the policy orders by run (LAW-7). */
export function expectRun(d: Decision, message: Expected): void {
  const { run, definition, branch, runQueueTime } = message;
  const known = d.read.expectedOf(run);
  if (known === undefined) return;
  const seen = new Set(known.map(expectedKey));
  const rows: ExpectedRow[] = [];
  for (const { stage, resources } of message.stages) {
    for (const { type, id } of resources) {
      const resource = { type, id };
      const row = { resource, definition, stage: fold(stage), run, runQueueTime, branch };
      if (seen.has(expectedKey(row))) continue;
      seen.add(expectedKey(row));
      rows.push(row);
    }
  }
  if (rows.length > 0) d.record({ type: 'RunExpected', rows });
}

/** A person is awaited, or has answered: the limit of each lock counts from now, or does not count any more. */
export function changeExpectation(d: Decision, { type, run, stages }: PersonAwaited | PersonAnswered): void {
  const wanted = new Set(stages.map(fold));
  const all = d.read.expectedOf(run) ?? [];
  const awaited = type === 'PersonAwaited';
  const rows = all
    .filter((row) => wanted.has(row.stage) && (row.awaitedSince !== undefined) !== awaited)
    .map(({ awaitedSince: _since, lapsed: _lapsed, ...row }) =>
      awaited ? { ...row, awaitedSince: d.now } : row,
    );
  if (d.read.lacks || rows.length === 0) return;
  d.record({
    type: 'ExpectationChanged',
    why: awaited ? 'personAwaited' : 'personAnswered',
    rows,
    at: d.now,
  });
  if (awaited) lapseOrWait(d, rows);
}

/** The mail only wakes; whether the limit is over is compared here. */
export function expectationDue(d: Decision, { run }: ExpectationDue): void {
  const rows = (d.read.expectedOf(run) ?? []).filter((row) => row.awaitedSince !== undefined && !row.lapsed);
  lapseOrWait(d, rows);
}

/** Lets younger runs pass the rows whose time is over, and wakes for the others when theirs will be (LOCK-63). */
export function lapseOrWait(d: Decision, rows: readonly ExpectedRow[]): void {
  const locks = rows.map((row) => d.read.lockOf(row.resource));
  if (d.read.lacks) return;
  const over: { readonly row: ExpectedRow; readonly lock: LockRow }[] = [];
  rows.forEach((row, index) => {
    const lock = locks[index];
    if (!lock || row.awaitedSince === undefined) return;
    const due = row.awaitedSince + minutes(lock.policy.expectedLimitMinutes);
    if (due <= d.now) over.push({ row, lock });
    else d.wake({ type: 'ExpectationDue', run: row.run }, due);
  });
  if (over.length === 0) return;
  const lapsed = over.map(({ row }) => ({ ...row, lapsed: true as const }));
  d.record({ type: 'ExpectationChanged', why: 'limit', rows: lapsed, at: d.now });
  for (const { row, lock } of over) d.openGate(lock, row);
}

/** The stage, or no stage of the run, will ask any more: those who waited for it may come through. */
export function stopExpecting(d: Decision, { run, stage }: NotExpected): void {
  dropExpected(d, run, stage);
}

/** Drops the expected rows of a run, of one stage if given, and opens the gates that they kept shut. */
export function dropExpected(d: Decision, run: number, stage: string | undefined): void {
  const all = d.read.expectedOf(run) ?? [];
  const rows = all.filter((row) => stage === undefined || row.stage === fold(stage));
  const locks = rows.map((row) => d.read.lockOf(row.resource));
  if (d.read.lacks || rows.length === 0) return;
  d.record({ type: 'ExpectationDropped', rows });
  rows.forEach((row, index) => {
    const lock = locks[index];
    if (lock) d.openGate(lock, row);
  });
}
