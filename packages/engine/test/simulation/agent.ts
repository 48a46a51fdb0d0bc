import type { InstanceKey, Reply } from '@signalbox/engine';
import type { NodeResult } from '@signalbox/model';
import type { World } from './world.ts';

/** The pool of the simulation. */
const POOL = 1;

/** The cancel time-out of every simulated job: what an agent takes at most to stop one. */
const STOP_MS = 60_000;

/** A process of a job on an agent's machine: what LAW-8 is about. */
export interface Process {
  readonly run: number;
  readonly instance: InstanceKey;
  readonly began: number;
  /** When it was gone; absent while it may act. */
  ended?: number;
  /** It stops itself then: the end of the lease that its agent knows, and the time to stop. */
  lastBreath: number;
}

interface Job {
  readonly request: number;
  readonly lease: number;
  readonly process: Process;
  leaseUntil: number;
  canceled: boolean;
}

/** The answer of the pool to a poll, as far as the simulation reads it. */
interface JobReply {
  readonly request: number;
  readonly run: number;
  readonly instance: InstanceKey;
  readonly lease: number;
  readonly leaseUntil: number;
}

/** An agent: a process on some machine, which works, stays silent, dies and comes back. */
export class Agent {
  readonly #world: World;
  readonly #name: string;
  readonly processes: Process[] = [];
  #session: { readonly id: string; readonly agent: number } | undefined;
  #job: Job | undefined;
  #sessions = 0;
  /** The lease of the job that it ended last. */
  #done: number | undefined;

  constructor(world: World, name: string) {
    this.#world = world;
    this.#name = name;
  }

  /** Does one thing; a well-behaved one neither dies nor fails. */
  act(how: 'anyhow' | 'well'): void {
    if (this.#session === undefined) return this.#connect();
    if (how === 'anyhow' && this.#world.chance.oneIn(25)) return this.#die();
    if (this.#job === undefined) return this.#poll(this.#session);
    if (this.#world.now > this.#job.leaseUntil) return this.#stop(this.#job);
    if (this.#world.chance.oneIn(2)) return this.#renew(this.#job);
    this.#report(this.#job, how === 'well' ? 'succeeded' : this.#world.chance.pick(RESULTS));
  }

  #connect(): void {
    this.#sessions += 1;
    const session = `${this.#name}-${this.#sessions}`;
    const body = {
      type: 'AgentConnected',
      name: this.#name,
      version: '1',
      session,
      capabilities: { 'Agent.Name': this.#name },
    } as const;
    const value = this.#ask(this.#world.command({ to: { kind: 'pool', id: POOL }, body }));
    if (value !== undefined) this.#session = { id: session, agent: (value as { agent: number }).agent };
  }

  #poll({ id, agent }: { readonly id: string; readonly agent: number }): void {
    const body = { type: 'AgentPolled', agent, session: id } as const;
    const reply = this.#world.command({ to: { kind: 'pool', id: POOL }, body });
    if (reply?.ok === false) this.#session = undefined;
    const job = (this.#ask(reply) as { job?: JobReply | null } | undefined)?.job;
    // The pool may not have heard yet that the job is over.
    if (job === undefined || job === null || job.lease === this.#done) return;
    const { request, run, instance, lease, leaseUntil } = job;
    const process = { run, instance, began: this.#world.now, lastBreath: leaseUntil + STOP_MS };
    this.processes.push(process);
    this.#job = { request, lease, process, leaseUntil, canceled: false };
  }

  #renew(job: Job): void {
    const body = { type: 'LeaseRenewed', request: job.request, lease: job.lease } as const;
    const reply = this.#world.command({ to: { kind: 'pool', id: POOL }, body });
    if (reply?.ok === false) return this.#stop(job);
    const value = this.#ask(reply) as { leaseUntil: number; cancel?: { budgetMs: number } } | undefined;
    if (value === undefined) return;
    const { leaseUntil, cancel } = value;
    job.leaseUntil = leaseUntil;
    job.canceled ||= cancel !== undefined;
    const budgetEnd = this.#world.now + (cancel?.budgetMs ?? Infinity);
    job.process.lastBreath = Math.min(leaseUntil + STOP_MS, budgetEnd);
  }

  #report(job: Job, result: NodeResult): void {
    const { run, instance } = job.process;
    const over = job.canceled || this.#world.chance.oneIn(2);
    const now = this.#world.now;
    if (over) this.#end(job.process);
    const started = { kind: 'started', at: now } as const;
    const finished = { kind: 'finished', at: now, result: job.canceled ? 'canceled' : result } as const;
    const report = over ? [started, finished] : [started];
    const body = { type: 'JobReported', instance, lease: job.lease, report } as const;
    const reply = this.#world.command({ to: { kind: 'run', id: run }, body });
    if (reply?.ok === false) return this.#stop(job);
    if (!over || reply === undefined) return;
    this.#job = undefined;
    this.#done = job.lease;
  }

  /** Its lease is over or refused: it ends the processes of the job, and reports no more. */
  #stop(job: Job): void {
    this.#end(job.process);
    this.#job = undefined;
    this.#done = job.lease;
  }

  /** The agent is gone at once; its processes go on for a while. */
  #die(): void {
    const process = this.#job?.process;
    if (process !== undefined && process.ended === undefined) {
      const { now, chance } = this.#world;
      process.ended = now + chance.below(Math.max(1, process.lastBreath - now));
    }
    this.#job = undefined;
    this.#session = undefined;
  }

  #end(process: Process): void {
    process.ended ??= Math.min(this.#world.now, process.lastBreath);
  }

  #ask(reply: Reply | undefined): unknown {
    return reply?.ok === true ? reply.value : undefined;
  }
}

const RESULTS = ['succeeded', 'succeeded', 'failed'] as const;
