import {
  forecast,
  quantile,
  startByRate,
  type Forecast,
  type HoldsOf,
  type InterlockingMessage,
} from '@signalbox/engine';
import { DEFAULT_LOCK_POLICY, type LockPolicy } from '@signalbox/model';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { PROJECT, Project, timersOf } from '../interlocking/project.ts';
import { tell, told } from './tell.ts';

const MINUTE = 60_000;
const PROD = { type: 'environment', id: 'prod' } as const;

/** One lock `prod`; run n asks in minute n with the stage `deploy` of the pipeline 1, unless it is told otherwise. */
function queueOf(policy: Partial<LockPolicy>, runs: readonly { readonly definition?: number }[]): Project {
  const project = new Project();
  const send = (message: InterlockingMessage, minute: number): unknown =>
    project.send(message, minute * MINUTE);
  const whole = { ...DEFAULT_LOCK_POLICY, behavior: 'sequential', ...policy } as const;
  send({ type: 'ConfigureLock', resource: PROD, name: 'prod', policy: whole, enabled: true, by: 'ann' }, 0);
  runs.forEach(({ definition = 1 }, index) => {
    const run = index + 1;
    const requester = { run, definition, stage: 'deploy', attempt: 1, branch: 'main', runQueueTime: run };
    send({ type: 'LocksRequested', requester, ownLock: false, resources: [{ ...PROD, name: 'prod' }] }, run);
  });
  return project;
}

/** Half of the holds of the pipeline 1 took 10 minutes, the others 30; nothing is known of the others. */
const HOLDS: HoldsOf = ({ definition }) =>
  definition === 1 ? [10, 10, 10, 30, 30].map((one) => one * MINUTE) : [];

function look(project: Project, minute: number): Forecast {
  return forecast({ project: PROJECT, rows: project.rows, now: minute * MINUTE }, 1, HOLDS);
}

/** When they start, in minutes: median and nine in ten. */
function starts({ waiters }: Forecast): readonly unknown[] {
  return waiters.map(({ p50, p90 }) =>
    [p50, p90].map((fate) => (fate.kind === 'starts' ? fate.at / MINUTE : fate.kind)),
  );
}

describe('forecast', () => {
  it('adds up what is left of the holder and the holds of those ahead', () => {
    const told = look(queueOf({}, [{}, {}, {}]), 4);
    // Run 1 holds since minute 1; it ends at 11 or at 31.
    expect(told.holders).toEqual([{ bundle: 1, p50: 11 * MINUTE, p90: 31 * MINUTE, basis: basisOf(5) }]);
    expect(starts(told)).toEqual([
      [11, 31],
      [21, 61],
    ]);
    expect(told.waiters[1]?.basis).toEqual([basisOf(5)]);
    expect(told.unknown).toEqual([]);
  });

  it('judges a holder that is late by the holds that were as late', () => {
    expect(starts(look(queueOf({}, [{}, {}]), 15))).toEqual([[31, 31]]);
  });

  it('says nothing of those behind a holder that takes longer than any before it', () => {
    const told = look(queueOf({}, [{}, {}]), 40);
    expect(starts(told)).toEqual([['unknown', 'unknown']]);
    expect(told.unknown).toEqual([{ definition: 1, stage: 'deploy' }]);
    expect(told.waiters[0]?.p50).toMatchObject({ because: [{ kind: 'heldBy', by: [{ run: 1 }] }] });
    expect(told.rate).toBeUndefined();
  });

  it('never invents: a stage without a past makes those behind it unknown, not those ahead', () => {
    const told = look(queueOf({}, [{}, { definition: 2 }, {}]), 4);
    expect(starts(told)).toEqual([
      [11, 31],
      ['unknown', 'unknown'],
    ]);
    expect(told.unknown).toEqual([{ definition: 2, stage: 'deploy' }]);
  });

  it('foresees who is superseded and who gives up waiting', () => {
    expect(look(queueOf({ behavior: 'runLatest' }, [{}, {}, {}]), 4).waiters.map(({ p50 }) => p50)).toEqual([
      { kind: 'superseded', at: 11 * MINUTE, by: 3 },
      { kind: 'starts', at: 11 * MINUTE },
    ]);
    expect(look(queueOf({ waitTimeoutMinutes: 15 }, [{}, {}]), 4).waiters[0]).toMatchObject({
      p50: { kind: 'starts', at: 11 * MINUTE },
      p90: { kind: 'timesOut', at: 17 * MINUTE },
    });
  });

  it('knows when a freeze ends, and that one without an end does not', () => {
    const freeze = { type: 'FreezeLock', lock: 1, exempt: [], by: 'ann', reason: 'fair' } as const;
    const until = queueOf({}, [{}, {}]);
    until.send({ ...freeze, until: 50 * MINUTE }, 3 * MINUTE);
    expect(starts(look(until, 4))).toEqual([[50, 50]]);
    const open = queueOf({}, [{}, {}]);
    open.send(freeze, 3 * MINUTE);
    // Waiting ends after 30 days if nobody thaws it; but somebody may.
    expect(starts(look(open, 4))).toEqual([['unknown', 'unknown']]);
    expect(look(open, 4).waiters[0]?.p50).toMatchObject({
      because: [{ kind: 'frozen', reason: 'fair' }],
    });
  });

  it('does not take a run for lost that waits for an older one that may still come', () => {
    const project = queueOf({ orderBy: 'runQueueTime' }, [{}]);
    const stages = [{ stage: 'deploy', resources: [PROD] }];
    const older = { run: 2, definition: 1, branch: 'main', runQueueTime: 2 };
    project.send({ type: 'Expected', ...older, stages }, 2 * MINUTE);
    const requester = { ...older, run: 3, runQueueTime: 3, stage: 'deploy', attempt: 1 };
    const resources = [{ ...PROD, name: 'prod' }];
    project.send({ type: 'LocksRequested', requester, ownLock: false, resources }, 3 * MINUTE);
    expect(look(project, 4).waiters[0]?.p50).toMatchObject({
      kind: 'unknown',
      because: [{ kind: 'olderRunExpected', by: [{ run: 2 }] }],
    });
  });

  it('foresees who will be older than what was deployed before its turn', () => {
    const project = queueOf({ staleGuard: 'reject' }, []);
    const ask = (run: number, minute: number): unknown => {
      const requester = {
        run,
        definition: 1,
        stage: 'deploy',
        attempt: 1,
        branch: 'main',
        runQueueTime: run,
      };
      const resources = [{ ...PROD, name: 'prod' }];
      return project.send({ type: 'LocksRequested', requester, ownLock: false, resources }, minute * MINUTE);
    };
    [2, 1, 3].forEach((run, index) => ask(run, index + 1));
    expect(look(project, 4).waiters.map(({ p50 }) => p50)).toEqual([
      { kind: 'ends', at: 11 * MINUTE },
      { kind: 'starts', at: 11 * MINUTE },
    ]);
  });

  it('gives a rate to those behind the ones that it looked at', () => {
    const { rate } = look(queueOf({}, [{}, {}, {}]), 1);
    expect(rate && startByRate(rate, 2)).toEqual({ p50: 21 * MINUTE, p90: 61 * MINUTE });
    expect(rate && startByRate(rate, 4)).toEqual({ p50: 41 * MINUTE, p90: 121 * MINUTE });
  });

  it('comes true when every hold is as long as was said and nobody else comes', () => {
    let compared = 0;
    fc.assert(
      fc.property(told(60), fc.constantFrom(0.5, 0.9), (history, q) => {
        let now = 0;
        const project = tell(history, { atRest: (_, at) => (now = at) });
        const holds: HoldsOf = ({ definition }) => [2, 3, 5, 60].map((one) => one * definition * MINUTE);
        const told = [...project.rows.locks.keys()].map((lock) =>
          forecast({ project: PROJECT, rows: project.rows, now }, lock, holds),
        );
        live(project, now, (bundle, elapsed) => lengthOf(holds(bundle.requester), elapsed, q));
        for (const { bundle: id, ...fates } of told.flatMap(({ waiters }) => waiters)) {
          const fate = q === 0.5 ? fates.p50 : fates.p90;
          const { status, assignTime, finishTime, supersededBy } = project.rows.bundles.get(id)!;
          if (fate.kind === 'starts') expect([id, assignTime]).toEqual([id, fate.at]);
          else expect(assignTime).toBeUndefined();
          if (fate.kind === 'superseded') expect([supersededBy?.run, finishTime]).toEqual([fate.by, fate.at]);
          if (fate.kind === 'timesOut') expect([status, finishTime]).toEqual(['timedOut', fate.at]);
          if (fate.kind === 'unknown') expect(status).toMatch(/^(queued|waitingOnChecks|timedOut)$/);
          compared += 1;
        }
      }),
      { numRuns: 60 },
    );
    expect(compared).toBeGreaterThan(20);
  });
});

describe('quantile', () => {
  it('is the smallest value that the share does not exceed', () => {
    expect([0.5, 0.9, 1].map((q) => quantile([5, 1, 4, 2, 3], q))).toEqual([3, 5, 5]);
    expect(quantile([], 0.5)).toBeUndefined();
  });
});

function basisOf(count: number): unknown {
  return { definition: 1, stage: 'deploy', count, p50: 10 * MINUTE, p90: 30 * MINUTE };
}

/** The length of a hold that has lasted for `elapsed`, as a person would look it up. */
function lengthOf(holds: readonly number[], elapsed: number, q: number): number | undefined {
  const longer = holds.filter((hold) => hold > elapsed);
  return longer.length === 0 ? undefined : longer.toSorted((a, b) => a - b)[Math.ceil(q * longer.length) - 1];
}

type Row = Project['rows'] extends { bundles: Map<number, infer B> } ? B : never;

/** Lets a project live on by itself, message by message over its slices: holds end, timers ring, nobody comes. */
function live(
  project: Project,
  from: number,
  length: (bundle: Row, elapsed: number) => number | undefined,
): void {
  const { bundles, locks, expected } = project.rows;
  const timers: { due: number; body: InterlockingMessage }[] = [];
  const known = new Set<number>();
  const holdersEnd = (now: number): void => {
    for (const bundle of bundles.values()) {
      if (bundle.status !== 'inUse' || known.has(bundle.id)) continue;
      known.add(bundle.id);
      const left = length(bundle, now - bundle.assignTime!);
      const { run, stage, attempt } = bundle.requester;
      if (bundle.holder !== undefined) {
        const due = bundle.holder.until;
        if (due !== undefined) timers.push({ due, body: { type: 'LocksReleased', run, stage, attempt } });
        continue;
      }
      if (left === undefined) continue;
      const body = { type: 'LocksReleased', run, stage, attempt, deployed: true } as const;
      timers.push({ due: bundle.assignTime! + left, body });
    }
  };
  const waits = ({ status }: Row): boolean => status === 'queued' || status === 'waitingOnChecks';
  const compare = (bundle: number, base: number, now: number): void => {
    timers.push({ due: now, body: { type: 'RunsCompared', bundle, base, relation: 'unknown' } });
  };
  for (const { id, expiresAt, checks, compared = [] } of [...bundles.values()].filter(waits)) {
    for (const { base, relation } of compared) if (relation === undefined) compare(id, base, from);
    timers.push({ due: expiresAt, body: { type: 'WaitExpired', bundle: id } });
    for (const due of checks?.valid ? [checks.from, checks.until] : [])
      if (due !== undefined) timers.push({ due, body: { type: 'ChecksDue', bundle: id } });
  }
  holdersEnd(from);
  for (const { id, freeze } of locks.values())
    if (freeze?.until !== undefined)
      timers.push({ due: freeze.until, body: { type: 'FreezeOver', lock: id } });
  for (const { run, awaitedSince, resource, lapsed } of expected.values()) {
    const lock = [...locks.values()].find((one) => one.resource.id === resource.id);
    if (awaitedSince === undefined || lapsed || lock === undefined) continue;
    const due = awaitedSince + lock.policy.expectedLimitMinutes * MINUTE;
    timers.push({ due, body: { type: 'ExpectationDue', run } });
  }
  for (let now = from; timers.length > 0 && [...bundles.values()].some(waits);) {
    const next = timers.toSorted((a, b) => a.due - b.due)[0]!;
    timers.splice(timers.indexOf(next), 1);
    now = Math.max(now, next.due);
    const { mail, effects } = project.send(next.body, now);
    for (const effect of effects) if (effect.kind === 'compareRuns') compare(effect.bundle, effect.base, now);
    timers.push(...timersOf(mail));
    holdersEnd(now);
  }
}
