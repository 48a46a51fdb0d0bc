import { foldInterlocking, type InterlockingEvent, type InterlockingMessage } from '@signalbox/engine';
import { DEFAULT_LOCK_POLICY, type LockPolicy } from '@signalbox/model';
import { describe, expect, it } from 'vitest';
import { Project } from './project.ts';

const WAITERS = 300;

const RESOURCE = { type: 'environment', id: 'prod' } as const;

function configured(policy: Partial<LockPolicy>): InterlockingMessage {
  const whole = { ...DEFAULT_LOCK_POLICY, behavior: 'sequential', ...policy } as const;
  return { type: 'ConfigureLock', resource: RESOURCE, name: 'prod', policy: whole, enabled: true, by: 'ann' };
}

/** Run 1 holds the lock, the others wait for it. */
function crowded(): Project {
  const project = new Project();
  project.send(configured({}), 0);
  for (let run = 1; run <= WAITERS + 1; run += 1) {
    const requester = { run, definition: 1, stage: 'deploy', attempt: 1, branch: 'main', runQueueTime: run };
    const resources = [{ ...RESOURCE, name: 'prod' }];
    project.send({ type: 'LocksRequested', requester, ownLock: false, resources }, run);
  }
  return project;
}

function count(events: readonly InterlockingEvent[], type: InterlockingEvent['type']): number {
  return events.filter((event) => event.type === type).length;
}

function waiting(project: Project): number {
  return [...project.rows.bundles.values()].filter(({ status }) => status === 'queued').length;
}

describe('a change while hundreds wait', () => {
  it('of the capacity lets as many in as there are slots, and evicts nobody when it is taken back (LAW-11)', () => {
    const project = crowded();
    const { events } = project.send(configured({ capacity: 100 }), 1000);
    expect([count(events, 'BundleGranted'), waiting(project)]).toEqual([99, WAITERS - 99]);
    const less = project.send(configured({ capacity: 1 }), 1001).events;
    expect(less.map(({ type }) => type)).toEqual(['LockConfigured']);
    expect(foldInterlocking(project.journal)).toEqual(project.rows);
  });

  it('of the behaviour supersedes all but the newest when it is time, and not before (LAW-11, LAW-6)', () => {
    const project = crowded();
    expect(count(project.send(configured({ behavior: 'runLatest' }), 1000).events, 'BundleSuperseded')).toBe(
      0,
    );
    const { events } = project.send({ type: 'LocksReleased', run: 1, stage: 'deploy', attempt: 1 }, 1001);
    expect([count(events, 'BundleSuperseded'), count(events, 'BundleGranted')]).toEqual([WAITERS - 1, 1]);
    expect(waiting(project)).toBe(0);
  });

  it('of the order keeps everybody in the queue (LAW-11, LAW-13)', () => {
    const project = crowded();
    project.send(configured({ orderBy: 'runQueueTime' }), 1000);
    expect(waiting(project)).toBe(WAITERS);
    const [lock] = project.rows.locks.keys();
    const order = project
      .read((working) => working.waitersOf(lock ?? 0))
      .map(({ requester }) => requester.run);
    expect(order).toEqual(Array.from({ length: WAITERS }, (_, index) => index + 2));
  });

  it('of the wait time-out ends all whose time is over under the new one (LOCK-40, INV-15)', () => {
    const project = crowded();
    const later = 10 * 60_000;
    project.send(configured({ waitTimeoutMinutes: 5 }), later);
    for (const { id } of project.rows.bundles.values()) {
      project.send({ type: 'WaitExpired', bundle: id }, later);
    }
    expect(count(project.journal, 'BundleTimedOut')).toBe(WAITERS);
    expect(waiting(project)).toBe(0);
  });

  it('a deleted resource turns all of them away at once, and each stage hears of it once (GAP-19)', () => {
    const project = crowded();
    project.send({ type: 'LocksReleased', run: 1, stage: 'deploy', attempt: 1 }, 1000);
    project.send({ type: 'LocksWithdrawn', run: 2, stage: 'deploy', attempt: 1 }, 1001);
    project.send({ type: 'FreezeLock', lock: 1, exempt: [], by: 'ann', reason: 'about to go' }, 1002);
    project.send({ type: 'LocksReleased', run: 3, stage: 'deploy', attempt: 1 }, 1003);
    const { events, mail } = project.send({ type: 'DeleteLock', resource: RESOURCE, by: 'ann' }, 1004);
    expect([count(events, 'BundleWithdrawn'), waiting(project)]).toEqual([WAITERS - 2, 0]);
    const told = mail.filter(({ body }) => body.type === 'LocksLost').map(({ to }) => to.id);
    expect(new Set(told).size).toBe(WAITERS - 2);
  });
});
