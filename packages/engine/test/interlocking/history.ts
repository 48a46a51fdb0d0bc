import type { InterlockingMessage, Requester, ResourceKey, WholeInterlocking } from '@signalbox/engine';
import { DEFAULT_LOCK_POLICY, type LockBehavior, type LockPolicy } from '@signalbox/model';
import fc from 'fast-check';

/** One step of a random history, in numbers, so that it shrinks well; `History` makes messages of it. */
export interface Step {
  readonly act: (typeof ACTS)[number];
  /** Which run, waiter, holder, lock; modulo how many there are. */
  readonly pick: number;
  /** What is varied: behaviour, resources, policy, minutes. */
  readonly vary: number;
}

const ACTS = [
  'create',
  'create',
  'create',
  'create',
  'request',
  'request',
  'request',
  'request',
  'request',
  'request',
  'release',
  'release',
  'release',
  'release',
  'wait',
  'wait',
  'skip',
  'end',
  'withdraw',
  'retry',
  'await',
  'await',
  'approve',
  'approve',
  'person',
  'person',
  'fail',
  'holder',
  'holder',
  'acknowledge',
  'acknowledge',
  'forceRelease',
  'lease',
  'renew',
  'giveBack',
  'hold',
  'unhold',
  'move',
  'move',
  'force',
  'withdrawByHand',
  'freeze',
  'unfreeze',
  'configure',
  'repeat',
  'reconcile',
] as const;

const OPERATORS = {
  hold: 'HoldRequest',
  unhold: 'UnholdRequest',
  force: 'ForceGrant',
  withdrawByHand: 'WithdrawRequest',
} as const;

const LANES = [
  { name: 'fast', branches: ['feat*'], headStartMinutes: 4 },
  { name: 'slow', branches: ['main'], headStartMinutes: 1 },
];

const MINUTE = 60_000;
const STAGES = ['Deploy', 'test'] as const;

/** What the runs of a history have in common; each kind of trouble needs its own crowd. */
export interface Crowd {
  readonly pipelines: number;
  /** One in so many stages says its own `lockBehavior`. */
  readonly ownBehavior: number;
  /** Every lock orders by run queue time. */
  readonly byRun: boolean;
}

/** Few pipelines make many waiters of one stage; many own words make parallel ones meet others. */
export function crowds(): fc.Arbitrary<Crowd> {
  return fc.noBias(
    fc.record({
      pipelines: fc.integer({ min: 1, max: 3 }),
      ownBehavior: fc.constantFrom(1, 2, 5, 1000),
      byRun: fc.boolean(),
    }),
  );
}

/** Random histories; without changes of policy if `settled`. */
export function histories(how: {
  readonly steps: number;
  readonly settled?: true;
}): fc.Arbitrary<readonly Step[]> {
  const acts = ACTS.filter((act) => how.settled !== true || act !== 'configure');
  const step = fc.record({ act: fc.constantFrom(...acts), pick: fc.nat(11), vary: fc.nat(9999) });
  // Without bias towards the small, else most histories would hardly have anybody wait.
  return fc.noBias(fc.array(step, { minLength: how.steps / 2, maxLength: how.steps }));
}

/** The policies with which the locks of a history begin. */
export function policies(count: number): fc.Arbitrary<readonly LockPolicy[]> {
  return fc.noBias(fc.array(fc.nat(9999).map(policyOf), { minLength: count, maxLength: count }));
}

/** A policy for each number; every value of every setting occurs. */
export function policyOf(vary: number): LockPolicy {
  const pick = <T>(list: readonly [T, ...T[]], by: number): T =>
    list[Math.floor(vary / by) % list.length] ?? list[0];
  return {
    ...DEFAULT_LOCK_POLICY,
    capacity: pick([1, 1, 2, 3], 1),
    behavior: pick(BEHAVIORS, 4),
    orderBy: pick(['arrival', 'runQueueTime'], 16),
    supersede: pick(['onRelease', 'onApproval', 'onArrival'], 32),
    waitTimeoutMinutes: pick([43_200, 5, 12], 96),
    onWaitTimeout: pick(['skip', 'fail'], 288),
    expectedLimitMinutes: pick([1440, 3, 0], 576),
    lanes: pick([[], LANES], 11),
    onFailure: pick(['release', 'hold'], 3),
    holdLimitMinutes: pick([0, 0, 6], 5),
    onHoldLimit: pick(['alert', 'cancel'], 7),
  };
}

const BEHAVIORS = [
  'runLatest',
  'sequential',
  'branchRunLatest',
  'parallel',
] as const satisfies LockBehavior[];

interface Run extends Omit<Requester, 'stage' | 'attempt'> {
  readonly stages: Map<
    string,
    { resources: readonly ResourceKey[]; attempt: number; over: boolean; awaits?: boolean }
  >;
}

/** Lets the run-side of a project act at random but sensibly: it turns steps into messages. */
export class History {
  now = 1000 * MINUTE;
  readonly #locks: number;
  readonly #crowd: Crowd;
  readonly #runs: Run[] = [];
  readonly #timers: { body: InterlockingMessage; due: number }[] = [];
  #last: InterlockingMessage | undefined;
  #leases = 0;

  constructor(locks: number, crowd: Crowd) {
    this.#locks = locks;
    this.#crowd = crowd;
  }

  begin(first: readonly LockPolicy[]): readonly InterlockingMessage[] {
    return first.map((policy, index) => configure(index, this.#fit(policy), true));
  }

  /** The messages of a step, timers that became due among them. */
  *messages(step: Step, rows: WholeInterlocking): Generator<InterlockingMessage, void> {
    if (step.act === 'wait') {
      const until = this.now + (step.vary % 8) * MINUTE;
      yield* this.#ring(until);
      this.now = until;
      return;
    }
    this.now += step.vary % 3;
    yield* this.#ring(this.now);
    const message = this.#message(step, rows);
    if (message === undefined) return;
    if (message.type !== 'Expected') this.#last = message;
    yield message;
  }

  #fit(policy: LockPolicy): LockPolicy {
    return this.#crowd.byRun ? { ...policy, orderBy: 'runQueueTime' } : policy;
  }

  remember(timers: readonly { body: InterlockingMessage; due: number }[]): void {
    this.#timers.push(...timers);
  }

  *#ring(until: number): Generator<InterlockingMessage, void> {
    for (;;) {
      const [next] = this.#timers.toSorted((a, b) => a.due - b.due);
      if (next === undefined || next.due > until) return;
      this.#timers.splice(this.#timers.indexOf(next), 1);
      this.now = Math.max(this.now, next.due);
      yield next.body;
    }
  }

  #message({ act, pick, vary }: Step, rows: WholeInterlocking): InterlockingMessage | undefined {
    switch (act) {
      case 'create':
        return this.#create(vary);
      case 'request':
      case 'retry':
        return this.#request(pick, vary, act === 'retry' ? rows : undefined);
      case 'await':
        return this.#await(pick, vary);
      case 'approve':
        return this.#approve(pick, vary, rows);
      case 'person':
        return this.#person(pick, vary);
      case 'skip':
      case 'end':
        return this.#notExpected(pick, act === 'skip' ? STAGES[vary % 2] : undefined);
      case 'release':
        return this.#leave('LocksReleased', pick, rows, ['inUse']);
      case 'withdraw':
        return this.#leave('LocksWithdrawn', pick, rows, ['queued', 'queued', 'inUse', 'expected']);
      case 'hold':
      case 'unhold':
      case 'move':
      case 'force':
      case 'withdrawByHand':
        return this.#operate(act, { pick, vary }, rows);
      case 'fail':
      case 'holder':
      case 'acknowledge':
      case 'forceRelease':
        return this.#holder(act, { pick, vary }, rows);
      case 'lease':
      case 'renew':
      case 'giveBack':
        return this.#lease(act, { pick, vary });
      case 'freeze':
      case 'unfreeze':
        return this.#freeze(act, { pick, vary }, rows);
      case 'configure':
        return configure(pick % this.#locks, this.#fit(policyOf(vary)), vary % 7 !== 0);
      case 'repeat':
        return this.#last;
      case 'reconcile':
        return { type: 'Reconcile', locks: [...rows.locks.keys()] };
      case 'wait':
        return undefined;
    }
  }

  #create(vary: number): InterlockingMessage {
    const run = this.#runs.length + 1;
    const one: Run = {
      run,
      definition: (vary % this.#crowd.pipelines) + 1,
      branch: (vary >> 2) % 2 === 0 ? 'main' : 'feature',
      runQueueTime: Math.max(this.now, (this.#runs.at(-1)?.runQueueTime ?? 0) + 1),
      stages: new Map(),
    };
    for (const stage of STAGES.slice(0, 1 + (Math.floor(vary / 6) % 2))) {
      const resources = this.#resources(Math.floor(vary / 12) + stage.length);
      one.stages.set(stage, { resources, attempt: 1, over: false });
    }
    this.#runs.push(one);
    const { definition, branch, runQueueTime } = one;
    const stages = [...one.stages].map(([stage, { resources }]) => ({ stage, resources }));
    return { type: 'Expected', run, definition, branch, runQueueTime, stages };
  }

  #resources(vary: number): readonly ResourceKey[] {
    const all = Array.from({ length: this.#locks }, (_, index) => resource(index));
    const some = all.filter((_, index) => (vary >> index) % 2 === 1);
    return some.length > 0 ? some : [resource(vary % (this.#locks + 1))];
  }

  /** The next stage that has not asked; with rows: a stage that is over asks anew. */
  #request(pick: number, vary: number, rows: WholeInterlocking | undefined): InterlockingMessage | undefined {
    const open = this.#runs.flatMap((run) =>
      [...run.stages]
        .filter(([name, stage]) =>
          rows === undefined ? !stage.over : stage.over && isOver(rows, run.run, name),
        )
        .map(([name, stage]) => ({ run, name, stage })),
    );
    const found = open[pick % Math.max(1, open.length)];
    if (found === undefined) return undefined;
    const { run, name, stage } = found;
    if (rows !== undefined) stage.attempt += 1;
    stage.over = true;
    const { run: id, definition, branch, runQueueTime } = run;
    const behavior = vary % this.#crowd.ownBehavior === 0 ? BEHAVIORS[(vary >> 3) % 4] : undefined;
    return {
      type: 'LocksRequested',
      requester: { run: id, definition, stage: name, attempt: stage.attempt, branch, runQueueTime },
      ...(behavior !== undefined && { behavior }),
      ownLock: definition === 3 && name === 'deploy',
      resources: stage.resources.map((one) => ({ ...one, name: one.id })),
    };
  }

  /** A stage that has not asked says that it waits for its approvals. */
  #await(pick: number, vary: number): InterlockingMessage | undefined {
    const open = this.#runs.flatMap((run) =>
      [...run.stages].filter(([, { over }]) => !over).map(([name]) => ({ run, name })),
    );
    const found = open[pick % Math.max(1, open.length)];
    const stage = found?.run.stages.get(found.name);
    const asks = this.#request(pick, vary, undefined);
    if (stage !== undefined) Object.assign(stage, { over: false, awaits: true });
    return asks?.type === 'LocksRequested' ? { ...asks, approvals: 'pending' } : undefined;
  }

  /** One who waits for approvals gets them; half of them ask for their locks instead, approved or not. */
  #approve(pick: number, vary: number, rows: WholeInterlocking): InterlockingMessage | undefined {
    const found = [...rows.bundles.values()].filter(({ status }) => status === 'expected');
    const bundle = found[pick % Math.max(1, found.length)];
    if (bundle === undefined) return undefined;
    const { run, stage, attempt } = bundle.requester;
    if (vary % 3 > 0) return { type: 'ApprovalGiven', run, stage, attempt };
    const one = this.#runs[run - 1]?.stages.get(stage);
    if (one !== undefined) one.over = true;
    const resources = (one?.resources ?? []).map((each) => ({ ...each, name: each.id }));
    return { type: 'LocksRequested', requester: bundle.requester, ownLock: false, resources };
  }

  /** An operator acts upon somebody who waits; now and then upon one who does not. */
  #operate(
    act: 'hold' | 'unhold' | 'move' | 'force' | 'withdrawByHand',
    { pick, vary }: Omit<Step, 'act'>,
    rows: WholeInterlocking,
  ): InterlockingMessage | undefined {
    const all = [...rows.bundles.values()];
    const some = all.filter(({ status, hold }) =>
      act === 'unhold' ? hold !== undefined : status === 'queued' || vary % 9 === 0,
    );
    const found = some[pick % Math.max(1, some.length)];
    if (found === undefined) return undefined;
    const bundle = found.id;
    const who = { bundle, by: 'ann', reason: 'because' };
    if (act !== 'move') return { type: OPERATORS[act], ...who };
    const beside = some.filter(({ id, requests }) =>
      requests.some(({ lock }) => id !== bundle && found.requests.some((own) => own.lock === lock)),
    );
    const of = beside[vary % Math.max(1, beside.length)]?.id ?? bundle;
    return { type: 'MoveRequest', ...who, place: { side: vary % 2 === 0 ? 'before' : 'after', of } };
  }

  /** Something happens to a holder. */
  #holder(
    act: 'fail' | 'holder' | 'acknowledge' | 'forceRelease',
    { pick, vary }: Omit<Step, 'act'>,
    rows: WholeInterlocking,
  ): InterlockingMessage | undefined {
    const all = [...rows.bundles.values()].filter(({ status }) => status === 'inUse');
    const some = all.filter(({ holder }) =>
      act === 'acknowledge' ? holder?.state === 'failed' : act !== 'forceRelease' || holder !== undefined,
    );
    const found = some[pick % Math.max(1, some.length)];
    if (found === undefined) return undefined;
    const { run, stage, attempt } = found.requester;
    const who = { bundle: found.id, by: 'ann', reason: 'because' };
    if (act === 'acknowledge') return { type: 'AcknowledgeFailure', ...who };
    if (act === 'forceRelease') return { type: 'ForceRelease', ...who };
    const end = vary % 3 === 0 ? 'abandoned' : 'failed';
    if (act === 'fail') return { type: 'LocksReleased', run, stage, attempt, end };
    const state = (['working', 'draining', 'quarantined'] as const)[vary % 3] ?? 'working';
    return { type: 'HolderChanged', run, stage, attempt, state };
  }

  /** Somebody outside asks, is heard of again, or is done; now and then with a token that is not theirs. */
  #lease(act: 'lease' | 'renew' | 'giveBack', { pick, vary }: Omit<Step, 'act'>): InterlockingMessage {
    const owner = vary % 11 === 0 ? 'another' : 'token';
    if (act === 'lease' && vary % 5 > 0) this.#leases += 1;
    const request = `x${act === 'lease' ? this.#leases : Math.max(1, this.#leases - (pick % 4))}`;
    if (act === 'renew') return { type: 'RenewLease', request, owner };
    if (act === 'giveBack') return { type: 'ReleaseLease', request, owner, failed: vary % 3 === 0 };
    const some = Array.from({ length: this.#locks }, (_, index) => index + 1).filter(
      (id) => (vary >> id) % 2 === 1,
    );
    const locks = some.length > 0 ? some : [1 + (vary % this.#locks)];
    const seconds = [45, 120, 600][vary % 3] ?? 45;
    return { type: 'AcquireLease', request, caller: 'tool', owner, locks, seconds };
  }

  #freeze(
    act: 'freeze' | 'unfreeze',
    { pick, vary }: Omit<Step, 'act'>,
    rows: WholeInterlocking,
  ): InterlockingMessage | undefined {
    const all = [...rows.locks.values()];
    const some = all.filter(({ freeze }) => act === 'freeze' || freeze !== undefined);
    const lock = some[pick % Math.max(1, some.length)]?.id;
    if (lock === undefined) return undefined;
    const who = { lock, by: 'ann', reason: 'because' };
    if (act === 'unfreeze') return { type: 'UnfreezeLock', ...who };
    const until = vary % 3 === 0 ? {} : { until: this.now + (1 + (vary % 7)) * MINUTE };
    return { type: 'FreezeLock', ...who, ...until, exempt: vary % 2 === 0 ? ['feat*'] : [] };
  }

  /** A person is awaited, or answers. */
  #person(pick: number, vary: number): InterlockingMessage | undefined {
    const run = this.#runs[pick % Math.max(1, this.#runs.length)]?.run;
    const type = vary % 3 === 0 ? 'PersonAnswered' : 'PersonAwaited';
    return run === undefined ? undefined : { type, run, stages: [STAGES[vary % 2] ?? 'Deploy'] };
  }

  #notExpected(pick: number, stage: string | undefined): InterlockingMessage | undefined {
    const run = this.#runs[pick % Math.max(1, this.#runs.length)];
    if (run === undefined) return undefined;
    const meant = [...run.stages].filter(([name]) => stage === undefined || stage === name);
    // Whoever waits for approvals takes that back first.
    if (meant.some(([, one]) => one.awaits)) return undefined;
    for (const [, one] of meant) one.over = true;
    return { type: 'NotExpected', run: run.run, ...(stage !== undefined && { stage }) };
  }

  #leave(
    type: 'LocksReleased' | 'LocksWithdrawn',
    pick: number,
    rows: WholeInterlocking,
    statuses: readonly string[],
  ): InterlockingMessage | undefined {
    const status = statuses[pick % statuses.length];
    const found = [...rows.bundles.values()].filter((bundle) => bundle.status === status);
    const bundle = found[pick % Math.max(1, found.length)];
    if (bundle === undefined) return undefined;
    const { run, stage, attempt } = bundle.requester;
    return { type, run, stage, attempt };
  }
}

function isOver(rows: WholeInterlocking, run: number, stage: string): boolean {
  const own = [...rows.bundles.values()].filter(
    ({ requester }) => requester.run === run && requester.stage === stage,
  );
  return own.every(({ status }) => status !== 'queued' && status !== 'inUse');
}

function resource(index: number): ResourceKey {
  return { type: 'environment', id: `e${index}` };
}

function configure(index: number, policy: LockPolicy, enabled: boolean): InterlockingMessage {
  const { type, id } = resource(index);
  return { type: 'ConfigureLock', resource: { type, id }, name: id, policy, enabled, by: 'tester' };
}
