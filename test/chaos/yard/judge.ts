import type { RunView } from '@signalbox/api';
import { expect } from 'vitest';
import { cli, lockRequests, locks, mostHoldersAtOnce, runs } from '../../support/queue.ts';
import type { Signalbox } from '../../support/signalbox.ts';
import { waitUntil } from '../../support/wait.ts';
import { read, readJournal, type Hold } from '../journal.ts';
import { YARD, type Yard } from './yard.ts';

/** What a torment of the yard came to. */
export interface Verdict {
  readonly runs: number;
  readonly grants: number;
  readonly results: Readonly<Record<string, number>>;
}

/** Waits until every run and every caller is over; operators see to the stages of lost agents meanwhile. */
export async function whenOver(box: Signalbox, yard: Yard): Promise<void> {
  await waitUntil(
    'every acknowledged run is there and over',
    async () => {
      await yard.releaseLost(box);
      const all = await runs(box, YARD);
      const over = new Set(all.filter(({ status }) => status === 'completed').map(({ id }) => id));
      return all.every(({ id }) => over.has(id)) && [...yard.acknowledged].every((id) => over.has(id));
    },
    900_000,
  );
  await yard.outside.over();
  await waitUntil(
    'nobody holds or waits',
    async () => (await locks(box, YARD)).every((lock) => lock.holders.length + lock.waitersTotal === 0),
    300_000,
  );
}

/** The laws, by the journal, the lock requests and the runs. */
export async function judge(box: Signalbox, yard: Yard): Promise<Verdict> {
  const { grants, wrong, holds } = read(await readJournal(box, YARD));
  expect(wrong).toEqual([]);
  const requests = await lockRequests(box, YARD);
  const open = requests.filter(({ status }) => /^(queued|waitingOnChecks|inUse)$/.test(status));
  expect(open, 'requests that never ended').toEqual([]);
  const all = await runs(box, YARD);
  for (const lock of await locks(box, YARD)) {
    const own = requests.filter(({ lockId }) => lockId === lock.id);
    expect(mostHoldersAtOnce(own), `holders of ${lock.name} at once`).toBeLessThanOrEqual(
      lock.policy.capacity,
    );
    expect(lock.expected, `runs that ${lock.name} still expects`).toEqual([]);
    if (lock.name === 'track') expect(intruders(all, holds.get(lock.id) ?? [])).toEqual([]);
  }
  expect(cancelledInside(all, yard), 'protected stages that a cancel ended').toEqual([]);
  expect(await cli(box, 'audit', 'replay', '--project', YARD)).toContain('no difference');
  const results: Record<string, number> = {};
  for (const { result } of all) results[result ?? 'none'] = (results[result ?? 'none'] ?? 0) + 1;
  return { runs: all.length, grants, results };
}

/** Others that held the track between the first and the last stage of a train (LOCK-65). */
function intruders(all: readonly RunView[], holds: readonly Hold[]): readonly string[] {
  return all.flatMap(({ id, definition, stages }) => {
    const under =
      definition.name === 'train' ? stages.filter(({ startTime }) => startTime !== undefined) : [];
    const from = Date.parse(under[0]?.startTime ?? '');
    const to = Date.parse(under.at(-1)?.finishTime ?? '');
    const others = holds.filter((hold) => hold.run !== id && hold.from < to && hold.to > from);
    return others.map((hold) => `bundle ${hold.bundle} of run ${hold.run} inside of run ${id}`);
  });
}

/** A cancel that waited for the end of the vault's stage let it end, and what comes after it did not run (Q6). */
function cancelledInside(all: readonly RunView[], { deferred }: Yard): readonly string[] {
  const vaults = all.filter(({ id }) => deferred.has(id));
  return vaults.flatMap(({ id, stages: [apply, after] }) => {
    // It fails where its agent was killed, or its locks were taken from it.
    const isRight = /^(succeeded|failed)$/.test(apply?.result ?? '') && after?.startTime === undefined;
    return isRight ? [] : [`run ${id}: Apply ${apply?.result}, After ${after?.result}`];
  });
}
