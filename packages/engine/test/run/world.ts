import {
  bornRun,
  createPool,
  createRun,
  DEFAULT_LEASE_POLICY,
  evolvePool,
  evolveRun,
  foldPool,
  type AgentRow,
  type InterlockingMessage,
  type JobRequestRow,
  type Mail,
  type PoolAnswer,
  type PoolEvent,
  type PoolHeaderRow,
  type PoolMessage,
  type PoolNeed,
  type Reply,
  type RunEvent,
  type RunMessage,
  type RunState,
} from '@signalbox/engine';
import type { NodeResult, Plan } from '@signalbox/model';
import { expect } from 'vitest';
import { identityOf } from './one-run.ts';
import { answerCheckNeed, type ShortChecks } from './short-checks.ts';
import { longPlan, type ShortPlan } from './short-plan.ts';

/** Chooses the index of one of `count` things; the world's only chance. */
export type Choose = (count: number) => number;

/**
 * One run, its real pool, agents, and a lock that lets one stage in at a time. Mail waits in an inbox for each
 * aggregate; in which order the inboxes are served, and when agents act or die, is chosen from outside.
 */
export class World {
  now = 1000;
  readonly plan: Plan;
  run: RunState;
  readonly journal: RunEvent[];
  private header: PoolHeaderRow = { lastRequest: 0, lastAgent: 0, lastLease: 0 };
  readonly agents = new Map<number, AgentRow>();
  readonly requests = new Map<number, JobRequestRow>();
  readonly poolJournal: PoolEvent[] = [];
  private folded = foldPool([]);
  private readonly inbox = {
    run: [] as RunMessage[],
    pool: [] as PoolMessage[],
    interlocking: [] as InterlockingMessage[],
  };
  private timers: { readonly due: number; readonly mail: Mail }[] = [];
  /** Stages in line for the lock; the first holds it. */
  private readonly line: string[] = [];
  private granted: string | undefined;
  private token = 0;
  /** Requests whose last report was taken: their processes are gone, though the pool may not know yet. */
  private readonly ended = new Set<number>();
  readonly sessions = new Map<number, string>();
  private readonly choose: Choose;
  private readonly checks: ShortChecks;

  constructor(short: ShortPlan, choose: Choose, checks: ShortChecks = {}) {
    this.choose = choose;
    this.checks = checks;
    this.plan = longPlan(short);
    const identity = identityOf(short);
    this.run = bornRun(identity, this.plan);
    this.journal = [{ type: 'RunCreated', identity, plan: this.plan }];
    this.inbox.run.push({ type: 'Begin' });
  }

  /** Delivers one message from some inbox; false when there is none. */
  deliver(): boolean {
    const kinds = (['run', 'pool', 'interlocking'] as const).filter((kind) => this.inbox[kind].length > 0);
    const kind = kinds[this.choose(kinds.length)];
    if (kind === 'run') this.tellRun(this.inbox.run.shift());
    else if (kind === 'pool') this.tellPool(this.inbox.pool.shift());
    else if (kind === 'interlocking') this.tellLock(this.inbox.interlocking.shift());
    return kind !== undefined;
  }

  tellRun(message: RunMessage | undefined): Reply | undefined {
    if (message === undefined) return undefined;
    const working = createRun(1);
    working.supply([{ of: { need: 'run' }, state: this.run, plan: this.plan }]);
    const before = this.run;
    let handled = working.handle(message, this.now);
    while (handled.kind === 'needs') {
      working.supply(handled.needs.map((need) => answerCheckNeed(this.checks, need)));
      handled = working.handle(message, this.now);
    }
    const { outcome } = handled;
    this.journal.push(...outcome.events);
    const [change] = working.changes();
    if (change?.table === 'run') this.run = change.row;
    expect(outcome.events.reduce(evolveRun, before)).toEqual(this.run);
    expectForward(before, this.run);
    this.post(outcome.mail);
    return outcome.reply;
  }

  tellPool(message: PoolMessage | undefined): Reply | undefined {
    if (message === undefined) return undefined;
    const working = createPool(1, DEFAULT_LEASE_POLICY);
    for (;;) {
      const handled = working.handle(message, this.now);
      if (handled.kind === 'needs') {
        working.supply(handled.needs.map((need) => this.answer(need)));
        continue;
      }
      for (const change of working.changes()) {
        if (change.table === 'header') this.header = change.row;
        else if (change.table === 'request') this.requests.set(change.row.id, change.row);
        else if (change.row !== undefined) this.agents.set(change.id, change.row);
      }
      this.poolJournal.push(...handled.outcome.events);
      this.folded = handled.outcome.events.reduce(evolvePool, this.folded);
      const { header, agents, requests } = this;
      expect(this.folded).toEqual({ header, agents, requests });
      this.post(handled.outcome.mail);
      return handled.outcome.reply;
    }
  }

  /** An agent asks for work, reports, renews, or comes back as a new process. */
  agentActs(agent: number, how: 'poll' | 'report' | 'renew' | 'restart', result: NodeResult): void {
    const row = this.agents.get(agent);
    const session = this.sessions.get(agent);
    if (how === 'restart' || row === undefined || session === undefined) {
      const next = `s${this.poolJournal.length}`;
      const hello = {
        type: 'AgentConnected',
        name: `a${agent}`,
        version: '1',
        session: next,
        capabilities: {},
      } as const;
      this.tellPool(hello);
      this.sessions.set(agent, next);
      return;
    }
    if (how === 'poll') {
      this.tellPool({ type: 'AgentPolled', agent, session });
      return;
    }
    const request = row.request === undefined ? undefined : this.requests.get(row.request);
    if (request?.state.phase !== 'assigned' && request?.state.phase !== 'quarantined') return;
    const { lease } = request.state;
    if (how === 'renew') this.tellPool({ type: 'LeaseRenewed', request: request.id, lease });
    else this.report(request, lease, result);
  }

  private report({ id, instance }: JobRequestRow, lease: number, result: NodeResult): void {
    // The run hears of the assignment first: that mail was written before the agent knew.
    while (this.inbox.run.length > 0) this.tellRun(this.inbox.run.shift());
    const output = { kind: 'output', name: 's.x', value: 'v', secret: false } as const;
    const report = [
      { kind: 'started', at: this.now },
      output,
      { kind: 'finished', at: this.now, result },
    ] as const;
    if (this.tellRun({ type: 'JobReported', instance, lease, report })?.ok === true) this.ended.add(id);
  }

  /** Lets time pass up to the next timer, at most; false when there is none. */
  ring(): boolean {
    const [next] = this.timers.toSorted((a, b) => a.due - b.due);
    if (next === undefined) return false;
    this.timers = this.timers.filter((timer) => timer !== next);
    this.now = Math.max(this.now, next.due);
    this.post([withoutDue(next.mail)]);
    return true;
  }

  private post(mail: readonly Mail[]): void {
    for (const one of mail) {
      if (one.due !== undefined && one.due > this.now) this.timers.push({ due: one.due, mail: one });
      else if (one.to.kind === 'run') this.inbox.run.push(one.body as RunMessage);
      else if (one.to.kind === 'pool') this.inbox.pool.push(one.body as PoolMessage);
      else if (one.to.kind === 'interlocking') this.inbox.interlocking.push(one.body as InterlockingMessage);
    }
  }

  /** The lock: first come, first served. Nobody gives it back while a process of his may still act (LAW-8). */
  private tellLock(message: InterlockingMessage | undefined): void {
    if (message?.type === 'LocksRequested') {
      const { stage, attempt } = message.requester;
      // Which comes first, the slot or the approvals, is the policy of the lock (LOCK-66).
      if (message.approvals === undefined || this.choose(2) === 0) this.line.push(stage);
      else this.inbox.run.push({ type: 'AskApprovals', stage, attempt });
    }
    if (message?.type === 'LocksReleased' || message?.type === 'LocksWithdrawn') {
      expect(this.stillActing(message.stage), `${message.stage} gives its lock back`).toEqual([]);
      this.line.splice(0, this.line.length, ...this.line.filter((stage) => stage !== message.stage));
      if (this.granted === message.stage) this.granted = undefined;
    }
    const [first] = this.line;
    if (this.granted !== undefined || first === undefined) return;
    this.granted = first;
    this.token += 1;
    const tokens = [{ lock: 1, lockName: 'prod', token: this.token }];
    this.inbox.run.push({ type: 'LocksGranted', stage: first, attempt: 1, tokens });
  }

  private stillActing(stage: string): readonly string[] {
    return [...this.requests.values()]
      .filter((one) => !this.ended.has(one.id))
      .filter(
        (one) =>
          one.instance.stage === stage && ['assigned', 'quarantined', 'waiting'].includes(one.state.phase),
      )
      .map((one) => `${one.instance.job} ${one.state.phase}`);
  }

  /** What is still held or waited for. */
  leftovers(): readonly string[] {
    const open = [...this.requests.values()].filter((one) => one.state.phase !== 'finished');
    const stages = this.run.stages.filter((one) => one.phase === 'completed' && one.locks === 'draining');
    return [...open.map((one) => one.instance.job), ...this.line, ...stages.map((one) => one.name)];
  }

  private answer(of: PoolNeed): PoolAnswer {
    const all = [...this.requests.values()];
    switch (of.need) {
      case 'header':
        return { of, header: this.header };
      case 'elsewhere':
        return { of, others: [] };
      case 'agents':
        return { of, agents: [...this.agents.values()] };
      case 'request':
        return { of, requests: all.filter(({ id }) => id === of.id) };
      case 'requestOf':
        return {
          of,
          requests: all.filter(({ instance }) => JSON.stringify(instance) === JSON.stringify(of.instance)),
        };
      case 'waitingOf':
      case 'fronts':
        return { of, requests: all.filter(({ state }) => state.phase === 'waiting') };
    }
  }
}

function withoutDue({ to, body }: Mail): Mail {
  return { to, body } as Mail;
}

const ORDER = ['notStarted', 'waiting', 'queued', 'running', 'completed'];

/** States only move forward, and a result never changes (INV-40). */
function expectForward(before: RunState, after: RunState): void {
  for (const [index, stage] of after.stages.entries()) {
    const old = before.stages[index];
    if (old === undefined) continue;
    expectNodeForward(old, stage);
    for (const [at, job] of stage.jobs.entries()) {
      const oldJob = old.jobs[at];
      if (oldJob === undefined) continue;
      expectNodeForward(oldJob, job);
      for (const [place, instance] of job.instances.entries()) {
        const oldInstance = oldJob.instances[place];
        if (oldInstance !== undefined) expectNodeForward(oldInstance, instance);
      }
    }
  }
  if (before.status === 'completed')
    expect({ status: after.status, result: after.result }).toEqual({
      status: before.status,
      result: before.result,
    });
}

function expectNodeForward(
  before: { readonly phase: string; readonly result?: NodeResult },
  after: { readonly phase: string; readonly result?: NodeResult },
): void {
  expect(ORDER.indexOf(after.phase)).toBeGreaterThanOrEqual(ORDER.indexOf(before.phase));
  if (before.result !== undefined) expect(after.result).toBe(before.result);
}
