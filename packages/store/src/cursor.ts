import { StoreError } from './errors.ts';
import { DEFAULT_PAGE, MAX_PAGE } from './limits.ts';
import type { Page, PageOptions } from './port/page.ts';

/** A place in a list: the values of its order, the last one unique. */
export type Place = readonly (string | number)[];

/** A place as opaque text. */
function encodePlace(place: Place): string {
  return Buffer.from(JSON.stringify(place)).toString('base64url');
}

/** The place behind `after`, checked to have these types. */
export function decodePlace(after: string, types: readonly ('string' | 'number')[]): Place {
  try {
    const place: unknown = JSON.parse(Buffer.from(after, 'base64url').toString());
    if (Array.isArray(place) && place.length === types.length) {
      if (place.every((value, index) => typeof value === types[index])) return place as Place;
    }
  } catch {
    // Not JSON: answered below like any other text that is not a place.
  }
  throw new StoreError('bad-cursor', 'The continuation token is not one that this list gave out.');
}

/** How many items a page has. */
export function pageLimit(options: PageOptions | undefined): number {
  return Math.min(Math.max(options?.limit ?? DEFAULT_PAGE, 1), MAX_PAGE);
}

/** A page out of one row more than it may hold: the surplus says that more follows. */
export function pageOf<R, T>(
  rows: readonly R[],
  limit: number,
  read: { readonly item: (row: R) => T; readonly place: (row: R) => Place },
): Page<T> {
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  const items = shown.map(read.item);
  if (rows.length <= limit || last === undefined) return { items };
  return { items, next: encodePlace(read.place(last)) };
}
