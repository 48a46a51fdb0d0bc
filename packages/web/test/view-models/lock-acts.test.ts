import type { LockRequestView } from '@signalbox/api';
import { PERMITTED } from '@signalbox/api';
import { describe, expect, it } from 'vitest';
import { newFreeze } from '../../src/view-models/freeze.ts';
import { lockAct, requestActs, requestOf } from '../../src/view-models/lock-acts.ts';
import { places } from '../../src/view-models/places.ts';
import { lock, request } from '../harness/locks.ts';

const NOW = Date.parse('2026-11-22T10:00:00Z');
const ALL = Object.keys(PERMITTED);
const mark = { at: '2026-11-22T09:00:00Z', by: 'Ada', reason: 'wait' };
const waiters = [request({ runId: 1 }), request({ runId: 2 }), request({ runId: 3 })];
const full = lock({ id: 1, waiters });

function acts(part: Partial<LockRequestView>, permissions: readonly string[] = ALL): readonly string[] {
  return requestActs(full, { ...request({ runId: 2 }), ...part }, permissions).map(({ act }) => act);
}

describe('requestActs', () => {
  it('offers what makes sense for a waiter', () => {
    expect(acts({})).toEqual(['hold', 'move', 'withdraw', 'forceGrant']);
    expect(acts({ hold: mark, forced: mark })).toEqual(['unhold', 'move', 'withdraw']);
  });

  it('does not move one that waits alone', () => {
    const alone = lock({ id: 1, waiters: [waiters[0]!] });
    expect(requestActs(alone, waiters[0]!, ALL).map(({ act }) => act)).not.toContain('move');
  });

  it('offers for a holder only what its state calls for', () => {
    const since = mark.at;
    expect(acts({ status: 'inUse' })).toEqual([]);
    expect(acts({ status: 'inUse', holder: { state: 'failed', since } })).toEqual(['acknowledge']);
    expect(acts({ status: 'inUse', holder: { state: 'quarantined', since } })).toEqual(['forceRelease']);
    expect(acts({ status: 'inUse', holder: { state: 'awaitingApproval', since } })).toEqual([]);
  });

  it('offers nothing that the server would refuse to the role', () => {
    expect(acts({}, ['holdRequests', 'withdrawRequests'])).toEqual(['hold', 'withdraw']);
    expect(acts({}, [])).toEqual([]);
  });

  it('asks for permissions that exist', () => {
    const offered = requestActs(full, waiters[0]!, ALL).map((each) => Reflect.get(each, 'permission'));
    expect(ALL).toEqual(expect.arrayContaining(offered));
  });
});

describe('lockAct', () => {
  it('freezes an open lock and opens a frozen one', () => {
    expect(lockAct(full, ALL)?.act).toBe('freeze');
    const freeze = { since: mark.at, exempt: [], by: 'Ada', reason: 'x' };
    expect(lockAct({ ...full, freeze }, ALL)?.act).toBe('unfreeze');
    expect(lockAct(full, ['read'])).toBeUndefined();
  });
});

describe('requestOf', () => {
  it('finds holders and waiters, and nobody who is gone', () => {
    expect(requestOf(full, 30)?.runId).toBe(3);
    expect(requestOf(full, 99)).toBeUndefined();
  });
});

describe('places', () => {
  it('are first, and behind each of the others', () => {
    expect(places(full, waiters[1]!)).toEqual([
      { label: 'First in line, before shop-web 20261122.1, Deploy', place: { before: 1 } },
      { label: 'Behind shop-web 20261122.1, Deploy', place: { after: 1 } },
      { label: 'Behind shop-web 20261122.3, Deploy', place: { after: 3 } },
    ]);
  });

  it('are none for one that waits alone', () => {
    expect(places(lock({ id: 1, waiters: [waiters[0]!] }), waiters[0]!)).toEqual([]);
  });
});

describe('newFreeze', () => {
  it('leaves out what was not said', () => {
    expect(newFreeze({ reason: ' audit ', hours: '', exempt: ' ' }, NOW)).toEqual({ reason: 'audit' });
  });

  it('counts the hours from now, and writes branches in full', () => {
    expect(newFreeze({ reason: 'x', hours: '4', exempt: 'main, hotfix/* refs/tags/v1' }, NOW)).toEqual({
      reason: 'x',
      until: '2026-11-22T14:00:00.000Z',
      exempt: ['refs/heads/main', 'refs/heads/hotfix/*', 'refs/tags/v1'],
    });
  });
});
