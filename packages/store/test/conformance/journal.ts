import type { FeedEntry, JournalPart, Store } from '@signalbox/store';
import { describe, expect, it } from 'vitest';
import { birth, PLAN } from '../support/samples.ts';
import { settle, storesOf, withProject, type Harness } from '../support/harness.ts';
import { script } from '../support/scripted-engine.ts';

export function journalSuite(harness: Harness): void {
  const open = storesOf(harness);
  const openWithProject = withProject(open);

  describe('journal', () => {
    it('begins the journal of a run with its birth, plan included', async () => {
      const store = await openWithProject();
      const born = birth(1);
      await store.inbox.execute(
        script(
          { kind: 'trigger', id: 1 },
          {
            births: [born],
            events: [{ type: 'RunNumbered' }],
            mail: [script({ kind: 'run', id: 1 }, { events: [{ type: 'RunStarted' }] })],
          },
        ),
        'k',
      );
      await settle(store);
      const journal = await store.journal.read({ kind: 'run', id: 1 });
      expect(journal.map(({ version, event }) => [version, event.type])).toEqual([
        [1, 'RunCreated'],
        [2, 'RunStarted'],
      ]);
      expect(journal[0]?.event).toEqual({ type: 'RunCreated', identity: born.identity, plan: PLAN });
      expect(await store.runs.plan(1)).toEqual(PLAN);
    });

    it('keeps the message of a decision of the locks beside its first fact, and no other message', async () => {
      const store = await openWithProject();
      const fact = { type: 'RunExpected', rows: [] };
      const locks = { kind: 'interlocking', id: 1 } as const;
      const letters = [
        script(locks, { events: [fact, fact] }),
        script(locks, {}),
        script(locks, { events: [fact] }),
      ];
      await store.inbox.submit([...letters, script({ kind: 'pool', id: 1 }, { events: [fact] })]);
      await settle(store);
      const causes = (await store.journal.read(locks)).map((entry) =>
        'cause' in entry ? entry.cause : undefined,
      );
      expect(causes).toEqual([letters[0]?.body, undefined, letters[2]?.body]);
      const [ofPool] = await store.journal.read({ kind: 'pool', id: 1 });
      expect(ofPool).not.toHaveProperty('cause');
      const { entries } = await store.journal.feed(undefined, 100);
      expect(entries.filter((entry) => 'cause' in entry)).toEqual([]);
    });

    it('reads a part of a journal', async () => {
      const store = await open();
      const address = { kind: 'pool', id: 1 } as const;
      await store.inbox.submit([1, 2, 3, 4].map((n) => script(address, { events: [{ type: 'e', n }] })));
      await settle(store);
      const versions = async (part: JournalPart): Promise<readonly number[]> =>
        (await store.journal.read(address, part)).map(({ version }) => version);
      expect(await versions({ after: 1, limit: 2 })).toEqual([2, 3]);
      expect(await versions({ after: 4, limit: 2 })).toEqual([]);
      expect(await versions({ before: 3 })).toEqual([1, 2]);
      expect(await versions({ newestFirst: true, limit: 3 })).toEqual([4, 3, 2]);
      expect(await versions({ newestFirst: true, before: 2, limit: 3 })).toEqual([1]);
      expect(await versions({ newestFirst: true, before: 1 })).toEqual([]);
    });
  });

  describe('feed', () => {
    it('gives every entry once, in order, page by page', async () => {
      const store = await openWithProject();
      await store.inbox.submit([
        script({ kind: 'trigger', id: 1 }, { births: [birth(1)], events: [{ type: 'RunNumbered' }] }),
        ...[1, 2, 3].map((n) => script({ kind: 'pool', id: 5 }, { events: [{ type: 'e', n }] })),
      ]);
      await settle(store);
      const seen = await readAll(store, 2);
      expect(seen).toHaveLength(5);
      expect(new Set(seen.map(({ cursor }) => cursor)).size).toBe(5);
      const ofPool = seen.filter(({ address }) => address.kind === 'pool');
      expect(ofPool.map(({ version }) => version)).toEqual([1, 2, 3]);
      expect(seen.find(({ address }) => address.kind === 'run')?.project).toBe(1);
      expect(ofPool[0]).not.toHaveProperty('project');
    });

    it('goes on from the tail with what comes later', async () => {
      const store = await open();
      const address = { kind: 'pool', id: 1 } as const;
      await store.inbox.execute(script(address, { events: [{ type: 'old' }] }), 'a');
      const tail = await store.journal.tail();
      expect((await store.journal.feed(tail, 10)).entries).toEqual([]);
      await store.inbox.execute(script(address, { events: [{ type: 'new' }] }), 'b');
      const { entries, cursor } = await store.journal.feed(tail, 10);
      expect(entries.map(({ event }) => event.type)).toEqual(['new']);
      expect((await store.journal.feed(cursor, 10)).entries).toEqual([]);
    });

    it('calls listeners when it grows', async () => {
      const store = await open();
      let calls = 0;
      store.journal.onGrowth(() => (calls += 1));
      await store.inbox.execute(script({ kind: 'pool', id: 1 }, { events: [{ type: 'x' }] }), 'a');
      await expect.poll(() => calls).toBeGreaterThan(0);
    });

    it.each(['', 'x', '1', '1.', '-1.2', '0.99999999999999999', '99999999999999999999.1'])(
      'refuses the cursor %j',
      async (cursor) => {
        const store = await open();
        await expect(store.journal.feed(cursor, 10)).rejects.toMatchObject({ code: 'bad-cursor' });
      },
    );
  });
}

async function readAll(store: Store, limit: number): Promise<readonly FeedEntry[]> {
  const seen: FeedEntry[] = [];
  let cursor: string | undefined;
  for (;;) {
    const page = await store.journal.feed(cursor, limit);
    if (page.entries.length === 0) return seen;
    seen.push(...page.entries);
    cursor = page.cursor;
  }
}
