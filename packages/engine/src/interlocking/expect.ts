import { fold } from '@signalbox/model';
import type { Decision } from './decision.ts';
import { expectedKey } from './keys.ts';
import type { InterlockingMessage } from './messages.ts';
import type { ExpectedRow } from './rows.ts';

type Expected = Extract<InterlockingMessage, { type: 'Expected' }>;
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
