import type { CallerChannel } from '@signalbox/engine';
import { NOBODY } from './cast.ts';
import type { Verb } from './verb.ts';

/** What callers from outside say: `x1 acquires prod, db for 5 told at home` (minutes) · `x1 renews by another`. */
export const leaseVerbs = {
  acquires(cast, request, rest) {
    const form = /^(.*?)(?: for (\S+))?(?: told at (\S+))?(?: by another)?$/;
    const [, names = '', length = '10', place] = form.exec(rest) ?? [];
    const ids = new Map([...cast.rows.locks.values()].map(({ id, name }) => [name, id] as const));
    const locks = names
      .split(/, */)
      .filter((name) => name !== '')
      .map((name) => ids.get(name) ?? NOBODY);
    const seconds = Number(length) * 60;
    const asked = {
      type: 'AcquireLease',
      request,
      caller: 'tool',
      owner: ownerOf(rest),
      locks,
      seconds,
    } as const;
    return place === undefined ? asked : { ...asked, channel: channelAt(place) };
  },
  renews: (_, request, rest) => ({ type: 'RenewLease', request, owner: ownerOf(rest) }),
  'gives back': (_, request, rest) => ({
    type: 'ReleaseLease',
    request,
    owner: ownerOf(rest),
    failed: rest.startsWith('failed'),
  }),
} as const satisfies Record<string, Verb>;

/** `Azure` is a stage that waits there; every other place is a callback. */
function channelAt(place: string): CallerChannel {
  return { kind: place === 'Azure' ? 'azureCheck' : 'callback', id: place, shown: place, sealed: '' };
}

function ownerOf(rest: string): string {
  return rest.endsWith('by another') ? 'another' : 'token';
}
