import type { RunView } from '@signalbox/api';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { killAgent } from '../../support/agents.ts';
import { cli, locks, queueRun, setUpProject } from '../../support/queue.ts';
import { below, pick, type Random } from '../../support/random.ts';
import type { Signalbox } from '../../support/signalbox.ts';
import { OutsideCallers } from './outside.ts';
import { PAIR_LANES, PIPELINES, POLICY } from './pipelines.ts';

/** The name of the project. */
export const YARD = 'Yard';

/** What outside callers ask for. */
const WANTED = [['x'], ['y', 'x'], ['track'], ['vault']];

/** Runs and callers that a torment makes at most; a queue that only grows would never be over. */
const MAX_RUNS = 40;
const MAX_CALLERS = 8;

/** A project at work: what was asked of it, and what it acknowledged. */
export class Yard {
  readonly outside: OutsideCallers;
  readonly acknowledged: Set<number> = new Set();
  /** Cancels that were acknowledged, and the runs among them whose stage at the vault was to end first. */
  cancels = 0;
  readonly deferred: Set<number> = new Set();
  readonly #vaults: number[] = [];
  agentsKilled = 0;
  released = 0;
  readonly #pipelines: Readonly<Record<string, number>>;

  private constructor(box: Signalbox, pipelines: Readonly<Record<string, number>>) {
    this.outside = new OutsideCallers(box, YARD);
    this.#pipelines = pipelines;
  }

  /** Makes the project, and its locks by `signalbox policy apply`. */
  static async open(box: Signalbox): Promise<Yard> {
    const yard = new Yard(box, await setUpProject(box, YARD, PIPELINES));
    const file = join(mkdtempSync(join(tmpdir(), 'signalbox-yard-')), 'signalbox.policy.yml');
    writeFileSync(file, POLICY);
    await cli(box, 'policy', 'apply', file, '--yes', '--project', YARD);
    const pair = (await locks(box, YARD)).find(({ name }) => name === 'pair');
    await box.rest('PATCH', `/${YARD}/_apis/signalbox/locks/${pair?.id}`, PAIR_LANES);
    return yard;
  }

  /** Something happens: mostly a run is queued, now and then one is cancelled, or somebody outside comes. */
  async act(box: Signalbox, random: Random): Promise<void> {
    const what = random();
    if (what < 0.2) await this.#cancelSome(box, random);
    else if (what < 0.35 && this.outside.count < MAX_CALLERS)
      this.outside.begin(pick(random, WANTED), below(random, 4));
    else if (this.acknowledged.size < MAX_RUNS) await this.#queueSome(box, random);
  }

  /** Mostly of the latest runs at the vault: older ones are over. */
  async #cancelSome(box: Signalbox, random: Random): Promise<void> {
    const choice = random() < 0.7 ? this.#vaults.slice(-2) : [...this.acknowledged];
    if (choice.length > 0) await this.#cancel(box, pick(random, choice));
  }

  /** Two at once: on a busy machine one after the other would leave the locks idle. */
  async #queueSome(box: Signalbox, random: Random): Promise<void> {
    await Promise.all([this.#queue(box, random), this.#queue(box, random)]);
  }

  async #queue(box: Signalbox, random: Random): Promise<void> {
    const name = pick(random, Object.keys(this.#pipelines));
    const branch = random() < 0.7 ? 'refs/heads/main' : 'refs/heads/feature';
    const pipeline = this.#pipelines[name] ?? 0;
    const id = await queueRun(box, YARD, pipeline, {}, branch).catch(() => undefined);
    if (id === undefined) return;
    this.acknowledged.add(id);
    if (name === 'vault') this.#vaults.push(id);
  }

  /** A run that is over is not changed by it; one whose stage a lock protects is cancelled when that is over. */
  async #cancel(box: Signalbox, run: number): Promise<void> {
    const body = { status: 'cancelling' };
    const told = await box.rest('PATCH', `/${YARD}/_apis/build/builds/${run}`, body).catch(() => undefined);
    if (told === undefined) return;
    this.cancels += 1;
    const view = await box
      .rest<RunView>('GET', `/${YARD}/_apis/signalbox/runs/${run}`)
      .catch(() => undefined);
    if (view?.stages.some(({ cancelPending }) => cancelPending !== undefined)) this.deferred.add(run);
  }

  /** `kill -9` of one of the local agents, if it is there. */
  killAgent(box: Signalbox, number: number): void {
    if (killAgent(box, `local-${number}`)) this.agentsKilled += 1;
  }

  /** What an operator does: of a protected stage whose agent is lost, no clock says when it is surely silent. */
  async releaseLost(box: Signalbox): Promise<void> {
    for (const { holders } of await locks(box, YARD)) {
      const lost = holders.find(
        ({ holder }) => holder?.state === 'quarantined' && holder.until === undefined,
      );
      if (lost === undefined) continue;
      const what = ['locks', 'release', String(lost.runId), '--stage', lost.nodeName, '--project', YARD];
      const { code } = await box.cli(...what, '--reason', 'its agent was killed');
      if (code === 0) this.released += 1;
    }
  }
}
