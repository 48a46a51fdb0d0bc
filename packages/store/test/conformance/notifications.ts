import type { DeliveryRow, NewDelivery, Store, SubscriptionRow } from '@signalbox/store';
import { describe, expect, it } from 'vitest';
import { Clock, storesOf, withProject, type Harness } from '../support/harness.ts';

const project = 1;
const GUID = 'b0000000-0000-8000-8000-00000000000';
const LEASE = { limit: 9, lease: 1000 };

export function notificationsSuite(harness: Harness): void {
  const open = storesOf(harness);
  const openWithProject = withProject(open);

  async function subscribed(
    clock = new Clock(),
    names = ['1'],
  ): Promise<{ readonly store: Store; readonly clock: Clock; readonly rows: readonly SubscriptionRow[] }> {
    const store = await openWithProject({ clock });
    const rows: SubscriptionRow[] = [];
    for (const name of names) {
      const input = { guid: `${GUID}${name}`, settings: { name }, enabled: true, by: 'ann' };
      rows.push(await store.subscriptions.create(project, input));
    }
    return { store, clock, rows };
  }

  const made = (name: string, subscription = 1): NewDelivery => ({
    guid: `c0000000-0000-8000-8000-0000000000${name}`,
    subscription,
    event: 'run.completed',
    body: { name },
  });
  const state = async (store: Store, id: number): Promise<Partial<DeliveryRow> | undefined> => {
    const row = await store.deliveries.get(1, id);
    return row && { state: row.state, attempts: row.attempts, result: row.result ?? '' };
  };
  const names = (rows: readonly DeliveryRow[]): readonly unknown[] => rows.map(({ body }) => body['name']);

  describe('subscriptions', () => {
    it('are kept with their version, found by GUID, and listed by project', async () => {
      const { store, clock, rows } = await subscribed(new Clock(), ['1', '2']);
      const [first, second] = rows as [SubscriptionRow, SubscriptionRow];
      expect(first).toMatchObject({ id: 1, project, settings: { name: '1' }, state: 'enabled', version: 1 });
      expect(first).toMatchObject({ createdBy: 'ann', activeFrom: clock.now, omitted: 0 });
      expect(await store.subscriptions.find(second.guid)).toEqual(second);
      expect(await store.subscriptions.find(`${GUID}9`)).toBeUndefined();
      expect(await store.subscriptions.list(project)).toEqual([first, second]);
      expect(await store.subscriptions.list(project + 1)).toEqual([]);
      expect(await store.subscriptions.list()).toEqual([first, second]);
      clock.now += 5;
      const input = { settings: { name: 'x' }, enabled: true, by: 'bob' };
      const changed = await store.subscriptions.update(first.id, input);
      expect(changed).toMatchObject({ settings: { name: 'x' }, version: 2, modifiedBy: 'bob' });
      expect(changed.activeFrom).toBe(first.activeFrom);
      await expect(store.subscriptions.update(99, input)).rejects.toMatchObject({ code: 'not-found' });
      expect(await store.subscriptions.remove(first.id)).toBe(true);
      expect(await store.subscriptions.remove(first.id)).toBe(false);
    });

    it('fail what waits when they are disabled, and begin anew when they are enabled', async () => {
      const { store, clock } = await subscribed();
      await store.deliveries.advance({ from: undefined, to: 'a', deliveries: [made('01'), made('02')] });
      await store.deliveries.take(LEASE);
      await store.deliveries.report(1, { kind: 'again', after: 10, result: 'no answer' });
      await store.subscriptions.disable(1, 'It failed for days.');
      const [row] = await store.subscriptions.list();
      expect(row).toMatchObject({ state: 'disabledBySystem', reason: 'It failed for days.' });
      expect(row?.failingSince).toBe(clock.now);
      expect(await state(store, 1)).toMatchObject({ state: 'failed', result: 'It failed for days.' });
      expect(await store.deliveries.nextDue()).toBeUndefined();
      clock.now += 50;
      const input = { settings: {}, enabled: true, by: 'bob' };
      const enabled = await store.subscriptions.update(1, input);
      expect(enabled).toMatchObject({ state: 'enabled', activeFrom: clock.now });
      expect(enabled.failingSince ?? enabled.reason).toBeUndefined();
      await store.subscriptions.update(1, { ...input, enabled: false });
      await store.subscriptions.disable(1, 'not heard');
      expect((await store.subscriptions.list())[0]?.state).toBe('disabled');
    });

    it('take their deliveries with them', async () => {
      const { store } = await subscribed();
      await store.deliveries.add(made('01'));
      await store.subscriptions.remove(1);
      expect(await store.deliveries.get(1, 1)).toBeUndefined();
      expect(await store.deliveries.advance({ from: undefined, to: 'a', deliveries: [made('02')] })).toBe(
        true,
      );
      expect(await store.deliveries.take(LEASE)).toEqual([]);
    });
  });

  describe('deliveries', () => {
    it('are made with the step of the cursor, once, and by one reader only', async () => {
      const { store } = await subscribed();
      expect(await store.deliveries.cursor()).toBeUndefined();
      const step = { from: undefined, to: 'a', deliveries: [made('01')] };
      expect(await store.deliveries.advance(step)).toBe(true);
      expect(await store.deliveries.advance({ ...step, deliveries: [made('02')] })).toBe(false);
      expect(await store.deliveries.cursor()).toBe('a');
      expect(await store.deliveries.advance({ from: 'x', to: 'b', deliveries: [made('02')] })).toBe(false);
      expect(
        await store.deliveries.advance({ from: 'a', to: 'b', deliveries: [made('01'), made('03')] }),
      ).toBe(true);
      expect(await store.deliveries.cursor()).toBe('b');
      expect(names((await store.deliveries.list(1)).items)).toEqual(['03', '01']);
    });

    it('are taken one of each subscription at a time, in order', async () => {
      const { store, clock } = await subscribed(new Clock(), ['1', '2']);
      const deliveries = [made('01'), made('02'), made('03', 2)];
      await store.deliveries.advance({ from: undefined, to: 'a', deliveries });
      expect(await store.deliveries.nextDue()).toBe(clock.now);
      expect(names(await store.deliveries.take(LEASE))).toEqual(['01', '03']);
      expect(await store.deliveries.take(LEASE)).toEqual([]);
      expect(await store.deliveries.nextDue()).toBe(clock.now + 1000);
      await store.deliveries.report(1, { kind: 'delivered', result: 'It answered 200.' });
      expect(await state(store, 1)).toEqual({ state: 'delivered', attempts: 1, result: 'It answered 200.' });
      expect(names(await store.deliveries.take(LEASE))).toEqual(['02']);
      clock.now += 1000;
      // Nobody reported: both come back.
      expect((await store.deliveries.take(LEASE)).map(({ attempts }) => attempts)).toEqual([2, 2]);
    });

    it('are tried again later, while the ones behind go on', async () => {
      const { store, clock } = await subscribed();
      const deliveries = [made('01'), made('02')];
      await store.deliveries.advance({ from: undefined, to: 'a', deliveries });
      await store.deliveries.take(LEASE);
      await store.deliveries.report(1, { kind: 'again', after: 5000, result: 'It answered 500.' });
      expect(await state(store, 1)).toEqual({ state: 'waiting', attempts: 1, result: 'It answered 500.' });
      expect((await store.subscriptions.list())[0]?.failingSince).toBe(clock.now);
      expect(names(await store.deliveries.take(LEASE))).toEqual(['02']);
      await store.deliveries.report(2, { kind: 'delivered', result: 'It answered 200.' });
      expect((await store.subscriptions.list())[0]?.failingSince).toBeUndefined();
      expect(await store.deliveries.nextDue()).toBe(clock.now + 5000);
      clock.now += 5000;
      expect(names(await store.deliveries.take(LEASE))).toEqual(['01']);
      await store.deliveries.report(1, { kind: 'failed', result: 'gone' });
      await store.deliveries.report(1, { kind: 'delivered', result: 'late' });
      expect(await state(store, 1)).toMatchObject({ state: 'failed', result: 'gone' });
    });

    it('are listed newest first, in pages and by state, and sent again by hand when they are over', async () => {
      const { store, clock } = await subscribed();
      const deliveries = ['01', '02', '03'].map((name) => made(name));
      await store.deliveries.advance({ from: undefined, to: 'a', deliveries });
      await store.deliveries.take(LEASE);
      await store.deliveries.report(1, { kind: 'failed', result: 'gone' });
      const page = await store.deliveries.list(1, { limit: 2 });
      expect(names(page.items)).toEqual(['03', '02']);
      const rest = await store.deliveries.list(1, { limit: 2, after: page.next ?? '' });
      expect([names(rest.items), rest.next]).toEqual([['01'], undefined]);
      expect(names((await store.deliveries.list(1, { state: 'failed' })).items)).toEqual(['01']);
      expect(await store.deliveries.redeliver(1, 2)).toBeUndefined();
      expect(await store.deliveries.redeliver(2, 1)).toBeUndefined();
      clock.now += 7;
      const again = await store.deliveries.redeliver(1, 1);
      expect(again).toMatchObject({ state: 'waiting', attempts: 0, since: clock.now, due: clock.now });
      expect(again?.createdAt).toBe(clock.now - 7);
      expect(again?.endedAt).toBeUndefined();
    });

    it('are bounded: beyond a thousand that wait they are counted only', async () => {
      const { store } = await subscribed();
      const many = Array.from({ length: 1003 }, (_, at) => ({
        ...made('00'),
        guid: `d0000000-0000-8000-8000-00000000${String(at).padStart(4, '0')}`,
      }));
      await store.deliveries.advance({ from: undefined, to: 'a', deliveries: many });
      expect((await store.subscriptions.list())[0]?.omitted).toBe(3);
      expect((await store.deliveries.list(1, { limit: 2000 })).items).toHaveLength(1000);
    });

    it('are removed some time after their end, never before', async () => {
      const { store, clock } = await subscribed();
      const deliveries = ['01', '02', '03'].map((name) => made(name));
      await store.deliveries.advance({ from: undefined, to: 'a', deliveries });
      for (const id of [1, 2]) {
        await store.deliveries.take(LEASE);
        await store.deliveries.report(id, { kind: 'delivered', result: 'It answered 200.' });
        clock.now += 10;
      }
      const prune = (limit: number): Promise<number> =>
        store.deliveries.prune({ endedBefore: clock.now - 10, limit });
      expect(await prune(9)).toBe(1);
      clock.now += 1_000_000;
      expect(await prune(9)).toBe(1);
      expect(await prune(9)).toBe(0);
      expect(names((await store.deliveries.list(1)).items)).toEqual(['03']);
    });

    it('outlive a store that is closed in the middle', async () => {
      const place = harness.place();
      if (place === undefined) return;
      const clock = new Clock();
      const store = await openWithProject({ clock, place });
      const input = { guid: `${GUID}1`, settings: {}, enabled: true, by: 'ann' };
      await store.subscriptions.create(project, input);
      await store.deliveries.advance({ from: undefined, to: 'a', deliveries: [made('01')] });
      await store.deliveries.take(LEASE);
      await store.close();
      clock.now += 1000;
      const again = await open({ clock, place });
      expect(await again.deliveries.cursor()).toBe('a');
      expect(await again.deliveries.take(LEASE)).toMatchObject([{ guid: made('01').guid, attempts: 2 }]);
    });
  });
}
