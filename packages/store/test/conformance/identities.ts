import { describe, expect, it } from 'vitest';
import { storesOf, withProject, type Harness } from '../support/harness.ts';

export function identitiesSuite(harness: Harness): void {
  const openWithProject = withProject(storesOf(harness));

  describe('users', () => {
    it('are made once by their name, whatever the letter case, also by several at once', async () => {
      const store = await openWithProject();
      const made = await Promise.all(['Ann', 'ann', 'ANN'].map((name) => store.users.upsert({ name })));
      expect(new Set(made.map(({ id }) => id)).size).toBe(1);
      const [ann] = made;
      expect(ann).toMatchObject({ displayName: ann?.name, mail: '', kind: 'person', active: true });
      expect(ann).not.toHaveProperty('issuer');
      expect(await store.users.find('aNN')).toEqual(ann);
      expect(await store.users.get(ann!.id)).toEqual(ann);
      expect(await store.users.find('bob')).toBeUndefined();
      await expect(store.users.create({ name: 'ANN' })).rejects.toMatchObject({ code: 'name-taken' });
    });

    it('are found by the subject that their issuer knows them by, which is one user only', async () => {
      const store = await openWithProject();
      const subject = { issuer: 'https://id.example', subject: '42' };
      const ann = await store.users.create({ name: 'ann', displayName: 'Ann Lee', mail: 'a@x', ...subject });
      expect(await store.users.ofSubject('https://id.example', '42')).toEqual(ann);
      expect(await store.users.ofSubject('https://other.example', '42')).toBeUndefined();
      const twin = store.users.create({ name: 'bob', ...subject });
      await expect(twin).rejects.toMatchObject({ code: 'name-taken' });
      const bob = await store.users.create({ name: 'bob', kind: 'service' });
      const taken = store.users.update(bob.id, subject);
      await expect(taken).rejects.toMatchObject({ code: 'name-taken' });
    });

    it('are disabled and described, and listed by name', async () => {
      const store = await openWithProject();
      const bob = await store.users.create({ name: 'Bob' });
      await store.users.create({ name: 'ann' });
      const changed = await store.users.update(bob.id, { active: false, displayName: 'Bob B', mail: 'b@x' });
      expect(changed).toEqual({ ...bob, active: false, displayName: 'Bob B', mail: 'b@x' });
      expect(await store.users.update(bob.id, {})).toEqual(changed);
      expect((await store.users.list()).map(({ name }) => name)).toEqual(['ann', 'Bob']);
      await expect(store.users.update(999, {})).rejects.toMatchObject({ code: 'not-found' });
    });

    it('own tokens: a token that belongs to nobody is given away once', async () => {
      const store = await openWithProject();
      const ann = await store.users.create({ name: 'ann' });
      const bob = await store.users.create({ name: 'bob' });
      const token = await store.tokens.create({ hash: 'c'.repeat(64), name: 'ann', scope: 'reader' });
      expect(token).not.toHaveProperty('user');
      await store.tokens.assign(token.id, ann.id);
      await store.tokens.assign(token.id, bob.id);
      expect((await store.tokens.get(token.id))?.user).toBe(ann.id);
      expect(await store.tokens.get(999)).toBeUndefined();
      const other = await store.tokens.create({ hash: 'd'.repeat(64), name: 'x', scope: 'y', user: ann.id });
      expect((await store.tokens.ofUser(ann.id)).map(({ id }) => id)).toEqual([token.id, other.id]);
      expect(await store.tokens.ofUser(bob.id)).toEqual([]);
    });
  });

  describe('groups', () => {
    const user = (name: string) => ({ kind: 'user', name }) as const;
    const group = (name: string) => ({ kind: 'group', name }) as const;

    it('are saved whole, whatever the letter case of the name', async () => {
      const store = await openWithProject();
      const members = [user('bob'), group('leads'), user('Ann'), user('ANN')];
      const made = await store.groups.save({ name: 'Ops', description: 'd', members });
      expect(made).toMatchObject({ name: 'Ops', description: 'd' });
      expect(made.members.map(({ name }) => name.toLowerCase())).toEqual(['leads', 'ann', 'bob']);
      expect(await store.groups.find('OPS')).toEqual(made);
      const changed = await store.groups.save({ name: 'ops', description: '', members: [] });
      expect(changed).toEqual({ ...made, description: '', members: [] });
      expect(await store.groups.list()).toEqual([changed]);
    });

    it('are joined and left one by one, also by several at once', async () => {
      const store = await openWithProject();
      await store.groups.save({ name: 'Ops', description: 'd', members: [group('leads')] });
      const names = ['ann', 'bob', 'cy', 'ANN'];
      expect(await Promise.all(names.map((name) => store.groups.join('ops', user(name))))).not.toContain(
        false,
      );
      const members = (await store.groups.find('ops'))?.members.map(({ name }) => name.toLowerCase());
      expect(members).toEqual(['leads', 'ann', 'bob', 'cy']);
      expect(await store.groups.of('Ann')).toEqual(['Ops']);
      expect(await store.groups.leave('OPS', user('BOB'))).toBe(true);
      expect(await store.groups.leave('ops', user('bob'))).toBe(false);
      expect(await store.groups.leave('ops', user('leads'))).toBe(false);
      expect(await store.groups.leave('none', user('ann'))).toBe(false);
      expect(await store.groups.join('none', user('ann'))).toBe(false);
      expect(await store.groups.of('bob')).toEqual([]);
    });

    it('hold whom the groups in them hold, also in a circle', async () => {
      const store = await openWithProject();
      await store.groups.save({ name: 'a', description: '', members: [user('ann'), group('c')] });
      await store.groups.save({ name: 'b', description: '', members: [group('A')] });
      await store.groups.save({ name: 'c', description: '', members: [group('b'), user('cy')] });
      await store.groups.save({ name: 'd', description: '', members: [user('bob')] });
      expect(await store.groups.of('ANN')).toEqual(['a', 'b', 'c']);
      expect(await store.groups.of('cy')).toEqual(['a', 'b', 'c']);
      expect(await store.groups.of('bob')).toEqual(['d']);
      expect(await store.groups.of('nobody')).toEqual([]);
    });

    it('leave other groups when they are removed', async () => {
      const store = await openWithProject();
      await store.groups.save({ name: 'a', description: '', members: [user('ann')] });
      await store.groups.save({ name: 'b', description: '', members: [group('a')] });
      expect(await store.groups.remove('A')).toBe(true);
      expect(await store.groups.remove('A')).toBe(false);
      expect(await store.groups.find('b')).toMatchObject({ members: [] });
      expect(await store.groups.of('ann')).toEqual([]);
    });
  });

  describe('roles', () => {
    const ann = { kind: 'user', name: 'Ann' } as const;
    const ops = { kind: 'group', name: 'ops' } as const;

    it('are given once and taken by whatever letter case', async () => {
      const store = await openWithProject();
      const row = { place: { project: 1 }, ...ann, role: 'reader' };
      await store.roles.give(row);
      await store.roles.give({ ...row, name: 'ANN' });
      expect(await store.roles.at({ project: 1 })).toEqual([row]);
      expect(await store.roles.at({})).toEqual([]);
      expect(await store.roles.take({ ...row, name: 'ann' })).toBe(true);
      expect(await store.roles.take(row)).toBe(false);
      expect(await store.roles.list()).toEqual([]);
    });

    it('of a user are his own and those of his groups, at every place', async () => {
      const store = await openWithProject();
      const resource = { type: 'environment', id: '7' };
      const rows = [
        { place: {}, ...ops, role: 'reader' },
        { place: { project: 1 }, ...ann, role: 'contributor' },
        { place: { project: 1, resource }, ...ann, role: 'Administrator' },
        { place: { project: 1 }, kind: 'user', name: 'bob', role: 'administrator' } as const,
      ];
      for (const row of rows) await store.roles.give(row);
      expect(await store.roles.of('ANN', ['Ops'])).toEqual(rows.slice(0, 3));
      expect(await store.roles.of('ann', [])).toEqual(rows.slice(1, 3));
      expect(await store.roles.list()).toEqual(rows);
    });

    it('of one place are replaced, and no others', async () => {
      const store = await openWithProject();
      const all = { project: 1, resource: { type: 'environment', id: 'all' } };
      await store.roles.give({ place: all, ...ann, role: 'User' });
      await store.roles.give({ place: { project: 1 }, ...ann, role: 'reader' });
      await store.roles.replace(all, [
        { ...ops, role: 'Creator' },
        { ...ann, role: 'Reader' },
      ]);
      expect(await store.roles.at(all)).toEqual([
        { place: all, ...ops, role: 'Creator' },
        { place: all, ...ann, role: 'Reader' },
      ]);
      expect(await store.roles.at({ project: 1 })).toHaveLength(1);
      await store.roles.replace(all, []);
      expect(await store.roles.at(all)).toEqual([]);
    });
  });
}
