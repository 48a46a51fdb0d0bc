import { type BundleRow, type StageState } from '@signalbox/engine';
import { DEFAULT_LOCK_POLICY } from '@signalbox/model';
import { describe, expect, it } from 'vitest';
import { OneRun } from '../run/one-run.ts';
import { createMessage } from '../trigger/one-trigger.ts';
import { Chance } from './chance.ts';
import { World } from './world.ts';

const MINUTE = 60_000;

/** Runs and the locks of their project together: the first run holds the lock, the second waits for it. */
class Queue {
  readonly world: World = new World(new Chance(1), { prod: [{ service: 'gate', every: 5 }] });

  constructor() {
    this.world.crashes = 0;
    const resource = { type: 'environment', id: 'prod' } as const;
    const lock = { resource, name: 'prod', policy: DEFAULT_LOCK_POLICY, enabled: true, by: 'ann' };
    this.world.command({ to: { kind: 'interlocking', id: 1 }, body: { type: 'ConfigureLock', ...lock } });
    const definition = { id: 1, name: 'Shop' };
    for (const run of [1, 2]) {
      const body = createMessage(
        { stages: { A: { locks: 'prod' } } },
        { definition, branch: 'refs/heads/main' },
      );
      this.world.command({ to: { kind: 'trigger', id: 1 }, body });
      this.settle();
      this.answer(run, 1, 'passed');
    }
  }

  settle(): void {
    while (this.world.deliver()) continue;
  }

  pass(minutes: number): void {
    const end = this.world.now + minutes * MINUTE;
    for (let due = this.world.nextDue(); due !== undefined && due <= end; due = this.world.nextDue()) {
      this.world.now = due;
      this.settle();
    }
    this.world.now = end;
  }

  answer(run: number, evaluation: number, answer: 'passed' | 'failed'): void {
    const place = { stage: 'A', attempt: 1, check: 1, evaluation };
    const body = { type: 'CheckAnswered', ...place, answer, message: '' } as const;
    this.world.command({ to: { kind: 'run', id: run }, body });
    this.settle();
  }

  cancel(run: number): void {
    this.world.command({ to: { kind: 'run', id: run }, body: { type: 'Cancel', by: 'eve' } });
    this.settle();
  }

  stage(run: number): StageState['phase'] | undefined {
    return this.world.store.runs.get(run)?.written.stages[0]?.phase;
  }

  request(run: number): BundleRow['status'] | undefined {
    return [...this.world.store.locks.bundles.values()].find(({ requester }) => requester.run === run)
      ?.status;
  }
}

describe('a pass whose timer is late [CHK-34]', () => {
  it('does not count for what is decided meanwhile', () => {
    const checks = { prod: [{ service: 'S1', every: 5 }, { service: 'S2' }] };
    const run = new OneRun({ stages: { A: { locks: 'prod' } } }, {}, { checks });
    const answer = (check: number): void => {
      const place = { stage: 'A', attempt: 1, check, evaluation: 1 };
      run.tell({ type: 'CheckAnswered', ...place, answer: 'passed', message: '' });
    };
    run.begin();
    answer(1);
    run.now += 5 * MINUTE;
    answer(2);
    expect(run.stage('A').checkpoint?.checks.map(({ status }) => status)).toEqual(['running', 'approved']);
    expect(run.mail).toEqual([]);
  });
});

describe('a time-out whose timer is late [CHK-38, GAP-23]', () => {
  it('is not saved by what came after it', () => {
    const windows = [{ days: ['Thursday' as const], start: 890, end: 1000 }];
    const settings = {
      kind: 'businessHours',
      displayName: '',
      timeZone: 'UTC',
      windows,
      freezes: [],
    } as const;
    const checks = { prod: [{ settings, timeout: 30 }] };
    const run = new OneRun({ stages: { A: { locks: 'prod' } } }, {}, { checks });
    run.begin();
    // The window opens 43 minutes after the birth of the run.
    run.now += 60 * MINUTE;
    run.tell({ type: 'CheckDue', stage: 'A', attempt: 1, check: 1 });
    expect(run.stage('A')).toMatchObject({ phase: 'completed', result: 'skipped' });
  });
});

describe('a pass that ends while the stage waits for its lock [LOCK-26, CHK-39, GAP-16]', () => {
  it('takes the request out of the turn, and the next pass lets it in again', () => {
    const queue = new Queue();
    expect([queue.stage(1), queue.stage(2)]).toEqual(['running', 'waiting']);
    expect(queue.request(2)).toBe('queued');
    queue.pass(5);
    expect(queue.request(2)).toBe('waitingOnChecks');
    queue.cancel(1);
    expect([queue.stage(1), queue.stage(2)]).toEqual(['completed', 'waiting']);
    queue.answer(2, 2, 'passed');
    expect([queue.stage(2), queue.request(2)]).toEqual(['running', 'inUse']);
  });

  it('keeps the request in the turn where the service says yes again in time', () => {
    const queue = new Queue();
    queue.pass(5);
    queue.answer(2, 2, 'passed');
    expect(queue.request(2)).toBe('queued');
    queue.cancel(1);
    expect(queue.stage(2)).toBe('running');
  });

  it('is over for the locks at its instant, though no timer has rung yet', () => {
    const queue = new Queue();
    queue.world.now += 5 * MINUTE;
    queue.world.command({ to: { kind: 'run', id: 1 }, body: { type: 'Cancel', by: 'eve' } });
    queue.settle();
    expect([queue.stage(2), queue.request(2)]).toEqual(['waiting', 'waitingOnChecks']);
  });

  it('means nothing to a stage that has its lock', () => {
    const queue = new Queue();
    queue.pass(600);
    expect([queue.stage(1), queue.request(1)]).toEqual(['running', 'inUse']);
  });
});
