import {
  fold,
  type Blocker,
  type BlockingBundle,
  type BundleId,
  type Instant,
  type Plan,
  type PoolId,
  type RunId,
  type SpanEnd,
} from '@signalbox/model';
import { isApproval } from '../check/check-run.ts';
import { checkWait } from '../check/check-text.ts';
import { createInterlocking } from '../interlocking/interlocking.ts';
import { attemptKey } from '../interlocking/keys.ts';
import type { BundleRow } from '../interlocking/rows.ts';
import { isWaiting } from '../interlocking/waiting.ts';
import type { JobRequestRow } from '../pool/rows.ts';
import { pendingCancelOf, type PendingCancel } from '../run/protect.ts';
import type { InstanceKey, InstanceState, JobState, RunState, StageState } from '../run/state.ts';
import type { AnyOf, WaitGraph } from './wait-graph.ts';
import type { Moment } from './what-if.ts';

/** Somebody who waits, or something that is waited for. */
export type WaitNode =
  /** A stage attempt that wants its locks. */
  | { readonly kind: 'request'; readonly bundle: BundleId; readonly run: RunId; readonly stage: string }
  /** A stage that has its locks, or that has not come so far; `cancel`: what waits for its end (Q6). */
  | {
      readonly kind: 'stage';
      readonly run: RunId;
      readonly stage: string;
      readonly cancel?: PendingCancel;
    }
  /** What a run holds for several stages: it ends with them, or with the run (LOCK-65). */
  | { readonly kind: 'span'; readonly run: RunId; readonly until: SpanEnd }
  /** A job on an agent or on the server: it ends by itself; `until`: when its step on the server goes on. */
  | {
      readonly kind: 'job';
      readonly run: RunId;
      readonly stage: string;
      readonly job: string;
      readonly onServer?: true;
      readonly until?: Instant;
    }
  /** A free agent of a pool. */
  | { readonly kind: 'pool'; readonly pool: PoolId }
  /** Somebody who has to approve or start the stage; `wait`: how, as `checkWait` says it. */
  | { readonly kind: 'person'; readonly run: RunId; readonly stage: string; readonly wait?: string }
  /** A check that is not an approval; `wait`: how it is awaited, as `checkWait` says it. */
  | { readonly kind: 'check'; readonly run: RunId; readonly stage: string; readonly wait: string }
  /** What no run can end: a freeze, a hold, a check. */
  | { readonly kind: 'condition'; readonly blocker: Blocker };

/** All waits of a moment: who waits for whom, and who they are. */
export interface Waits {
  readonly graph: WaitGraph;
  readonly nodes: ReadonlyMap<string, WaitNode>;
}

/** What is known beside the locks; a run that is not known ends a chain. */
export interface WaitFacts {
  readonly runs: ReadonlyMap<RunId, { readonly state: RunState; readonly plan: Plan }>;
  /** The job requests of a pool that are not finished. */
  readonly pools: ReadonlyMap<PoolId, readonly JobRequestRow[]>;
}

/** The name of a waiting request in the graph. */
export function requestNode(bundle: BundleId): string {
  return `request ${bundle}`;
}

function stageNode(run: RunId, stage: string): string {
  return `stage ${run} ${fold(stage)}`;
}

/**
 * The wait-for graph over all waits: requests wait as their blockers say, stages for the stages they depend on, for
 * people and for their jobs, jobs for agents, agents for the jobs they have. A circle in it is a deadlock (LAW-14).
 */
export function waitsOf(moment: Moment, facts: WaitFacts): Waits {
  return new WaitBuilder(moment, facts).build();
}

class WaitBuilder {
  readonly #moment: Moment;
  readonly #facts: WaitFacts;
  readonly #graph: Map<string, readonly AnyOf[]> = new Map();
  readonly #nodes: Map<string, WaitNode> = new Map();
  readonly #bundleOf: Map<string, BundleRow> = new Map();

  constructor(moment: Moment, facts: WaitFacts) {
    this.#moment = moment;
    this.#facts = facts;
  }

  build(): Waits {
    const { project, rows, now } = this.#moment;
    const copy = createInterlocking(project, rows);
    const waiting = [...rows.bundles.values()].filter(isWaiting);
    for (const one of waiting) {
      this.#bundleOf.set(attemptKey(one.requester.run, one.requester.stage, one.requester.attempt), one);
    }
    for (const { id, requester } of waiting) {
      const reading = copy.blockersOf(id, now);
      const blockers = reading.kind === 'value' ? reading.value : [];
      const { run, stage } = requester;
      const reasons = blockers.flatMap((blocker) =>
        blocker.kind === 'checksPending' ? this.#lapsed(blocker, requester) : this.#reasonOf(blocker),
      );
      this.#add(requestNode(id), { kind: 'request', bundle: id, run, stage }, reasons);
    }
    for (const { state, plan } of this.#facts.runs.values()) this.#addRun(state, plan);
    for (const [pool, requests] of this.#facts.pools) this.#addPool(pool, requests);
    return { graph: this.#graph, nodes: this.#nodes };
  }

  #add(name: string, node: WaitNode, reasons: readonly AnyOf[]): void {
    this.#nodes.set(name, node);
    this.#graph.set(name, [...(this.#graph.get(name) ?? []), ...reasons]);
  }

  /** Somebody who is waited for; what they wait for in turn is added with them, if it is known. */
  #leaf(name: string, node: WaitNode): string {
    if (!this.#nodes.has(name)) this.#nodes.set(name, node);
    return name;
  }

  /** That another lock of the bundle is not free is told by the blockers of that lock. */
  #reasonOf(blocker: Blocker): readonly AnyOf[] {
    if (blocker.kind === 'notGrantedTogether') return [];
    // All of the older runs have to be gone, but one slot is enough.
    if (blocker.kind === 'olderRunExpected') return blocker.by.map((one) => [this.#holderOrWaiter(one)]);
    if (isIdle(blocker)) return this.#idle(blocker);
    // It ends by itself: nobody waits for the stage that deployed.
    if (blocker.kind === 'comparingCommits') return [[this.#condition(blocker)]];
    if ('by' in blocker) return [blocker.by.map((one) => this.#holderOrWaiter(one))];
    return [[this.#condition(blocker)]];
  }

  /** The checks say themselves what they wait for again (LOCK-26); the blocker alone, where the run is not known. */
  #lapsed(blocker: Blocker, { run, stage }: BundleRow['requester']): readonly AnyOf[] {
    const state = this.#facts.runs.get(run)?.state;
    const found = state?.stages.find((one) => fold(one.name) === fold(stage));
    const checks = state === undefined || found === undefined ? [] : this.#waitsForChecks(state, found);
    return checks.length > 0 ? checks : [[this.#condition(blocker)]];
  }

  #condition(blocker: Blocker): string {
    const name = `condition ${blocker.lock} ${JSON.stringify(blocker)}`;
    return this.#leaf(name, { kind: 'condition', blocker });
  }

  /** A holder that does nothing any more: it is the holder who waits, for a person or for a clock. */
  #idle(blocker: IdleBlocker): readonly AnyOf[] {
    for (const { run, stage } of blocker.by) {
      const name = stageNode(run, stage);
      if (!this.#graph.has(name))
        this.#add(name, { kind: 'stage', run, stage }, [[this.#condition(blocker)]]);
    }
    return [];
  }

  #holderOrWaiter({ bundle, run, stage }: BlockingBundle): string {
    const row = this.#moment.rows.getBundle(bundle);
    if (row !== undefined && isWaiting(row)) return requestNode(bundle);
    if (row?.status === 'inUse' && row.span !== undefined && row.span.over === undefined)
      return this.#span(row, row.span.until);
    return this.#leaf(stageNode(run, stage), { kind: 'stage', run, stage });
  }

  #span({ id, requester: { run } }: BundleRow, until: SpanEnd): string {
    const name = `span ${run} ${id}`;
    if (this.#graph.has(name)) return name;
    const ends = until === 'run' ? this.#stagesUnderWay(run) : until;
    this.#add(
      name,
      { kind: 'span', run, until },
      ends.map((stage) => [this.#leaf(stageNode(run, stage), { kind: 'stage', run, stage })]),
    );
    return name;
  }

  /** A run is over when no stage is under way; what only a person can start is not waited for (RUN-3). */
  #stagesUnderWay(run: RunId): readonly string[] {
    const stages = this.#facts.runs.get(run)?.state.stages ?? [];
    return stages.filter(({ phase }) => phase === 'waiting' || phase === 'running').map(({ name }) => name);
  }

  #addRun(run: RunState, plan: Plan): void {
    for (const stage of run.stages.filter((one) => one.phase !== 'completed')) {
      const cancel = pendingCancelOf(stage);
      const said = cancel !== undefined && { cancel };
      const node = { kind: 'stage', run: run.id, stage: stage.name, ...said } as const;
      this.#add(stageNode(run.id, stage.name), node, this.#waitsOfStage(run, stage, plan));
    }
  }

  #waitsOfStage(run: RunState, stage: StageState, plan: Plan): readonly AnyOf[] {
    switch (stage.phase) {
      case 'notStarted':
        return [...this.#waitsForStages(run, stage, plan), ...this.#waitsForPerson(run.id, stage.name)];
      case 'waiting': {
        const asked = this.#bundleOf.get(attemptKey(run.id, stage.name, stage.attempt));
        return asked === undefined ? this.#waitsForChecks(run, stage) : [[requestNode(asked.id)]];
      }
      case 'running':
        if (stage.jobsOver !== undefined) return this.#waitsForChecks(run, stage);
        return stage.jobs.flatMap((job) =>
          job.instances.flatMap((instance) => this.#waitsForInstance(run, stage, job, instance)),
        );
      case 'completed':
        return [];
    }
  }

  #waitsForStages(run: RunState, { name }: StageState, plan: Plan): readonly AnyOf[] {
    const planned = plan.stages.find((one) => fold(one.name) === fold(name));
    return (planned?.dependsOn ?? []).flatMap((before) => {
      const other = run.stages.find((one) => fold(one.name) === fold(before));
      return other === undefined || other.phase === 'completed' ? [] : [[stageNode(run.id, before)]];
    });
  }

  #waitsForPerson(run: RunId, stage: string): readonly AnyOf[] {
    const awaited = [...this.#moment.rows.expected.values()].some(
      (row) => row.run === run && row.stage === fold(stage) && row.awaitedSince !== undefined,
    );
    return awaited ? [[this.#leaf(`person ${run} ${fold(stage)}`, { kind: 'person', run, stage })]] : [];
  }

  /** Each check that is asked for now has to pass; deferred approvals wait for a clock, not for a person. */
  #waitsForChecks(
    { id: run, definition }: RunState,
    { name: stage, checkpoint }: StageState,
    only?: number,
  ): readonly AnyOf[] {
    return (checkpoint?.checks ?? []).flatMap((check) => {
      const { number } = check;
      const wait = only === undefined || number === only ? checkWait(check, definition.name) : undefined;
      if (wait === undefined) return [];
      const node: WaitNode = { kind: isApproval(check) ? 'person' : 'check', run, stage, wait };
      return [[this.#leaf(`${node.kind} ${run} ${fold(stage)} ${number}`, node)]];
    });
  }

  /** A step on the server may wait for the decision of a check (JOB-7). */
  #waitsForInstance(
    run: RunState,
    stage: StageState,
    job: JobState,
    instance: InstanceState,
  ): readonly AnyOf[] {
    const key = keyOf(run, stage, job.name);
    if (instance.phase !== 'onServer') return this.#waitsForJob(key, instance);
    const wait = instance.task?.wait;
    if (wait?.kind === 'check') return this.#waitsForChecks(run, stage, wait.check);
    const name = this.#job(key);
    const until = wait === undefined ? {} : { until: wait.until };
    const { run: id, ...place } = key;
    this.#nodes.set(name, { kind: 'job', run: id, ...place, onServer: true, ...until });
    return [[name]];
  }

  #waitsForJob(key: JobKey, { phase, pool }: InstanceState): readonly AnyOf[] {
    if (phase === 'completed') return [];
    if (phase === 'running') return [[this.#job(key)]];
    return [[this.#leaf(`pool ${pool}`, { kind: 'pool', pool })]];
  }

  #job({ run, stage, job }: JobKey): string {
    return this.#leaf(`job ${run} ${fold(stage)} ${fold(job)}`, { kind: 'job', run, stage, job });
  }

  #addPool(pool: PoolId, requests: readonly JobRequestRow[]): void {
    const busy = requests.filter(({ state }) => state.phase === 'assigned' || state.phase === 'quarantined');
    const jobs = busy.map(({ run, instance }) =>
      this.#job({ run, stage: instance.stage, job: instance.job }),
    );
    this.#add(`pool ${pool}`, { kind: 'pool', pool }, jobs.length > 0 ? [jobs] : []);
  }
}

interface JobKey extends Pick<InstanceKey, 'stage' | 'job'> {
  readonly run: RunId;
}

function keyOf({ id }: RunState, { name }: StageState, job: string): JobKey {
  return { run: id, stage: name, job };
}

/** Told of a holder that is not at work: beside `heldBy`, which names it as well. */
type IdleBlocker = Extract<Blocker, { kind: 'keptForFailure' | 'quarantined' | 'awaitingApproval' }>;

function isIdle(blocker: Blocker): blocker is IdleBlocker {
  const { kind } = blocker;
  return kind === 'keptForFailure' || kind === 'quarantined' || kind === 'awaitingApproval';
}
