import type { InterlockingEvent } from '@signalbox/engine';
import { describe, expect, it } from 'vitest';
import { read } from './journal.ts';

const queued = (id: number, ...locks: readonly number[]): InterlockingEvent =>
  ({
    type: 'BundleQueued',
    bundle: { id, requester: { run: id }, requests: locks.map((lock) => ({ id: lock, lock })) },
    lastRequest: id,
  }) as unknown as InterlockingEvent;

const granted = (
  bundle: number,
  at: number,
  ...tokens: readonly (readonly [number, number])[]
): InterlockingEvent => ({
  type: 'BundleGranted',
  bundle,
  at,
  requests: tokens.map(([lock, token]) => ({ lock, token, slot: 1, supersededThrough: 0 })),
});

const finished = (bundle: number, at: number): InterlockingEvent => ({ type: 'BundleFinished', bundle, at });

describe('read', () => {
  it('finds nothing wrong in one after the other, and tells who held when', () => {
    const { wrong, holds, grants } = read([
      queued(1, 7, 8),
      granted(1, 10, [7, 1], [8, 1]),
      queued(2, 7),
      finished(1, 20),
      granted(2, 20, [7, 2]),
      finished(2, 30),
    ]);
    expect(wrong).toEqual([]);
    expect(grants).toBe(2);
    expect(holds.get(7)).toMatchObject([
      { run: 1, token: 1, from: 10, to: 20 },
      { run: 2, token: 2, from: 20, to: 30 },
    ]);
  });

  it.each([
    ['two at once', [granted(1, 1, [7, 1], [8, 1]), granted(2, 2, [7, 2])], /granted to 2 while 1 of 1/],
    ['half of a bundle', [granted(1, 1, [7, 1])], /asked for 7, 8 and has 7/],
    ['the same twice', [granted(2, 1, [7, 1]), finished(2, 2), granted(2, 3, [7, 2])], /2 is granted twice/],
    [
      'a token again',
      [granted(2, 1, [7, 3]), finished(2, 2), granted(1, 3, [7, 3], [8, 1])],
      /token 3 of lock 7/,
    ],
    ['somebody who stays', [granted(2, 1, [7, 1])], /bundle 2 still holds/],
  ])('finds %s', (_, events, sentence) => {
    expect(read([queued(1, 7, 8), queued(2, 7), ...events]).wrong.join('\n')).toMatch(sentence);
  });
});
