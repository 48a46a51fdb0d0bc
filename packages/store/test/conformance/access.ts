import { describe, expect, it } from 'vitest';
import { Clock, storesOf, withProject, type Harness } from '../support/harness.ts';

const HASH = 'a'.repeat(64);
const OTHER = 'b'.repeat(64);

export function accessSuite(harness: Harness): void {
  const openWithProject = withProject(storesOf(harness));

  describe('tokens', () => {
    it('are made once by their hash and found by it', async () => {
      const store = await openWithProject();
      const made = await store.tokens.create({ hash: HASH, name: 'admin', scope: 'admin' });
      expect(await store.tokens.create({ hash: HASH, name: 'again', scope: 'x' })).toEqual(made);
      expect(await store.tokens.find(HASH)).toEqual(made);
      expect(await store.tokens.find(OTHER)).toBeUndefined();
      expect(await store.tokens.list()).toEqual([made]);
      expect(made).not.toHaveProperty('project');
    });

    it('keep what they may do and until when', async () => {
      const store = await openWithProject();
      const pool = await store.pools.upsert('Default');
      const input = { hash: HASH, name: 'n', scope: 'agent', project: 1, pool: pool.id, expiresAt: 99 };
      expect(await store.tokens.create(input)).toMatchObject(input);
    });

    it('note their last use, at most once a minute', async () => {
      const clock = new Clock();
      const store = await openWithProject({ clock });
      const { id } = await store.tokens.create({ hash: HASH, name: 'n', scope: 's' });
      const first = clock.now;
      await store.tokens.touch(id);
      clock.now += 59_999;
      await store.tokens.touch(id);
      expect((await store.tokens.find(HASH))?.lastUsedAt).toBe(first);
      clock.now += 1;
      await store.tokens.touch(id);
      expect((await store.tokens.find(HASH))?.lastUsedAt).toBe(clock.now);
    });

    it('are revoked once', async () => {
      const clock = new Clock();
      const store = await openWithProject({ clock });
      const { id } = await store.tokens.create({ hash: HASH, name: 'n', scope: 's' });
      const first = clock.now;
      await store.tokens.revoke(id);
      clock.now += 5;
      await store.tokens.revoke(id);
      expect((await store.tokens.find(HASH))?.revokedAt).toBe(first);
    });
  });

  describe('sessions', () => {
    it('last as long as they were made for', async () => {
      const clock = new Clock();
      const store = await openWithProject({ clock });
      const { id } = await store.tokens.create({ hash: HASH, name: 'n', scope: 's' });
      await store.sessions.create({ hash: OTHER, token: id, lasts: 1000 });
      expect(await store.sessions.find(OTHER)).toMatchObject({ token: id, expiresAt: clock.now + 1000 });
      clock.now += 1000;
      expect(await store.sessions.find(OTHER)).toBeUndefined();
    });

    it('end when they are removed', async () => {
      const store = await openWithProject();
      const { id } = await store.tokens.create({ hash: HASH, name: 'n', scope: 's' });
      await store.sessions.create({ hash: OTHER, token: id, lasts: 1000 });
      await store.sessions.remove(OTHER);
      expect(await store.sessions.find(OTHER)).toBeUndefined();
    });

    it('start from a code, once', async () => {
      const store = await openWithProject();
      const { id } = await store.tokens.create({ hash: HASH, name: 'n', scope: 's' });
      await store.sessions.createCode({ hash: OTHER, token: id, lasts: 1000 });
      const used = await Promise.all([1, 2, 3].map(() => store.sessions.redeemCode(OTHER)));
      expect(used.filter((token) => token === id)).toHaveLength(1);
      expect(used.filter((token) => token === undefined)).toHaveLength(2);
    });

    it('do not start from a code that has expired', async () => {
      const clock = new Clock();
      const store = await openWithProject({ clock });
      const { id } = await store.tokens.create({ hash: HASH, name: 'n', scope: 's' });
      await store.sessions.createCode({ hash: OTHER, token: id, lasts: 1000 });
      clock.now += 1000;
      expect(await store.sessions.redeemCode(OTHER)).toBeUndefined();
    });
  });
}
