import type { InterlockingEvent, RunEvent } from '@signalbox/engine';
import { brokenHistory, lostWakeUps } from '../interlocking/laws/index.ts';
import { brokenApprovals } from '../run/check-laws.ts';
import { createMessage } from '../trigger/one-trigger.ts';
import { Agent, type Process } from './agent.ts';
import { Chance } from './chance.ts';
import { brokenCheckpoints, brokenWaits } from './checkpoint-laws.ts';
import { actOnApprovals, anyChecks, releaseLost } from './people.ts';
import { ENVIRONMENTS, anyPlan, anyPolicy } from './plans.ts';
import { answerAll, answerAnyhow, compareAll, operateAnyhow, permitAll, permitAnyhow } from './services.ts';
import { actOnRuns } from './run-acts.ts';
import { World } from './world.ts';

const PROJECT = 1;
const MINUTE = 60_000;
const MENDED_NOTHING = JSON.stringify({ ok: true, value: { mended: 0 } });

/** What a simulation is made of. */
export interface Setting {
  readonly seed: number;
  readonly steps: number;
  /** Whether policies change under way. */
  readonly changing: boolean;
}

/** Random pipelines, users, agents and crashes around the whole engine; then calm, until nothing is left to do. */
export class Simulation {
  readonly world: World;
  readonly broken: string[] = [];
  readonly #setting: Setting;
  readonly #agents: readonly Agent[];
  readonly #plans: readonly ReturnType<typeof anyPlan>[];
  #seenEvents = 0;

  constructor(setting: Setting) {
    this.#setting = setting;
    const chance = new Chance(setting.seed);
    this.world = new World(chance, anyChecks(chance, ENVIRONMENTS));
    this.#agents = ['a1', 'a2', 'a3'].map((name) => new Agent(this.world, name));
    this.#plans = [0, 1, 2].map(() => anyPlan(chance));
  }

  run(): this {
    this.world.crashes = 0;
    for (const name of ENVIRONMENTS.slice(0, 3)) this.#configure(name);
    for (const agent of this.#agents) agent.act('well');
    this.world.crashes = 8;
    for (let step = 0; step < this.#setting.steps && this.broken.length === 0; step += 1) this.#step();
    this.world.crashes = 0;
    this.#calm();
    if (this.broken.length > 0) return this;
    const again = { type: 'Reconcile', locks: [...this.world.store.locks.locks.keys()] } as const;
    const reply = this.world.command({ to: { kind: 'interlocking', id: PROJECT }, body: again });
    if (JSON.stringify(reply) !== MENDED_NOTHING) this.broken.push(`INV-05: ${JSON.stringify(reply)}`);
    this.broken.push(...this.#leftovers(), ...this.#brokenRuns(), ...this.#overtaken(), ...this.#ranTwice());
    this.broken.push(...brokenHistory(this.world.store.locksJournal));
    return this;
  }

  #step(): void {
    const { chance } = this.world;
    const what = chance.below(24);
    if (what < 8) this.world.deliver();
    else if (what < 9) actOnApprovals(this.world);
    else if (what < 14) chance.pick(this.#agents).act('anyhow');
    else if (what < 16) this.#create();
    else if (what < 17) actOnRuns(this.world);
    else if (what < 18) this.world.now += chance.below(2 * MINUTE);
    else if (what < 19) this.world.now = this.world.nextDue() ?? this.world.now;
    else if (what < 22) answerAnyhow(this.world);
    else if (what === 22) operateAnyhow(this.world);
    else if (chance.oneIn(3)) permitAnyhow(this.world);
    else if (this.#setting.changing) this.#configure(chance.pick(ENVIRONMENTS.slice(0, 3)));
    this.#watch();
  }

  /** Nobody does anything new; agents work; time passes when there is nothing else to do. */
  #calm(): void {
    permitAll(this.world);
    for (let step = 0; step < 4000 && this.broken.length === 0; step += 1) {
      answerAll(this.world);
      compareAll(this.world);
      while (this.broken.length === 0 && this.world.deliver()) this.#watch();
      for (const agent of this.#agents) agent.act('well');
      actOnApprovals(this.world);
      // Those who may come back get the time to.
      if (step % 100 === 99) releaseLost(this.world);
      this.#watch();
      if (this.#isOver()) return;
      if (step % 3 === 0) this.world.now += 5000;
      if (step % 50 === 0) this.world.now = this.world.nextDue() ?? this.world.now;
    }
  }

  #isOver(): boolean {
    const { runs, requests, locks } = this.world.store;
    return (
      [...runs.values()].every(({ written }) => written.status === 'completed') &&
      [...requests.values()].every(({ state }) => state.phase === 'finished') &&
      [...locks.bundles.values()].every(({ status }) => status !== 'queued' && status !== 'inUse') &&
      !this.world.deliver()
    );
  }

  #create(): void {
    const { chance } = this.world;
    const index = chance.below(this.#plans.length);
    const plan = this.#plans[index] ?? { stages: {} };
    const definition = { id: index + 1, name: `P${index + 1}` };
    const branch = chance.pick(['refs/heads/main', 'refs/heads/feature']);
    const body = createMessage(plan, { definition, branch });
    this.world.command({ to: { kind: 'trigger', id: PROJECT }, body });
  }

  #configure(name: string): void {
    const resource = { type: 'environment', id: name } as const;
    const policy = anyPolicy(this.world.chance);
    const body = { type: 'ConfigureLock', resource, name, policy, enabled: true, by: 'ann' } as const;
    this.world.command({ to: { kind: 'interlocking', id: PROJECT }, body });
  }

  /** What must hold after every step. */
  #watch(): void {
    const { store, now } = this.world;
    this.broken.push(...brokenWaits(this.world));
    const fresh = store.locksJournal.slice(this.#seenEvents);
    this.#seenEvents = store.locksJournal.length;
    if (fresh.length === 0) return;
    this.broken.push(...lostWakeUps(store.locks, now));
    for (const event of fresh) this.broken.push(...this.#handedOnTooEarly(event));
  }

  /** LAW-8: when a holder's locks are given back, no process of its jobs can act any more. */
  #handedOnTooEarly(event: InterlockingEvent): readonly string[] {
    if (event.type !== 'BundleFinished') return [];
    const holder = this.world.store.locks.getBundle(event.bundle)?.requester;
    return this.#agents
      .flatMap(({ processes }) => processes)
      .filter(
        ({ run, instance }) =>
          run === holder?.run && instance.stage === holder.stage && instance.stageAttempt === holder.attempt,
      )
      .filter((process) => event.at < endOf(process))
      .map(({ run, instance }) => `LAW-8: ${instance.job} of run ${run} can act after its locks are free`);
  }

  /** When all is over, nothing holds, nothing waits, nothing is expected (INV-03). */
  #leftovers(): readonly string[] {
    const { runs, locks, requests } = this.world.store;
    return [
      ...[...runs.values()]
        .filter(({ written }) => written.status !== 'completed')
        .map(({ written }) => `run ${written.id} never ends`),
      ...[...locks.bundles.values()]
        .filter(({ finishTime }) => finishTime === undefined)
        .map(({ id, status }) => `bundle ${id} is left ${status}`),
      ...[...locks.expected.keys()].map((key) => `${key} is left expected`),
      ...[...requests.values()]
        .filter(({ state }) => state.phase !== 'finished')
        .map(({ id, state }) => `job request ${id} is left ${state.phase}`),
    ];
  }

  /** INV-42: what an agent was given once, whatever runs again, nobody is given a second time. */
  #ranTwice(): readonly string[] {
    const seen = new Set<string>();
    return this.#agents
      .flatMap(({ processes }) => processes)
      .flatMap(({ run, instance }) => {
        const { stage, stageAttempt, job, jobAttempt, hook = '', leg = '' } = instance;
        const key = [run, stage, stageAttempt, job, jobAttempt, hook, leg].join('/');
        const twice = seen.has(key);
        seen.add(key);
        return twice ? [`INV-42: ${key} was run twice`] : [];
      });
  }

  /** LAW-7: under `runQueueTime` a stage's grants follow its runs; runs of one millisecond may change places. */
  #overtaken(): readonly string[] {
    if (this.#setting.changing) return [];
    const { locks, bundles } = this.world.store.locks;
    const excepted = new Set(
      this.world.store.locksJournal.flatMap((event) =>
        event.type === 'BundleGranted' && event.exceptions !== undefined ? [event.bundle] : [],
      ),
    );
    return [...locks.values()].flatMap(({ id, name, policy }) => {
      const last = new Map<string, number>();
      // A grant whose journal entry names an exception may come before an older run (LAW-7).
      const granted = [...bundles.values()].filter(
        ({ id: bundle, assignTime }) => assignTime !== undefined && !excepted.has(bundle),
      );
      return granted
        .flatMap(({ requester, requests }) =>
          // Inside a span nothing is granted, so nobody is overtaken (LAW-9).
          requests.flatMap(({ lock, token }) =>
            lock === id && token !== undefined ? [{ requester, token }] : [],
          ),
        )
        .toSorted((a, b) => a.token - b.token)
        .filter(({ requester: { definition, stage, runQueueTime } }) => {
          const before = last.get(`${definition}/${stage}`) ?? 0;
          last.set(`${definition}/${stage}`, Math.max(before, runQueueTime));
          return policy.orderBy === 'runQueueTime' && runQueueTime < before;
        })
        .map(({ requester: { run, stage } }) => `LAW-7: ${stage} of run ${run} was overtaken at ${name}`);
    });
  }

  /** LAW-5: a stage attempt starts at most once, on its grant, and never when it is over already. */
  #brokenRuns(): readonly string[] {
    return [...this.world.store.runs].flatMap(([id, { journal, written, born }]) => {
      const started = new Set<string>();
      const over = new Set<string>();
      const wrongStarts = journal.flatMap((event: RunEvent) => {
        if (event.type === 'StageCompleted') over.add(event.stage);
        if (event.type === 'StageRetried') {
          over.delete(event.stage);
          started.delete(event.stage);
        }
        if (event.type !== 'StageStarted') return [];
        const wrong = over.has(event.stage) || started.has(event.stage);
        started.add(event.stage);
        return wrong ? [`LAW-5: stage ${event.stage} of run ${id} starts again`] : [];
      });
      return [...wrongStarts, ...brokenApprovals(written), ...brokenCheckpoints(born, journal)];
    });
  }
}

function endOf(process: Process): number {
  return process.ended ?? process.lastBreath;
}
