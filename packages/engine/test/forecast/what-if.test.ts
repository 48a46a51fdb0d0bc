import { foldInterlocking, whatIf, type InterlockingMessage } from '@signalbox/engine';
import { DEFAULT_LOCK_POLICY } from '@signalbox/model';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { PROJECT, Project } from '../interlocking/project.ts';
import { tell, told } from './tell.ts';

describe('whatIf', () => {
  it('says of every message what then comes of it, and changes nothing (QUEUEING §3)', () => {
    let granted = 0;
    fc.assert(
      fc.property(told(40), (history) => {
        let foretold: readonly unknown[] = [];
        let count = 0;
        const project = tell(history, {
          before({ rows, journal }, message, now) {
            expect(journal.slice(count)).toEqual(foretold);
            count = journal.length;
            const before = JSON.stringify([...rows.bundles.values(), ...rows.locks.values()]);
            const answer = whatIf({ project: PROJECT, rows, now }, [message]);
            expect(JSON.stringify([...rows.bundles.values(), ...rows.locks.values()])).toBe(before);
            foretold = answer.events;
            granted += answer.changes.filter(({ to }) => to === 'inUse').length;
          },
        });
        expect(project.journal.slice(count)).toEqual(foretold);
      }),
      { numRuns: 30 },
    );
    expect(granted).toBeGreaterThan(20);
  });

  it('shows whose state changes, and the queue before and after', () => {
    fc.assert(
      fc.property(told(40), (history) => {
        let check = (): void => undefined;
        const project = tell(history, {
          before(here, message, now) {
            check();
            const rows = foldInterlocking(here.journal);
            const { changes, queues } = whatIf({ project: PROJECT, rows, now }, [message]);
            check = () => {
              for (const { from, to, bundle } of changes) {
                expect(here.rows.bundles.get(bundle.id)).toEqual(bundle);
                expect([rows.bundles.get(bundle.id)?.status ?? 'queued', bundle.status]).toEqual([from, to]);
              }
              for (const { lock, before, after } of queues) {
                expect(before).toEqual(queueOf(rows, lock));
                expect(after).toEqual(queueOf(here.rows, lock));
              }
              const same = [...here.rows.locks.keys()].filter(
                (id) => rows.locks.has(id) && !queues.some(({ lock }) => lock === id),
              );
              for (const lock of same) expect(queueOf(here.rows, lock)).toEqual(queueOf(rows, lock));
            };
          },
        });
        check();
        expect(project.journal.length).toBeGreaterThan(0);
      }),
      { numRuns: 20 },
    );
  });

  it('tells a refusal as it would be, and stops there', () => {
    const project = new Project();
    const policy = { ...DEFAULT_LOCK_POLICY, capacity: 0 };
    const resource = { type: 'environment', id: 'prod' } as const;
    const bad: InterlockingMessage = {
      type: 'ConfigureLock',
      resource,
      name: 'prod',
      policy,
      enabled: true,
      by: 'ann',
    };
    const good = { ...bad, policy: DEFAULT_LOCK_POLICY };
    const answer = whatIf({ project: PROJECT, rows: project.rows, now: 1 }, [good, bad, good]);
    expect(answer.refusal?.code).toBe('policy-capacity');
    expect(answer.events.map(({ type }) => type)).toEqual(['LockConfigured']);
  });
});

function queueOf(rows: Project['rows'], lock: number): readonly number[] {
  return [...rows.bundles.values()]
    .filter(({ status }) => status === 'queued' || status === 'waitingOnChecks')
    .filter(({ requests }) => requests.some((one) => one.lock === lock))
    .toSorted((a, b) => a.order - b.order || a.id - b.id)
    .map(({ id }) => id);
}
