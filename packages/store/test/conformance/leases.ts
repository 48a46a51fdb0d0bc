import type { BundleRow, InterlockingMessage, Reply } from '@signalbox/engine';
import type { Store } from '@signalbox/store';
import { describe, expect, it } from 'vitest';
import { Clock, settle, storesOf, withProject, type Harness } from '../support/harness.ts';
import { ENGINE, policy } from '../support/real-engine.ts';

const SECOND = 1000;
const MARGIN = 30 * SECOND;

/** Callers from outside, decided by the real engine over each store; where a store lasts, it is opened again between. */
export function leasesSuite(harness: Harness): void {
  const open = storesOf(harness);
  const openWithProject = withProject(open);
  let key = 0;

  /** A store with the sequential lock 1, which is opened anew whenever the test says so. */
  async function world(): Promise<World> {
    const clock = new Clock();
    const place = harness.place();
    let store = await openWithProject({ engine: ENGINE, clock, place });
    const tell = (body: InterlockingMessage): Promise<Reply> => {
      key += 1;
      return store.inbox.execute({ to: { kind: 'interlocking', id: 1 }, body }, `lease ${key}`);
    };
    await tell({
      type: 'ConfigureLock',
      resource: { type: 'named', id: 'prod' },
      name: 'prod',
      policy: policy({ behavior: 'sequential' }),
      enabled: true,
      by: 'Ann',
    });
    return {
      tell,
      async lease(request) {
        const need = { need: 'bundleOf', run: 0, stage: request, attempt: 1 } as const;
        const [answer] = await store.locks.answer(1, [need]);
        return answer?.bundles?.[0];
      },
      async pass(seconds) {
        clock.now += seconds * SECOND;
        await settle(store);
      },
      async reopen() {
        if (place === undefined) return;
        await store.close();
        store = await open({ engine: ENGINE, clock, place });
      },
      store: () => store,
      now: () => clock.now,
    };
  }

  const acquire = (request: string, more: { readonly seconds?: number; readonly owner?: string } = {}) =>
    ({
      type: 'AcquireLease',
      request,
      caller: `the ${request}`,
      owner: 'token 1',
      locks: [1],
      seconds: 60,
      ...more,
    }) as const;
  const renew = (request: string) => ({ type: 'RenewLease', request, owner: 'token 1' }) as const;
  const release = (request: string, failed = false) =>
    ({ type: 'ReleaseLease', request, owner: 'token 1', failed }) as const;

  describe('leases', () => {
    it('are acquired once however often they are asked for, and told apart by their owner', async () => {
      const w = await world();
      const first = await w.tell(acquire('one'));
      await w.reopen();
      expect(await w.tell(acquire('ONE'.toLowerCase()))).toEqual(first);
      const refused = await w.tell({ ...renew('one'), owner: 'token 2' });
      expect(refused).toMatchObject({ ok: false, refusal: { code: 'lease-owner' } });
      expect(await w.lease('one')).toMatchObject({
        status: 'inUse',
        requester: { run: 0, caller: { name: 'the one', owner: 'token 1' } },
        requests: [{ lock: 1, token: 1, slot: 1 }],
        lease: { seconds: 60, until: w.now() + 60 * SECOND },
      });
    });

    it('are renewed, over a restart too, and released in favour of the next', async () => {
      const w = await world();
      await w.tell(acquire('one'));
      await w.tell(acquire('two', { seconds: 600 }));
      for (let turn = 0; turn < 3; turn += 1) {
        await w.pass(50);
        await w.reopen();
        expect(await w.tell(renew('one'))).toMatchObject({ ok: true });
      }
      expect((await w.lease('two'))?.status).toBe('queued');
      await w.tell(release('one'));
      await w.reopen();
      expect((await w.lease('one'))?.status).toBe('finished');
      expect(await w.lease('two')).toMatchObject({ status: 'inUse', requests: [{ token: 2 }] });
      expect(await w.tell(release('one'))).toMatchObject({ ok: true });
      expect(await w.tell(renew('one'))).toMatchObject({ ok: false, refusal: { code: 'lease-lost' } });
    });

    it('expire by their timers, which a restart keeps: quarantine first, then the next one (LAW-10)', async () => {
      const w = await world();
      await w.tell(acquire('one'));
      await w.tell(acquire('two', { seconds: 600 }));
      await w.reopen();
      await w.pass(60);
      expect(await w.lease('one')).toMatchObject({ status: 'inUse', holder: { state: 'quarantined' } });
      expect((await w.lease('two'))?.status).toBe('queued');
      await w.reopen();
      await w.pass(MARGIN / SECOND);
      expect((await w.lease('one'))?.status).toBe('abandoned');
      expect(await w.lease('two')).toMatchObject({ status: 'inUse', requests: [{ token: 2 }] });
    });

    it('that became overdue while no store was open are over at the next start (R14)', async () => {
      const w = await world();
      await w.tell(acquire('one'));
      await w.tell(acquire('waiter', { seconds: 90 }));
      await w.tell(acquire('last', { seconds: 3600 }));
      await w.reopen();
      await w.pass(100);
      await w.pass(MARGIN / SECOND);
      const states = await Promise.all(
        ['one', 'waiter', 'last'].map(async (name) => (await w.lease(name))?.status),
      );
      expect(states).toEqual(['abandoned', 'canceled', 'inUse']);
    });

    it('that failed are kept where the policy says so', async () => {
      const w = await world();
      await w.tell({
        type: 'ConfigureLock',
        resource: { type: 'named', id: 'prod' },
        name: 'prod',
        policy: policy({ behavior: 'sequential', onFailure: 'hold' }),
        enabled: true,
        by: 'Ann',
      });
      await w.tell(acquire('one'));
      await w.tell(release('one', true));
      await w.reopen();
      await w.pass(600);
      expect(await w.lease('one')).toMatchObject({ status: 'inUse', holder: { state: 'failed' } });
    });

    it('with a channel begin with the grant, and leave the telling and the watching as effects', async () => {
      const w = await world();
      await w.tell(acquire('one'));
      const channel = { kind: 'azureCheck', id: 'c1', shown: 'https://azure', sealed: 'x' } as const;
      await w.tell({ ...acquire('two', { seconds: 7200 }), channel });
      await w.pass(50);
      await w.tell(release('one'));
      await w.reopen();
      expect(await w.lease('two')).toMatchObject({
        status: 'inUse',
        requester: { caller: { channel } },
        lease: { until: w.now() + 7200 * SECOND },
      });
      const taken = await w.store().effects.take({ limit: 9, lease: SECOND });
      expect(taken.map(({ effect }) => effect)).toEqual([
        { key: 'watch:1:two', kind: 'watchCaller', project: 1, request: 'two' },
        {
          key: 'tell:1:two:granted:c1',
          kind: 'tellCaller',
          project: 1,
          request: 'two',
          channel: 'c1',
          news: 'granted',
        },
      ]);
      const moved = { ...channel, id: 'c2' };
      await w.tell({ ...acquire('two', { seconds: 7200 }), channel: moved });
      const told = { news: 'granted', ok: true, message: 'It answered 204.' } as const;
      await w.tell({ type: 'CallerTold', request: 'two', channel: 'c1', ...told });
      await w.tell({ type: 'CallerTold', request: 'two', channel: 'c2', ...told });
      await w.reopen();
      expect(await w.lease('two')).toMatchObject({
        requester: { caller: { channel: moved } },
        told: { ...told, at: w.now() },
      });
    });
  });
}

interface World {
  tell(body: InterlockingMessage): Promise<Reply>;
  lease(request: string): Promise<BundleRow | undefined>;
  pass(seconds: number): Promise<void>;
  /** Closes the store and opens it again, where it lasts. */
  reopen(): Promise<void>;
  store(): Store;
  now(): number;
}
