import {
  createInterlocking,
  foldInterlocking,
  type InterlockingEvent,
  type InterlockingMessage,
  type Outcome,
} from '@signalbox/engine';
import type { LockPolicy } from '@signalbox/model';
import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { History, crowds, histories, policies, type Crowd, type Step } from './history/index.ts';
import { brokenHistory, lostWakeUps } from './laws/index.ts';
import { PROJECT, Project, snapshot, timersOf, write } from './project.ts';
import { Reference } from './reference/reference.ts';

const LOCKS = 4;
const STEPS = 60;
/** Longer runs: `SIGNALBOX_TEST_FACTOR=100 npx vitest run --project engine laws`. */
const FACTOR = Number(process.env['SIGNALBOX_TEST_FACTOR'] ?? 1);

vi.setConfig({ testTimeout: 60_000 * FACTOR });

/** A random history: the policies of its locks, who its runs are, what they do. */
interface Told {
  readonly first: readonly LockPolicy[];
  readonly crowd: Crowd;
  readonly steps: readonly Step[];
}

type Seen = (message: InterlockingMessage, outcome: Outcome<InterlockingEvent>) => void;

/** Tells a history to a project; `before` sees each message undecided, `after` what it did. */
function tell(
  project: Project,
  { first, crowd, steps }: Told,
  watch: {
    readonly before?: (message: InterlockingMessage, now: number) => void;
    readonly after?: Seen;
    readonly atRest?: (now: number) => void;
  },
): History {
  const history = new History(first.length, crowd);
  const send = (message: InterlockingMessage): void => {
    watch.before?.(message, history.now);
    const outcome = project.send(message, history.now);
    history.remember(timersOf(outcome.mail));
    watch.after?.(message, outcome);
  };
  history.begin(first).forEach(send);
  for (const step of steps) {
    for (const message of history.messages(step, project.rows)) send(message);
    watch.atRest?.(history.now);
  }
  return history;
}

function always(
  how: { readonly settled?: true; readonly runs: number; readonly seed?: number },
  property: (history: Told) => void,
): void {
  const any = fc.record({
    first: policies(LOCKS),
    crowd: crowds(),
    steps: histories({ steps: STEPS, ...how }),
  });
  fc.assert(fc.property(any, property), {
    numRuns: how.runs * FACTOR,
    ...(how.seed !== undefined && { seed: how.seed }),
  });
}

describe('every history', () => {
  it('keeps the laws that hold at every instant (LAW-1, 2, 3, 6, 9, 11, 14, INV-02, INV-14)', () => {
    always({ runs: 80 }, (history) => {
      const project = new Project();
      const { now } = tell(project, history, {
        atRest: (at) => expect(lostWakeUps(project.rows, at)).toEqual([]),
      });
      expect(brokenHistory(project.journal)).toEqual([]);
      expect(lostWakeUps(project.rows, now)).toEqual([]);
      expect(foldInterlocking(project.journal)).toEqual(project.rows);
    });
  });

  it('is decided alike on a slice, in a batch, and on everything', () => {
    always({ runs: 80 }, (history) => {
      const project = new Project({ stingy: true });
      let base = snapshot(project.rows);
      let batch = createInterlocking(PROJECT);
      let size = 0;
      const expected: string[] = [];
      tell(project, history, {
        before(message, now) {
          const whole = createInterlocking(PROJECT, project.rows);
          expected.splice(0, 2, JSON.stringify(project.decide(whole, message, { now })));
          expected.push(JSON.stringify(project.decide(batch, message, { now, rows: base })));
        },
        after(_, outcome) {
          expect(JSON.stringify(outcome)).toBe(expected[0]);
          expect(expected[1]).toBe(expected[0]);
          size = (size + 1) % 7;
          if (size > 0) return;
          write(base, batch.changes());
          expect(base).toEqual(project.rows);
          batch = createInterlocking(PROJECT);
          base = snapshot(project.rows);
        },
      });
    });
  });

  it('is decided as by the plain reference', () => {
    always({ runs: 150 }, (history) => {
      const project = new Project();
      const reference = new Reference();
      const log: string[] = [];
      tell(project, history, {
        before: (message, now) => {
          log.push(`${now} ${JSON.stringify(message)}`);
          reference.handle(message, now);
        },
        atRest: () => expect(summary(project), log.join('\n')).toEqual(reference.summary()),
      });
    });
  });

  it('finds nothing when it is settled again (INV-05)', () => {
    always({ runs: 30 }, (history) => {
      const project = new Project();
      tell(project, history, {
        atRest: (now) => {
          const locks = [...project.rows.locks.keys()];
          const again = createInterlocking(PROJECT, project.rows);
          const outcome = project.decide(again, { type: 'Reconcile', locks }, { now });
          expect(outcome.reply).toEqual({ ok: true, value: { mended: 0 } });
        },
      });
    });
  });
});

describe('the histories', () => {
  it('reach every kind of event, of blocker, and a grant that passes somebody', () => {
    const seen = new Map<string, number>();
    const count = (what: string): unknown => seen.set(what, (seen.get(what) ?? 0) + 1);
    // One seed: that something rare is reached at all must not depend on luck.
    always({ runs: 500, seed: 11 }, (history) => {
      const project = new Project();
      tell(project, history, {
        atRest: () => {
          for (const { id, status } of project.rows.bundles.values()) {
            if (status === 'queued') project.blockersOf(id).forEach(({ kind }) => count(kind));
          }
        },
      });
      for (const event of project.journal) {
        count(event.type);
        if (event.type !== 'BundleGranted') continue;
        if (event.passed !== undefined) count('passed');
        event.exceptions?.forEach(count);
      }
    });
    if (FACTOR > 1) console.log(Object.fromEntries(seen));
    for (const what of REACHED) expect(seen.get(what) ?? 0, what).toBeGreaterThan(0);
  });
});

const REACHED = [
  'BundleExpected',
  'BundleApproved',
  'HolderChanged',
  'BundleKept',
  'BundleAcknowledged',
  'BundleAbandoned',
  'HoldLimitReached',
  'quarantined',
  'keptForFailure',
  'LeaseRenewed',
  'BundleHeld',
  'BundleUnheld',
  'BundleMoved',
  'BundleForced',
  'BundleWithdrawn',
  'LockFrozen',
  'LockUnfrozen',
  'frozen',
  'onHold',
  'moved',
  'forced',
  'freezeExemption',
  'lane',
  'ExpectationChanged',
  'expectedLimit',
  'RunExpected',
  'ExpectationDropped',
  'BundleQueued',
  'BundleEligible',
  'BundleGranted',
  'BundleSuperseded',
  'BundleTimedOut',
  'BundleFinished',
  'BundleCanceled',
  'BundleRekeyed',
  'passed',
  'heldBy',
  'behind',
  'olderRunExpected',
  'notGrantedTogether',
];

describe('orderBy: runQueueTime', () => {
  it('grants first attempts of a stage in the order of their runs, whatever comes first (LAW-7)', () => {
    always({ runs: 80, settled: true }, (history) => {
      const project = new Project();
      tell(project, history, {});
      const exempt = new Set(
        project.journal.flatMap((event) =>
          event.type === 'BundleGranted' && event.exceptions !== undefined ? [event.bundle] : [],
        ),
      );
      for (const lock of project.rows.locks.values()) {
        if (lock.policy.orderBy !== 'runQueueTime') continue;
        const granted = [...project.rows.bundles.values()]
          .filter(({ requester, assignTime }) => requester.attempt === 1 && assignTime !== undefined)
          .flatMap(({ id: bundle, requester: { run, definition, stage }, requests }) =>
            requests
              .filter((one) => one.lock === lock.id)
              .map(({ token = 0 }) => ({ bundle, run, token, of: `${definition}/${stage}` })),
          )
          .toSorted((a, b) => a.token - b.token);
        for (const of of new Set(granted.map((one) => one.of))) {
          const runs = granted
            .filter((one) => one.of === of && !exempt.has(one.bundle))
            .map(({ run }) => run);
          expect(runs).toEqual(runs.toSorted((a, b) => a - b));
        }
      }
    });
  });
});

/** What became of every stage attempt, in the reference's words. */
function summary(project: Project): readonly string[] {
  const { bundles, locks } = project.rows;
  const words: Record<string, string> = { expected: 'awaiting', queued: 'waiting', inUse: 'holding' };
  return [...bundles.values()].map(({ requester, status, supersededBy, requests }) => {
    const tokens = Object.fromEntries(
      requests.flatMap(({ lock, token }) => {
        const resource = locks.get(lock)?.resource;
        return token === undefined ? [] : [[`${resource?.type}/${resource?.id}`, token]];
      }),
    );
    const state = supersededBy === undefined ? (words[status] ?? status) : 'superseded';
    const { run, stage, attempt } = requester;
    return JSON.stringify([run, stage, attempt, state, tokens, supersededBy?.run ?? null]);
  });
}
