import { createInterlocking, type InterlockingMessage, type LockRow, type Mail } from '@signalbox/engine';
import { DEFAULT_LOCK_POLICY, type LockPolicy } from '@signalbox/model';
import { describe, expect, it } from 'vitest';
import { PROJECT, Project, timersOf } from './project.ts';

const MINUTE = 60_000;

function withLock(name: string, policy: Partial<LockPolicy> = {}): InterlockingMessage {
  const resource = { type: 'environment', id: name } as const;
  return {
    type: 'ConfigureLock',
    resource,
    name,
    policy: { ...DEFAULT_LOCK_POLICY, ...policy },
    enabled: true,
    by: 'ann',
  };
}

function request(
  run: number,
  locks: readonly string[],
  more: { stage?: string; definition?: number } = {},
): InterlockingMessage {
  const { stage = 'deploy', definition = 1 } = more;
  return {
    type: 'LocksRequested',
    requester: { run, definition, stage, attempt: 1, branch: 'main', runQueueTime: run },
    ownLock: false,
    resources: locks.map((id) => ({ type: 'environment', id, name: id })),
  };
}

function released(run: number, stage = 'deploy'): InterlockingMessage {
  return { type: 'LocksReleased', run, stage, attempt: 1 };
}

function lockNamed(project: Project, name: string): LockRow {
  const lock = [...project.rows.locks.values()].find((row) => row.name === name);
  if (lock === undefined) throw new Error(`no lock ${name}`);
  return lock;
}

function atOnce(mail: readonly Mail[]): readonly InterlockingMessage[] {
  return mail.flatMap(({ to, due, body }) =>
    to.kind === 'interlocking' && due === undefined ? [body as InterlockingMessage] : [],
  );
}

describe('loads', () => {
  it('needs two to decide a request, and two to hand a lock on while few wait', () => {
    const project = new Project();
    project.send(withLock('prod'), 0);
    project.send(request(1, ['prod']), 1);
    expect(project.rounds).toBe(2);
    project.send(request(2, ['prod']), 2);
    project.send(released(1), 3);
    expect(project.rounds).toBe(2);
  });

  it('needs none for what a batch has seen', () => {
    const project = new Project();
    project.send(withLock('prod', { behavior: 'sequential' }), 0);
    const batch = createInterlocking(PROJECT);
    for (const run of [1, 2, 3]) project.decide(batch, request(run, ['prod']), { now: run });
    expect(project.rounds).toBe(1); // only whether the stage attempt has asked before, and what was expected of it
    project.decide(batch, released(1), { now: 10 });
    expect(project.rounds).toBe(0);
  });
});

describe('timers', () => {
  it('are written once for a bundle that waits, and not for one that is granted at once', () => {
    const project = new Project();
    project.send(withLock('prod', { waitTimeoutMinutes: 10 }), 0);
    expect(timersOf(project.send(request(1, ['prod']), 0).mail)).toEqual([]);
    const { mail } = project.send(request(2, ['prod']), MINUTE);
    expect(timersOf(mail)).toEqual([{ body: { type: 'WaitExpired', bundle: 2 }, due: 11 * MINUTE }]);
  });

  it('are written anew when the policy moves the limit', () => {
    const project = new Project();
    project.send(withLock('prod', { waitTimeoutMinutes: 10 }), 0);
    for (const run of [1, 2]) project.send(request(run, ['prod']), 0);
    const { mail } = project.send(withLock('prod', { waitTimeoutMinutes: 20 }), MINUTE);
    expect(timersOf(mail)).toEqual([{ body: { type: 'WaitExpired', bundle: 2 }, due: 20 * MINUTE }]);
  });
});

describe('the journal entry of a grant', () => {
  it('names who stood ahead and what held them back', () => {
    const project = new Project();
    project.send(withLock('x', { capacity: 2, behavior: 'sequential' }), 0);
    project.send(withLock('y', { behavior: 'sequential' }), 0);
    project.send(request(1, ['y']), 1);
    project.send(request(2, ['x', 'y'], { definition: 2 }), 2);
    const { events } = project.send(request(3, ['x'], { definition: 3 }), 3);
    expect(events.at(-1)).toMatchObject({
      type: 'BundleGranted',
      passed: [{ bundle: 2, because: 'heldBy' }],
    });
  });
});

describe('a chain of locks', () => {
  it('is followed for 64 locks; the rest is settled by a message of its own', () => {
    const project = new Project();
    const stages = Array.from({ length: 100 }, (_, index) => `s${index}`);
    for (const name of stages) project.send(withLock(name, { orderBy: 'runQueueTime' }), 0);
    const resource = (id: string): { type: 'environment'; id: string } => ({ type: 'environment', id });
    const expected = stages.map((stage) => ({ stage, resources: [resource(stage)] }));
    project.send(
      { type: 'Expected', run: 1, definition: 1, branch: 'main', runQueueTime: 1, stages: expected },
      1,
    );
    for (const stage of stages) project.send(request(2, [stage], { stage }), 2);
    const first = project.send({ type: 'NotExpected', run: 1 }, 3);
    const granted = (events: readonly { type: string }[]): number =>
      events.filter(({ type }) => type === 'BundleGranted').length;
    expect(granted(first.events)).toBe(64);
    const [rest, ...more] = atOnce(first.mail);
    expect(rest).toMatchObject({ type: 'Reconcile', continued: true });
    expect(more).toEqual([]);
    if (rest !== undefined) expect(granted(project.send(rest, 4).events)).toBe(36);
  });
});

describe('reading', () => {
  it('shows the waiters of a lock in the order in which they will be granted (LAW-13, R13)', () => {
    const project = new Project({ stingy: true });
    project.send(withLock('prod', { orderBy: 'runQueueTime', behavior: 'sequential' }), 0);
    for (const run of [9, 5, 7, 3]) project.send(request(run, ['prod'], { definition: run }), 10 - run);
    const { id } = lockNamed(project, 'prod');
    const shown = project.read((working) => working.waitersOf(id)).map(({ requester }) => requester.run);
    expect(shown).toEqual([3, 5, 7]);
    const order = [9, ...shown].map((run) => {
      const { events } = project.send(released(run), 20);
      const next = events.find((event) => event.type === 'BundleGranted');
      return next === undefined ? undefined : project.rows.getBundle(next.bundle)?.requester.run;
    });
    expect(order).toEqual([...shown, undefined]);
  });

  it('says nothing of bundles that do not wait, or do not exist', () => {
    const project = new Project();
    project.send(withLock('prod'), 0);
    project.send(request(1, ['prod']), 1);
    expect(project.blockersOf(1, 2)).toEqual([]);
    expect(project.blockersOf(99, 2)).toEqual([]);
  });

  it('does not disturb decisions that follow on the same working copy', () => {
    const project = new Project();
    project.send(withLock('prod'), 0);
    project.send(request(1, ['prod']), 1);
    const working = createInterlocking(PROJECT);
    expect(working.blockersOf(1, 2).kind).toBe('needs');
    expect(project.decide(working, released(1), { now: 5 }).events).toEqual([
      { type: 'BundleFinished', bundle: 1, at: 5 },
    ]);
  });
});

describe('a message about nothing', () => {
  it.each<InterlockingMessage>([
    { type: 'NotExpected', run: 77 },
    { type: 'LocksReleased', run: 77, stage: 'deploy', attempt: 1 },
    { type: 'LocksWithdrawn', run: 77, stage: 'deploy', attempt: 1 },
    { type: 'WaitExpired', bundle: 77 },
    { type: 'Expected', run: 77, definition: 1, branch: 'main', runQueueTime: 1, stages: [] },
    { type: 'Reconcile', locks: [77] },
  ])('$type decides nothing', (message) => {
    const project = new Project({ stingy: true });
    expect(project.send(message, 1)).toMatchObject({ events: [], mail: [] });
  });
});
