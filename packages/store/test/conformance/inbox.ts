import type { Address } from '@signalbox/engine';
import { describe, expect, it } from 'vitest';
import { birth } from '../support/samples.ts';
import { Clock, settle, storesOf, withProject, type Harness } from '../support/harness.ts';
import { script, scriptedEngine, type Handling } from '../support/scripted-engine.ts';

const POOL: Address = { kind: 'pool', id: 1 };
const OTHER: Address = { kind: 'pool', id: 2 };

export function inboxSuite(harness: Harness): void {
  const open = storesOf(harness);
  const openWithProject = withProject(open);

  describe('inbox.execute', () => {
    it('answers with the reply of the handler, after its effects are there', async () => {
      const store = await openWithProject();
      const create = script(
        { kind: 'trigger', id: 1 },
        { births: [birth(7)], reply: { ok: true, value: { run: 7 } } },
      );
      expect(await store.inbox.execute(create, 'k')).toEqual({ ok: true, value: { run: 7 } });
      expect(await store.runs.get(7)).toMatchObject({ id: 7, status: 'notStarted' });
    });

    it('answers null when the handler has no reply, and the refusal when it refuses', async () => {
      const store = await open();
      expect(await store.inbox.execute(script(POOL, {}), 'a')).toEqual({ ok: true, value: null });
      const refusal = { ok: false, refusal: { code: 'no', message: 'No.' } } as const;
      expect(await store.inbox.execute(script(POOL, { reply: refusal }), 'b')).toEqual(refusal);
    });

    it('does a command once, however often its key comes', async () => {
      const handled: Handling[] = [];
      const store = await open({ engine: scriptedEngine(handled) });
      const command = script(POOL, { events: [{ type: 'x' }], reply: { ok: true, value: 1 } });
      const replies = await Promise.all([1, 2, 3].map(() => store.inbox.execute(command, 'same')));
      replies.push(await store.inbox.execute(command, 'same'));
      expect(replies).toEqual(Array.from({ length: 4 }, () => ({ ok: true, value: 1 })));
      expect(handled).toHaveLength(1);
      expect(await store.inbox.replyOf('same')).toEqual({ ok: true, value: 1 });
      expect(await store.inbox.replyOf('other')).toBeUndefined();
    });

    it('refuses a key that comes with another message', async () => {
      const store = await open();
      await store.inbox.execute(script(POOL, { reply: { ok: true, value: 1 } }), 'k');
      const other = store.inbox.execute(script(POOL, { reply: { ok: true, value: 2 } }), 'k');
      await expect(other).rejects.toMatchObject({ code: 'key-reused' });
    });
  });

  describe('work', () => {
    it('handles the mail of one aggregate in the order in which it was written', async () => {
      const handled: Handling[] = [];
      const store = await open({ engine: scriptedEngine(handled) });
      const letters = Array.from({ length: 150 }, (_, n) => script(POOL, { events: [{ type: 'n', n }] }));
      await store.inbox.submit(letters);
      await settle(store);
      const order = handled.map(({ script: { events } }) => events);
      expect(order).toEqual(letters.map((_, n) => [{ type: 'n', n }]));
      const journal = await store.journal.read(POOL);
      expect(journal.map((entry) => entry.version)).toEqual(letters.map((_, n) => n + 1));
    });

    it('follows the mail that a decision writes', async () => {
      const handled: Handling[] = [];
      const store = await open({ engine: scriptedEngine(handled) });
      const third = script(POOL, { events: [{ type: 'third' }] });
      const second = script(OTHER, { mail: [third] });
      await store.inbox.execute(script(POOL, { mail: [second] }), 'k');
      await settle(store);
      expect(handled.map(({ aggregate }) => aggregate)).toEqual(['pool:1', 'pool:2', 'pool:1']);
    });

    it('keeps timers until they are due, and then handles each once', async () => {
      const handled: Handling[] = [];
      const clock = new Clock();
      const store = await open({ engine: scriptedEngine(handled), clock });
      await store.inbox.submit([
        script(POOL, { events: [{ type: 'late' }] }, clock.now + 2000),
        script(POOL, { events: [{ type: 'soon' }] }, clock.now + 1000),
      ]);
      await settle(store);
      expect(handled).toEqual([]);
      expect(await store.inbox.nextDue()).toBe(clock.now + 1000);
      clock.now += 1500;
      await settle(store);
      await settle(store);
      expect(handled.map(({ script: { events } }) => events)).toEqual([[{ type: 'soon' }]]);
      clock.now += 1500;
      await settle(store);
      expect(handled).toHaveLength(2);
      expect(await store.inbox.nextDue()).toBeUndefined();
    });

    it('gives a timer that is due the place of its writing among the mail', async () => {
      const handled: Handling[] = [];
      const clock = new Clock();
      const store = await open({ engine: scriptedEngine(handled), clock });
      await store.inbox.submit([script(POOL, { events: [{ type: 'timer' }] }, clock.now + 10)]);
      // A round that began before the clock moved would not see the timer as due.
      await settle(store);
      clock.now += 10;
      await store.inbox.submit([script(POOL, { events: [{ type: 'letter' }] })]);
      await settle(store);
      expect(handled.map(({ script: { events } }) => events)).toEqual([
        [{ type: 'timer' }],
        [{ type: 'letter' }],
      ]);
    });

    it('never lets time go back within an aggregate', async () => {
      const handled: Handling[] = [];
      const clock = new Clock();
      const store = await open({ engine: scriptedEngine(handled), clock });
      await store.inbox.execute(script(POOL, { events: [{ type: 'a' }] }), 'a');
      const first = clock.now;
      clock.now -= 500;
      await store.inbox.execute(script(POOL, { events: [{ type: 'b' }] }), 'b');
      expect(handled.map(({ now }) => now)).toEqual([first, first]);
      expect((await store.journal.read(POOL)).map(({ at }) => at)).toEqual([first, first]);
    });

    it('tells listeners of timers, so that they ask when the next is due', async () => {
      const store = await open();
      let calls = 0;
      const stop = store.inbox.onMail(() => (calls += 1));
      await store.inbox.submit([script(POOL, {}, 9_000_000)]);
      await expect.poll(() => calls).toBeGreaterThan(0);
      stop();
    });
  });

  describe('poison', () => {
    it('parks a message that fails again and again, and the others go on', async () => {
      const handled: Handling[] = [];
      const store = await open({ engine: scriptedEngine(handled) });
      await store.inbox.submit([
        script(POOL, { events: [{ type: 'before' }] }),
        script(POOL, { throws: 'bad luck' }),
        script(POOL, { events: [{ type: 'after' }] }),
      ]);
      await settle(store);
      const events = (await store.journal.read(POOL)).map(({ event }) => event.type);
      expect(events).toEqual(['before', 'after']);
      const [parked, ...others] = await store.inbox.parked();
      expect(others).toEqual([]);
      expect(parked).toMatchObject({ to: POOL, reason: 'bad luck', attempts: 3 });
    });

    it('answers the sender of a parked command', async () => {
      const store = await open();
      const reply = await store.inbox.execute(script(POOL, { throws: 'bad luck' }), 'k');
      expect(reply).toMatchObject({ ok: false, refusal: { code: 'parked' } });
      expect(await store.inbox.execute(script(POOL, { throws: 'bad luck' }), 'k')).toEqual(reply);
    });

    it('leaves nothing behind of a unit that fails', async () => {
      const store = await open();
      const agent = { id: 1, name: 'a', version: '1', enabled: true, capabilities: {}, idle: false };
      await store.inbox.submit([
        script(POOL, { changes: [{ table: 'agent', id: 1, row: agent }], events: [{ type: 'x' }] }),
        script(POOL, { throws: 'no' }),
      ]);
      await settle(store);
      expect(await store.poolWork.agents(1)).toEqual([agent]);
      expect(await store.journal.read(POOL)).toHaveLength(1);
    });

    it('handles a parked message again when it is told to', async () => {
      const handled: Handling[] = [];
      const engine = scriptedEngine(handled);
      let broken = true;
      const store = await open({
        engine: { ...engine, pool: (id) => (broken ? failing() : engine.pool(id)) },
      });
      await store.inbox.submit([script(POOL, { events: [{ type: 'x' }] })]);
      await settle(store);
      broken = false;
      for (const { id } of await store.inbox.parked()) await store.inbox.unpark(id);
      await settle(store);
      expect(await store.inbox.parked()).toEqual([]);
      expect(handled).toHaveLength(1);
    });

    it('parks a working copy that asks in a circle', async () => {
      const store = await open({
        engine: {
          ...scriptedEngine(),
          pool: () => ({
            handle: () => ({ kind: 'needs', needs: [{ need: 'header' }] }),
            supply: () => undefined,
            changes: () => [],
          }),
        },
      });
      const reply = await store.inbox.execute(script(POOL, {}), 'k');
      expect(reply).toMatchObject({ ok: false, refusal: { code: 'parked' } });
    });
  });
}

function failing(): ReturnType<ReturnType<typeof scriptedEngine>['pool']> {
  return {
    handle: () => {
      throw new Error('not yet');
    },
    supply: () => undefined,
    changes: () => [],
  };
}
