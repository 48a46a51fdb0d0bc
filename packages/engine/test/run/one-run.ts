import {
  bornRun,
  createRun,
  evolveRun,
  foldRun,
  partName,
  partOf,
  type InstanceKey,
  type InstanceState,
  type JobReport,
  type Mail,
  type Outcome,
  type RunAnswer,
  type RunNeed,
  type Effect,
  type RunEvent,
  type RunIdentity,
  type RunMessage,
  type RunState,
  type StageState,
} from '@signalbox/engine';
import type { NodeResult, Plan } from '@signalbox/model';
import { expect } from 'vitest';
import { answerCheckNeed, type ShortChecks } from './short-checks.ts';
import { machinesOf, type ShortMachines } from './short-machines.ts';
import { longPlan, type ShortPlan } from './short-plan.ts';

export const MINUTE = 60_000;

/** 2026-03-05T14:07:09Z. */
export const BIRTHDAY = 1_772_719_629_000;

/** What protects the resources of a story. */
export interface StoryResources {
  readonly checks?: ShortChecks;
  readonly forbidden?: readonly string[];
  /** The machines of environments by name, with their tags. */
  readonly machines?: ShortMachines;
  /** Gives the plan what short plans have no words for. */
  readonly shaped?: (plan: Plan) => Plan;
}

/** A run alone: its locks and its pool are played by the test. Checks after every message that the journal folds to the row. */
export class OneRun {
  readonly plan: Plan;
  now = BIRTHDAY;
  state: RunState;
  readonly journal: RunEvent[];
  /** What was sent since it was last looked at, timers excepted. */
  mail: Mail[] = [];
  effects: Effect[] = [];
  private timers: { readonly due: number; readonly body: RunMessage }[] = [];
  private lastLease = 0;

  /** As they are now; a checkpoint keeps its own copy. */
  checks: ShortChecks;
  /** Resources that the pipeline may not use. */
  readonly forbidden: Set<string>;
  /** Resources that were deleted, with their checks and with what was said about pipelines. */
  readonly gone: Set<string> = new Set();
  /** As they are now. */
  machines: ShortMachines;

  constructor(
    short: ShortPlan,
    more: Partial<RunIdentity> = {},
    { checks = {}, forbidden = [], machines = {}, shaped = (plan) => plan }: StoryResources = {},
  ) {
    this.forbidden = new Set(forbidden);
    this.checks = checks;
    this.machines = machines;
    this.plan = shaped(longPlan(short));
    const identity = identityOf(short, more);
    this.state = bornRun(identity, this.plan);
    this.journal = [{ type: 'RunCreated', identity, plan: this.plan }];
  }

  /** Delivers a message. */
  tell(message: RunMessage): Outcome<RunEvent> {
    const working = createRun(this.state.id);
    working.supply([{ of: { need: 'run' }, state: this.state, plan: this.plan }]);
    let handled = working.handle(message, this.now);
    while (handled.kind === 'needs') {
      working.supply(handled.needs.map((need) => this.answer(need)));
      handled = working.handle(message, this.now);
    }
    const { outcome } = handled;
    for (const event of outcome.events) this.state = evolveRun(this.state, event);
    this.journal.push(...outcome.events);
    for (const mail of outcome.mail) {
      if (mail.due === undefined) this.mail.push(mail);
      else if (mail.to.kind === 'run') this.timers.push({ due: mail.due, body: mail.body as RunMessage });
    }
    this.effects.push(...outcome.effects);
    expect(foldRun(this.journal)).toEqual(this.state);
    for (const change of working.changes()) {
      if (change.table === 'run') expect(change.row).toEqual(this.state);
    }
    return outcome;
  }

  private answer(need: RunNeed): RunAnswer {
    if (need.need === 'machines') return { of: need, machines: machinesOf(this.machines, need.environment) };
    const answer = answerCheckNeed(this.checks, need, this.forbidden);
    const isGone = need.need === 'checks' && this.gone.has(need.resource.id);
    return isGone ? { ...answer, of: need, checks: [], gone: true } : answer;
  }

  begin(): void {
    this.tell({ type: 'Begin' });
  }

  /** Lets time pass; timers ring in the order in which they are due. */
  pass(minutes: number): void {
    const end = this.now + minutes * MINUTE;
    for (;;) {
      const [next] = this.timers.filter(({ due }) => due <= end).toSorted((a, b) => a.due - b.due);
      if (next === undefined) break;
      this.timers = this.timers.filter((timer) => timer !== next);
      this.now = Math.max(this.now, next.due);
      this.tell(next.body);
    }
    this.now = end;
  }

  stage(name: string): StageState {
    const found = this.state.stages.find((stage) => stage.name === name);
    if (found === undefined) throw new Error(`no stage ${name}`);
    return found;
  }

  /** The instance at `stage.job` or `stage.job.part` (`partName`); a stage alone means its job `j`, and without a part the latest counts. */
  at(path: string): { readonly key: InstanceKey; readonly instance: InstanceState } {
    const [stageName = '', jobName = 'j', hook] = path.split('.');
    const stage = this.stage(stageName);
    const job = stage.jobs.find((one) => one.name === jobName);
    const instance = job?.instances.findLast((one) => hook === undefined || partName(one) === hook);
    if (job === undefined || instance === undefined) throw new Error(`no instance ${path}`);
    const key: InstanceKey = {
      stage: stageName,
      stageAttempt: stage.attempt,
      job: jobName,
      jobAttempt: job.attempt,
      ...partOf(instance),
    };
    return { key, instance };
  }

  assign(path: string): void {
    const { key } = this.at(path);
    this.lastLease += 1;
    const lease = this.lastLease;
    this.tell({ type: 'JobAssigned', instance: key, request: lease, lease, agent: 1, agentName: 'a1' });
  }

  /** The agent reports; an instance that waits is assigned first. */
  report(path: string, report: readonly JobReport[], lease?: number): Outcome<RunEvent> {
    if (this.at(path).instance.phase === 'queued') this.assign(path);
    const { key, instance } = this.at(path);
    const current = instance.phase === 'queued' ? 0 : (instance.lease?.token ?? 0);
    return this.tell({ type: 'JobReported', instance: key, lease: lease ?? current, report });
  }

  start(path: string): void {
    this.report(path, [{ kind: 'started', at: this.now }]);
  }

  finish(path: string, result: NodeResult): Outcome<RunEvent> {
    const { instance } = this.at(path);
    const started = instance.phase !== 'queued' && instance.startTime !== undefined;
    const first: readonly JobReport[] = started ? [] : [{ kind: 'started', at: this.now }];
    return this.report(path, [...first, { kind: 'finished', at: this.now, result }]);
  }
}

/** A run of definition 7, `Shop`, on main. */
export function identityOf(short: ShortPlan, more: Partial<RunIdentity> = {}): RunIdentity {
  const resources = Object.entries(short.stages).map(([stage, one]) => {
    const locks = one?.locks === undefined ? [] : [one.locks].flat();
    return [
      stage.toLowerCase(),
      locks.map((id) => ({ type: 'environment' as const, id, name: id })),
    ] as const;
  });
  return {
    id: 1,
    project: 1,
    projectName: 'Demo',
    definition: { id: 7, name: 'Shop' },
    number: '1',
    planId: '00000000-0000-0000-0000-000000000001',
    reason: 'manual',
    branch: 'refs/heads/main',
    commit: 'c0ffee',
    requestedBy: 'ann',
    requestedFor: 'bob',
    queueTime: BIRTHDAY,
    variables: {},
    stagesToSkip: [],
    defaultPool: 'Default',
    pools: { default: 1, deployers: 2 },
    resources: Object.fromEntries(resources.filter(([, locks]) => locks.length > 0)),
    ...more,
  };
}
