import { foldInterlocking, type InterlockingMessage } from '@signalbox/engine';
import type { LockPolicy } from '@signalbox/model';
import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { History, policies } from './history/index.ts';
import { Project } from './project.ts';
import { Reference } from './reference/reference.ts';

vi.setConfig({ testTimeout: 300_000 });

/** Much is deployed, and git answers soon. */
const ACTS = [
  ...Array<'create'>(4).fill('create'),
  ...Array<'request'>(6).fill('request'),
  ...Array<'release'>(6).fill('release'),
  ...Array<'compare'>(8).fill('compare'),
  'retry',
  'retry',
  'wait',
  'hold',
  'unhold',
  'force',
  'withdraw',
  'repeat',
  'reconcile',
] as const;

const told = fc.noBias(
  fc.record({
    first: policies(2).chain((all) =>
      fc
        .constantFrom('warn', 'reject', 'allow')
        .map((staleGuard) =>
          all.map((policy): LockPolicy => (staleGuard === 'allow' ? policy : { ...policy, staleGuard })),
        ),
    ),
    steps: fc.array(fc.record({ act: fc.constantFrom(...ACTS), pick: fc.nat(11), vary: fc.nat(9999) }), {
      minLength: 30,
      maxLength: 60,
    }),
  }),
);

describe('staleGuard', () => {
  it('is decided as by the plain reference where much is deployed, and everything occurs (LOCK-67)', () => {
    const seen = new Map<string, number>();
    const tell = ({ first, steps }: typeof told extends fc.Arbitrary<infer T> ? T : never): void => {
      const project = new Project({ stingy: true });
      const reference = new Reference();
      const history = new History(first.length, { pipelines: 1, ownBehavior: 5, byRun: false });
      const send = (message: InterlockingMessage): void => {
        reference.handle(message, history.now);
        history.remember(message, project.send(message, history.now).mail);
      };
      history.begin(first).forEach(send);
      for (const step of steps) {
        for (const message of history.messages(step, project.rows)) send(message);
        const { bundles } = project.rows;
        const rejected = [...bundles.values()].filter(
          ({ stale, assignTime }) => stale !== undefined && assignTime === undefined,
        );
        expect(rejected.map(({ id }) => id)).toEqual(reference.rejected());
        expect(states(project)).toEqual(reference.summary().map(stateOf));
        for (const { id } of bundles.values()) expectAsked(project, id, history.now);
      }
      expect(foldInterlocking(project.journal)).toEqual(project.rows);
      for (const event of project.journal) {
        if (event.type === 'BundleGranted' && event.stale === undefined) continue;
        seen.set(event.type, (seen.get(event.type) ?? 0) + 1);
      }
    };
    fc.assert(fc.property(told, tell), { numRuns: 80, seed: 7 });
    for (const what of ['CommitsAsked', 'CommitsCompared', 'BundleRejected', 'BundleGranted'])
      expect(seen.get(what) ?? 0, what).toBeGreaterThan(0);
  });
});

/** LAW-2: whoever waits for nothing but git has had git asked. */
function expectAsked(project: Project, id: number, now: number): void {
  if (project.rows.getBundle(id)?.status !== 'queued') return;
  for (const blocker of project.blockersOf(id, now)) {
    if (blocker.kind !== 'comparingCommits') continue;
    const asked = project.rows.getBundle(id)?.compared?.map(({ base }) => base);
    expect(asked).toEqual(expect.arrayContaining(blocker.by.map(({ run }) => run)));
  }
}

function states(project: Project): readonly string[] {
  const words: Record<string, string> = {
    expected: 'awaiting',
    queued: 'waiting',
    waitingOnChecks: 'waiting',
    inUse: 'holding',
  };
  return [...project.rows.bundles.values()].map(({ requester, status, supersededBy }) => {
    const { run, stage, attempt } = requester;
    const state = supersededBy === undefined ? (words[status] ?? status) : 'superseded';
    return JSON.stringify([run, stage, attempt, state]);
  });
}

/** Who and what, of a line of the reference's summary. */
function stateOf(line: string): string {
  return JSON.stringify((JSON.parse(line) as unknown[]).slice(0, 4));
}
