import { fold, type Instant } from '@signalbox/model';
import type {
  GroupRow,
  Groups,
  Member,
  RolePlace,
  RoleRow,
  Roles,
  UserInput,
  UserRow,
  Users,
} from '../port/identities.ts';
import { byText, missing, Rows, taken } from './rows.ts';

/** Users in memory. */
export function users(clock: () => Instant): Users {
  const rows = new Rows<UserRow>();
  const find = (name: string): UserRow | undefined => rows.find((row) => fold(row.name) === fold(name));
  const ofSubject = (issuer?: string, subject?: string): UserRow | undefined =>
    issuer === undefined || subject === undefined
      ? undefined
      : rows.find((row) => row.issuer === issuer && row.subject === subject);
  const add = ({ name, displayName = name, mail = '', kind = 'person', ...rest }: UserInput): UserRow => {
    if (ofSubject(rest.issuer, rest.subject) !== undefined) throw taken(`a user of that subject`);
    return rows.add({ ...rest, name, displayName, mail, kind, active: true, createdAt: clock() });
  };
  return {
    upsert: async (user) => find(user.name) ?? add(user),
    async create(user) {
      if (find(user.name) !== undefined) throw taken(`a user ${user.name}`);
      return add(user);
    },
    get: async (id) => rows.get(id),
    find: async (name) => find(name),
    ofSubject: async (issuer, subject) => ofSubject(issuer, subject),
    list: async () => byText(rows.all(), (row) => fold(row.name)),
    async update(id, patch) {
      const row = rows.get(id);
      if (row === undefined) throw missing(`user ${id}`);
      const twin = ofSubject(patch.issuer, patch.subject);
      if (twin !== undefined && twin.id !== id) throw taken(`a user of that subject`);
      return rows.replace({ ...row, ...patch });
    },
  };
}

/** Groups in memory. */
export function groups(clock: () => Instant): Groups {
  const rows = new Map<string, GroupRow>();
  const sorted = (): readonly GroupRow[] => byText([...rows.values()], ({ name }) => fold(name));
  return {
    async save({ name, description, members }) {
      const known = rows.get(fold(name));
      const unique = new Map(members.map((one) => [memberKey(one), one]));
      const row = {
        name: known?.name ?? name,
        description,
        members: byText([...unique.values()], memberKey),
        createdAt: known?.createdAt ?? clock(),
      };
      rows.set(fold(name), row);
      return row;
    },
    find: async (name) => rows.get(fold(name)),
    list: async () => sorted(),
    async join(name, member) {
      const row = rows.get(fold(name));
      if (row === undefined) return false;
      const others = row.members.filter((one) => memberKey(one) !== memberKey(member));
      rows.set(fold(name), { ...row, members: byText([...others, member], memberKey) });
      return true;
    },
    async leave(name, member) {
      const row = rows.get(fold(name));
      const left = (row?.members ?? []).filter((one) => memberKey(one) !== memberKey(member));
      if (row === undefined || left.length === row.members.length) return false;
      rows.set(fold(name), { ...row, members: left });
      return true;
    },
    async remove(name) {
      for (const [key, row] of rows) {
        const left = row.members.filter((one) => one.kind === 'user' || fold(one.name) !== fold(name));
        rows.set(key, { ...row, members: left });
      }
      return rows.delete(fold(name));
    },
    async of(user) {
      const mine = new Set<string>();
      const follow = (member: Member): void => {
        for (const row of rows.values()) {
          if (mine.has(fold(row.name))) continue;
          if (!row.members.some((one) => memberKey(one) === memberKey(member))) continue;
          mine.add(fold(row.name));
          follow({ kind: 'group', name: row.name });
        }
      };
      follow({ kind: 'user', name: user });
      return sorted().flatMap(({ name }) => (mine.has(fold(name)) ? [name] : []));
    },
  };
}

/** Sorts groups before users, as the databases do. */
function memberKey({ kind, name }: Member): string {
  return `${kind}:${fold(name)}`;
}

/** Roles in memory. */
export function roles(): Roles {
  const rows = new Map<string, RoleRow>();
  return {
    at: async (place) => [...rows.values()].filter((row) => placeKey(row.place) === placeKey(place)),
    async give(row) {
      if (!rows.has(roleKey(row))) rows.set(roleKey(row), row);
    },
    take: async (row) => rows.delete(roleKey(row)),
    async replace(place, wanted) {
      for (const [key, row] of rows) if (placeKey(row.place) === placeKey(place)) rows.delete(key);
      for (const one of wanted) rows.set(roleKey({ ...one, place }), { ...one, place });
    },
    async of(user, groupNames) {
      const keys = [
        memberKey({ kind: 'user', name: user }),
        ...groupNames.map((name) => memberKey({ kind: 'group', name })),
      ];
      return [...rows.values()].filter((row) => keys.includes(memberKey(row)));
    },
    list: async () => [...rows.values()],
  };
}

function roleKey({ place, kind, name, role }: RoleRow): string {
  return JSON.stringify([placeKey(place), kind, fold(name), role]);
}

function placeKey({ project, resource }: RolePlace): string {
  return JSON.stringify([project ?? 0, resource?.type ?? '', resource?.id ?? '']);
}
