import { createInterlocking, foldInterlocking, type InterlockingMessage } from '@signalbox/engine';
import { DEFAULT_LOCK_POLICY, type LockPolicy, type LockSpan } from '@signalbox/model';
import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { brokenHistory, lostWakeUps } from './laws/index.ts';
import { PROJECT, Project } from './project.ts';
import { SpanRun } from './span-runs.ts';

const FACTOR = Number(process.env['SIGNALBOX_TEST_FACTOR'] ?? 1);

vi.setConfig({ testTimeout: 300_000 * FACTOR });

const SPANS: readonly LockSpan[] = ['stage', 'run', { through: { P: 'C' } }, { through: { P: 'B' } }];

function policyOf(vary: number): LockPolicy {
  return {
    ...DEFAULT_LOCK_POLICY,
    span: SPANS[vary % 4] ?? 'stage',
    capacity: 1 + (Math.floor(vary / 4) % 2),
    behavior: Math.floor(vary / 8) % 3 === 0 ? 'runLatest' : 'sequential',
    orderBy: Math.floor(vary / 24) % 2 === 0 ? 'arrival' : 'runQueueTime',
    onFailure: Math.floor(vary / 48) % 3 === 0 ? 'hold' : 'release',
  };
}

const numbers = { run: fc.nat(4), pick: fc.nat(5), vary: fc.nat(999) };
const step = fc.record({ act: fc.nat(11), ...numbers });
const histories = fc.noBias(
  fc.record({
    locks: fc.array(fc.nat(999), { minLength: 3, maxLength: 3 }),
    runs: fc.array(fc.record({ mask: fc.nat(4095), pipeline: fc.nat(1) }), { minLength: 5, maxLength: 5 }),
    steps: fc.array(step, { minLength: 30, maxLength: 80 }),
  }),
);

type Told = typeof histories extends fc.Arbitrary<infer T> ? T : never;

/** Runs with spans over a project whose decisions see as little as they can. */
class World {
  readonly project: Project = new Project({ stingy: true });
  readonly runs: readonly SpanRun[];
  #now = 0;

  constructor({ locks, runs }: Told) {
    this.runs = runs.map(({ mask, pipeline }, index) => new SpanRun(index + 1, pipeline + 1, mask));
    locks.forEach((vary, index) => this.configure(index, vary));
  }

  configure(index: number, vary: number): void {
    const resource = { type: 'environment', id: `e${index}` } as const;
    const settings = { name: resource.id, policy: policyOf(vary), enabled: true, by: 'tester' };
    this.send([{ type: 'ConfigureLock', resource, ...settings }]);
  }

  /** Tells messages, and what the runs answer to what they hear. */
  send(messages: Iterable<InterlockingMessage>): void {
    const open = [...messages];
    for (let message = open.shift(); message !== undefined; message = open.shift()) {
      this.#now += 1;
      const whole = createInterlocking(PROJECT, this.project.rows);
      const expected = JSON.stringify(this.project.decide(whole, message, { now: this.#now }));
      const outcome = this.project.send(message, this.#now);
      expect(JSON.stringify(outcome)).toBe(expected);
      for (const mail of outcome.mail) {
        if (mail.to.kind === 'run') open.push(...(this.runs[mail.to.id - 1]?.hear(mail) ?? []));
      }
    }
    expect([...this.waitBesideTheirSpan()], 'LAW-9').toEqual([]);
    expect(lostWakeUps(this.project.rows, this.#now)).toEqual([]);
  }

  /** LAW-9: nobody waits for a lock whose run holds locks through a span. */
  *waitBesideTheirSpan(): Generator<number, void> {
    const bundles = [...this.project.rows.bundles.values()];
    for (const { id, status, inside, requester } of bundles) {
      if (status !== 'queued' || inside !== undefined) continue;
      const held = bundles.some(
        (one) =>
          one.requester.run === requester.run &&
          one.status === 'inUse' &&
          one.span !== undefined &&
          one.span.over === undefined,
      );
      if (held) yield id;
    }
  }

  acknowledge(): void {
    const kept = [...this.project.rows.bundles.values()].filter(
      ({ status, holder }) => status === 'inUse' && holder?.state === 'failed',
    );
    this.send(
      kept.map(({ id }) => ({ type: 'AcknowledgeFailure', bundle: id, by: 'ann', reason: 'seen' }) as const),
    );
  }

  force(pick: number): void {
    const waiting = [...this.project.rows.bundles.values()].filter(({ status }) => status === 'queued');
    const bundle = waiting[pick % Math.max(1, waiting.length)]?.id;
    if (bundle !== undefined) this.send([{ type: 'ForceGrant', bundle, by: 'ann', reason: 'now' }]);
  }
}

function take(world: World, { act, run: who, pick, vary }: Told['steps'][number]): void {
  const run = world.runs[who];
  if (run === undefined) return;
  if (act < 5) world.send(run.start(pick));
  else if (act < 8) world.send(run.finish(pick, vary % 4 === 0 ? 'failed' : undefined));
  else if (act === 8) world.send(run.withdraw(pick));
  else if (act === 9) world.configure(pick % 3, vary);
  else if (act === 10) world.force(pick);
  else world.acknowledge();
}

/** Lets every run go on until it is over: with nobody stranded that takes a few rounds. */
function comeToTheEnd(world: World): void {
  for (let round = 0; round < 14; round += 1) {
    for (const run of world.runs) {
      for (let pick = 0; pick < 4; pick += 1) world.send(run.start(pick));
      for (let pick = 0; pick < 4; pick += 1) world.send(run.finish(pick, undefined));
    }
    world.acknowledge();
  }
}

describe('spans in random histories', () => {
  it('strand nobody, wait for nothing inside, and are decided alike on a slice and on everything (LAW-2, LAW-9, LAW-14)', () => {
    let spans = 0;
    let passed = 0;
    fc.assert(
      fc.property(histories, (told) => {
        const world = new World(told);
        for (const one of told.steps) take(world, one);
        comeToTheEnd(world);
        const { rows, journal } = world.project;
        expect(
          world.runs.filter((run) => !run.isOver).map(({ id }) => id),
          'runs that never end',
        ).toEqual([]);
        const open = [...rows.bundles.values()].filter(
          ({ status }) => status === 'queued' || status === 'inUse',
        );
        expect(open).toEqual([]);
        expect(brokenHistory(journal)).toEqual([]);
        expect(foldInterlocking(journal)).toEqual(rows);
        spans += journal.filter(({ type }) => type === 'SpanOver').length;
        passed += journal.filter(({ type }) => type === 'SpanEntered').length;
      }),
      { numRuns: 12 * FACTOR, seed: 7 },
    );
    expect(Math.min(spans, passed), 'spans that ended, stages that passed through').toBeGreaterThan(20);
  });
});
