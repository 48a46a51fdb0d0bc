import { fold, type CheckConfiguration, type FoldedName, type Instant } from '@signalbox/model';
import type { Effect, Mail, Outcome, Reply } from '../outcome.ts';
import { resourceKey } from '../interlocking/keys.ts';
import type { InterlockingMessage } from '../interlocking/messages.ts';
import type { ResourceKey } from '../interlocking/rows.ts';
import type { PoolMessage } from '../pool/messages.ts';
import type { RunEvent } from './events.ts';
import { evolveRun } from './evolve.ts';
import { isSamePart, partOf } from './instance-part.ts';
import type { RunMessage } from './messages.ts';
import type { KnownMachines } from './choose-machines.ts';
import type { PlanView, StageView } from './plan-view.ts';
import type {
  InstanceKey,
  InstancePart,
  InstanceState,
  JobExpansion,
  JobLeg,
  JobState,
  RunState,
  StageState,
} from './state.ts';

/** What protects a resource from the pipeline of a run. */
export interface Protection {
  /** Its enabled checks, in the order of creation. */
  readonly checks: readonly CheckConfiguration[];
  /** The pipeline may not use it until somebody permits it (CHK-23). */
  readonly forbidden: boolean;
  /** It was deleted: what protected it is not known any more, so it lets nobody pass (CHK-54). */
  readonly gone: boolean;
}

/** What protects resources, as far as it is known, by `resourceKey`. */
export type KnownChecks = ReadonlyMap<string, Protection>;

/** One decision in the making: each recorded event changes the state that the rest of the decision sees. */
export interface Turn {
  state: RunState;
  readonly view: PlanView;
  readonly now: Instant;
  readonly events: RunEvent[];
  readonly mail: Mail[];
  readonly effects: Effect[];
  readonly checks: KnownChecks;
  /** Resources whose checks are not known: the decision cannot stand without them. */
  readonly lacking: ResourceKey[];
  /** The machines of environments, as far as they are known. */
  readonly machines: KnownMachines;
  /** Environments whose machines are not known: the decision cannot stand without them. */
  readonly lackingMachines: string[];
  reply?: Reply;
}

/** Starts a decision. */
export function beginTurn(
  state: RunState,
  view: PlanView,
  now: Instant,
  checks: KnownChecks,
  machines: KnownMachines = new Map(),
): Turn {
  const lacks = { lacking: [], lackingMachines: [] };
  return { state, view, now, checks, machines, events: [], mail: [], effects: [], ...lacks };
}

/** What protects each of the resources; undefined, and noted as lacking, when it is not known of some. */
export function protectionsOf<R extends ResourceKey>(
  { checks, lacking }: Turn,
  resources: readonly R[],
): readonly (Protection & { readonly resource: R })[] | undefined {
  const found = resources.flatMap((resource) => {
    const known = checks.get(resourceKey(resource));
    if (known === undefined) lacking.push(resource);
    return known === undefined ? [] : [{ ...known, resource }];
  });
  return found.length < resources.length ? undefined : found;
}

/** What the decision came to. */
export function endTurn({ events, mail, effects, reply }: Turn): Outcome<RunEvent> {
  return { events, mail, effects, ...(reply === undefined ? {} : { reply }) };
}

/** Adds a fact and lets it change the state. */
export function record(turn: Turn, event: RunEvent): void {
  turn.state = evolveRun(turn.state, event);
  turn.events.push(event);
}

/** Writes to the locks of the run's project. */
export function tellInterlocking({ mail, state }: Turn, body: InterlockingMessage): void {
  mail.push({ to: { kind: 'interlocking', id: state.project }, body });
}

/** Writes to the pool in which an instance waits or runs. */
export function tellPool({ mail }: Turn, instance: InstanceState, body: PoolMessage): void {
  mail.push({ to: { kind: 'pool', id: instance.pool }, body });
}

/** A timer of the run: mail to itself with a due time. */
export function remind({ mail, state }: Turn, due: Instant, body: RunMessage): void {
  mail.push({ to: { kind: 'run', id: state.id }, body, due });
}

/** The stage of that name in its latest attempt. */
export function stageOf(state: RunState, name: string): StageState | undefined {
  const key = fold(name);
  return state.stages.find((stage) => fold(stage.name) === key);
}

/** The job of that name in a stage. */
export function jobOf(stage: StageState, name: string): JobState | undefined {
  const key = fold(name);
  return stage.jobs.find((job) => fold(job.name) === key);
}

/** The plan of a stage of the run; the plan of a run has every stage of its state. */
export function stageView(view: PlanView, name: string): StageView {
  const found = view.stages.get(fold(name));
  if (found === undefined) throw new Error(`The plan has no stage '${name}'`);
  return found;
}

/** An instance with its job and stage. */
export interface Place {
  readonly key: InstanceKey;
  readonly stage: StageState;
  readonly job: JobState;
  readonly instance: InstanceState;
}

/** Finds an instance by its key; an earlier attempt is not found. */
export function placeOf(state: RunState, key: InstanceKey): Place | undefined {
  const stage = stageOf(state, key.stage);
  const job = stage?.attempt === key.stageAttempt ? jobOf(stage, key.job) : undefined;
  if (stage === undefined || job === undefined || job.attempt !== key.jobAttempt) return undefined;
  const instance = job.instances.find((one) => isSamePart(one, key));
  return instance === undefined ? undefined : { key: keyOf(stage, job, instance), stage, job, instance };
}

/** The key of an instance, as events and mail carry it; without a part: of the job's only one. */
export function keyOf(stage: StageState, job: JobState, part: InstancePart = {}): InstanceKey {
  return {
    stage: stage.name,
    stageAttempt: stage.attempt,
    job: job.name,
    jobAttempt: job.attempt,
    ...partOf(part),
  };
}

/** What the job of an instance became as it started. */
export function expansionOf(state: RunState, key: InstanceKey): JobExpansion | undefined {
  const stage = stageOf(state, key.stage);
  return stage === undefined ? undefined : jobOf(stage, key.job)?.expansion;
}

/** The leg, slice or machine of a key. */
export function legOf(state: RunState, key: InstanceKey): JobLeg | undefined {
  return expansionOf(state, key)?.legs.find(({ name }) => name === key.leg);
}

/** A record's own value under a folded name; names are the users', so inherited members do not count. */
export function ownValue<T>(record_: Readonly<Record<FoldedName, T>>, name: string): T | undefined {
  const key = fold(name);
  return Object.hasOwn(record_, key) ? record_[key] : undefined;
}
