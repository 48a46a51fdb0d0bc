import { StoreError } from './errors.ts';

/** A place in the feed as opaque text: transaction and number. One transaction, `0`, where there is one writer. */
export function feedCursor(xid: string, seq: number): string {
  return `${xid}.${seq}`;
}

/** The place behind a cursor; the beginning when there is none. */
export function feedPlace(cursor: string | undefined): readonly [xid: string, seq: number] {
  if (cursor === undefined) return ['0', 0];
  const [, xid, seq] = /^(\d{1,20})\.(\d{1,16})$/.exec(cursor) ?? [];
  const valid = xid !== undefined && seq !== undefined && Number(seq) <= Number.MAX_SAFE_INTEGER;
  if (valid && BigInt(xid) < 2n ** 64n) return [xid, Number(seq)];
  throw new StoreError('bad-cursor', 'The feed cursor is not one that this feed gave out.');
}
