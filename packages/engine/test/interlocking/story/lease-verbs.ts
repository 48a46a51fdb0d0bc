import { NOBODY } from './cast.ts';
import type { Verb } from './verb.ts';

/** What callers from outside say: `x1 acquires prod, db for 5` (minutes) · `x1 renews by another`. */
export const leaseVerbs = {
  acquires(cast, request, rest) {
    const [, names = '', length = '10'] = /^(.*?)(?: for (\S+))?(?: by another)?$/.exec(rest) ?? [];
    const ids = new Map([...cast.rows.locks.values()].map(({ id, name }) => [name, id] as const));
    const locks = names
      .split(/, */)
      .filter((name) => name !== '')
      .map((name) => ids.get(name) ?? NOBODY);
    const seconds = Number(length) * 60;
    return { type: 'AcquireLease', request, caller: 'tool', owner: ownerOf(rest), locks, seconds };
  },
  renews: (_, request, rest) => ({ type: 'RenewLease', request, owner: ownerOf(rest) }),
  'gives back': (_, request, rest) => ({
    type: 'ReleaseLease',
    request,
    owner: ownerOf(rest),
    failed: rest.startsWith('failed'),
  }),
} as const satisfies Record<string, Verb>;

function ownerOf(rest: string): string {
  return rest.endsWith('by another') ? 'another' : 'token';
}
