import type { Attachment, Store, TestResult } from '@signalbox/store';
import { describe, expect, it } from 'vitest';
import { birth } from '../support/samples.ts';
import { Clock, storesOf, withProject, type Harness } from '../support/harness.ts';
import { script } from '../support/scripted-engine.ts';

const A = 'a'.repeat(64);
const B = 'b'.repeat(64);

export function resultsSuite(harness: Harness): void {
  const openWithProject = withProject(storesOf(harness));

  async function withRuns(clock: Clock = new Clock()): Promise<Store> {
    const store = await openWithProject({ clock });
    const births = [birth(1), birth(2)];
    await store.inbox.execute(script({ kind: 'trigger', id: 1 }, { births }), 'birth');
    return store;
  }

  describe('results', () => {
    it('keep attachments by record, type and name, and the use of their contents', async () => {
      const clock = new Clock();
      const store = await withRuns(clock);
      const log = attachment({ type: 'Log', name: 'a.log' });
      await store.results.attach(attachment({}), 1);
      await store.results.attach(log, 1);
      const { now } = clock;
      clock.now += 10;
      await store.results.attach(attachment({ sha256: B, size: 2 }), 1);
      expect(await store.results.attachments(1)).toEqual([
        { ...attachment({ sha256: B, size: 2 }), createdAt: now },
        { ...log, createdAt: now },
      ]);
      expect(await store.results.attachments(1, 'Log')).toHaveLength(1);
      expect(await store.results.attachments(2)).toEqual([]);
      expect(await store.blobs.uses('attachments:1', B)).toBe(true);
      await expect(store.results.attach(attachment({ run: 99 }), 1)).rejects.toThrow();
    });

    it('count tests by outcome, each number once however often it is added', async () => {
      const store = await withRuns();
      const input = { run: 1, key: 'k', title: 'Unit', format: 'JUnit' };
      const tests = Array.from({ length: 250 }, (_, index) => test(index + 1));
      await store.results.addTests(input, tests);
      await store.results.addTests(input, [...tests.slice(240), test(251)]);
      const [made] = await store.results.testRuns(1);
      expect(made).toMatchObject({ ...input, passed: 168, failed: 83, notExecuted: 0, durationMs: 2510 });
      const id = made?.id ?? 0;
      expect(await store.results.testRun(id)).toEqual(made);
      expect(await store.results.testResults(id, { skip: 249 })).toEqual([test(250), test(251)]);
      const failed = await store.results.testResults(id, { outcomes: ['failed'], top: 2 });
      expect(failed.map(({ number }) => number)).toEqual([3, 6]);
      expect(await store.results.testRuns(2)).toEqual([]);
      expect(await store.results.testRun(id + 9)).toBeUndefined();
    });

    it('sum coverage by label; the same step again replaces its own', async () => {
      const store = await withRuns();
      const lines = (covered: number): { label: string; covered: number; total: number } => ({
        label: 'Lines',
        covered,
        total: 10,
      });
      await store.results.setCoverage(1, 'one', [lines(3), { label: 'Branches', covered: 1, total: 2 }]);
      await store.results.setCoverage(1, 'two', [lines(5)]);
      await store.results.setCoverage(1, 'one', [lines(4)]);
      expect(await store.results.coverage(1)).toEqual([{ label: 'Lines', covered: 9, total: 20 }]);
      expect(await store.results.coverage(2)).toEqual([]);
    });
  });
}

function attachment(more: Partial<Attachment>): Attachment {
  const type = 'Distributedtask.Core.Summary';
  return { run: 1, record: 'r', type, name: 'a', sha256: A, size: 1, ...more };
}

function test(number: number): TestResult {
  const outcome = number % 3 === 0 ? 'failed' : 'passed';
  return { number, name: `t${number}`, storage: 'S', outcome, durationMs: 10, message: '', stack: '' };
}
