import type { Instant } from '@signalbox/model';
import type { SessionRow, Sessions, TokenRow, Tokens } from '../port/catalogue.ts';
import { Rows } from './rows.ts';

/** A use is noted once in this many milliseconds, as in the databases. */
const TOUCH_EVERY = 60_000;

/** Tokens in memory. */
export function tokens(clock: () => Instant): Tokens {
  const rows = new Rows<TokenRow>();
  const find = (hash: string): TokenRow | undefined => rows.find((row) => row.hash === hash);
  return {
    create: async (token) => find(token.hash) ?? rows.add({ ...token, createdAt: clock() }),
    find: async (hash) => find(hash),
    get: async (id) => rows.get(id),
    list: async () => rows.all(),
    ofUser: async (user) => rows.all().filter((row) => row.user === user),
    async assign(id, user) {
      const row = rows.get(id);
      if (row !== undefined && row.user === undefined) rows.replace({ ...row, user });
    },
    async touch(id) {
      const row = rows.get(id);
      if (row === undefined || (row.lastUsedAt ?? -Infinity) > clock() - TOUCH_EVERY) return;
      rows.replace({ ...row, lastUsedAt: clock() });
    },
    async revoke(id) {
      const row = rows.get(id);
      if (row !== undefined && row.revokedAt === undefined) rows.replace({ ...row, revokedAt: clock() });
    },
  };
}

/** Sessions and sign-in codes in memory. */
export function sessions(clock: () => Instant): Sessions {
  const open = new Map<string, SessionRow>();
  const codes = new Map<string, SessionRow>();
  const current = (rows: Map<string, SessionRow>, hash: string): SessionRow | undefined => {
    const row = rows.get(hash);
    return row !== undefined && row.expiresAt > clock() ? row : undefined;
  };
  const add = (rows: Map<string, SessionRow>, input: Parameters<Sessions['create']>[0]): void => {
    const { hash, token, lasts } = input;
    rows.set(hash, { hash, token, createdAt: clock(), expiresAt: clock() + lasts });
  };
  return {
    create: async (session) => add(open, session),
    find: async (hash) => current(open, hash),
    async remove(hash) {
      open.delete(hash);
    },
    createCode: async (code) => add(codes, code),
    async redeemCode(hash) {
      const code = current(codes, hash);
      codes.delete(hash);
      return code?.token;
    },
  };
}
