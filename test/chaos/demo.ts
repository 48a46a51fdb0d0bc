import { expect } from 'vitest';
import { lockRequests, locks, mostHoldersAtOnce, queueRun, runs } from '../support/queue.ts';
import type { Signalbox } from '../support/signalbox.ts';
import { waitUntil } from '../support/wait.ts';

const DEMO = 'Demo';

/** Runs that are queued beside the demo's own at most. */
const MAX_RUNS = 40;

/** The demo while its server is killed: what was acknowledged, and the tokens that were seen. */
export class Demo {
  readonly acknowledged: Set<number> = new Set();
  readonly #tokens: Map<number, number> = new Map();

  /** One more run, so that the queue never runs dry; while the server is down nothing is acknowledged. */
  async queueSome(box: Signalbox): Promise<void> {
    if (this.acknowledged.size >= MAX_RUNS) return;
    const quick = { buildSeconds: '0.2', deploySeconds: '0.4' };
    const pipeline = 1 + (this.acknowledged.size % 2);
    const id = await queueRun(box, DEMO, pipeline, quick).catch(() => undefined);
    if (id !== undefined) this.acknowledged.add(id);
  }

  /** Tokens never fall, whatever happens between two looks. */
  async noteTokens(box: Signalbox): Promise<void> {
    for (const lock of await locks(box, DEMO)) {
      const before = this.#tokens.get(lock.id) ?? 0;
      expect(lock.lastToken, `the last token of ${lock.name}`).toBeGreaterThanOrEqual(before);
      this.#tokens.set(lock.id, lock.lastToken);
    }
  }

  /** Waits until every run is over. */
  async whenOver(box: Signalbox): Promise<void> {
    await waitUntil(
      'every acknowledged run is there and over',
      async () => {
        const all = await runs(box, DEMO);
        const over = new Set(all.filter((run) => run.status === 'completed').map((run) => run.id));
        const known = all.length > 0 && all.every((run) => over.has(run.id));
        return known && [...this.acknowledged].every((id) => over.has(id));
      },
      600_000,
    );
  }

  /** Nobody is left, nobody held at once with another, and tokens rose by grants. */
  async judge(box: Signalbox): Promise<void> {
    await this.noteTokens(box);
    for (const lock of await locks(box, DEMO)) {
      expect(lock.holders, `holders of ${lock.name}`).toEqual([]);
      expect(lock.waitersTotal, `waiters of ${lock.name}`).toBe(0);
      const requests = (await lockRequests(box, DEMO)).filter((request) => request.lockId === lock.id);
      expect(mostHoldersAtOnce(requests)).toBeLessThanOrEqual(lock.policy.capacity);
      const granted = requests.filter((request) => request.token !== undefined);
      const inOrder = granted.toSorted(
        (a, b) => Date.parse(a.assignTime ?? '') - Date.parse(b.assignTime ?? ''),
      );
      const given = inOrder.map((request) => request.token ?? 0);
      expect(new Set(given).size, 'tokens are never given twice').toBe(given.length);
      expect(given).toEqual([...given].sort((a, b) => a - b));
    }
  }
}
