import type { DeploymentJobPlan, HookName, JobPlan, NodeResult } from '@signalbox/model';
import type { InstancePart, JobState } from './state.ts';

/** What a job does next: begin an instance, wait for one, or end; `complete` is false when something was left out. */
export type NextPart =
  | { readonly kind: 'begin'; readonly part: InstancePart }
  | { readonly kind: 'wait' }
  | { readonly kind: 'end'; readonly complete: boolean };

type Running = Extract<JobState, { phase: 'running' }>;

const WAIT: NextPart = { kind: 'wait' };

/** The next instance of a job under way. A job that is being cancelled begins none (CANCEL-3). */
export function nextPart(plan: JobPlan, job: Running): NextPart {
  return plan.kind === 'job' ? nextLeg(job) : nextHook(plan, job);
}

/** Legs and slices begin in their order, so many at a time; how one of them ends is nothing to the others (MTX-6, MTX-9). */
function nextLeg({ expansion, instances, cancelling }: Running): NextPart {
  const legs = expansion?.legs.map(({ name }) => name) ?? [undefined];
  const left = legs.find((leg) => !instances.some((one) => one.leg === leg));
  const busy = instances.filter(({ phase }) => phase !== 'completed').length;
  const free = (expansion?.atOnce ?? 1) - busy;
  const isOpen = instances.length < legs.length && !cancelling;
  if (isOpen && free > 0) return begin({ ...(left !== undefined && { leg: left }) });
  return busy > 0 ? WAIT : { kind: 'end', complete: instances.length === legs.length };
}

/** The hooks that deploy, in the order in which they run (DEP-5). */
const LIFECYCLE: readonly HookName[] = ['preDeploy', 'deploy', 'routeTraffic', 'postRouteTraffic'];

/** A chain of hooks: on one machine, or the only one of a deployment that names no machines. */
interface Chain {
  readonly leg?: string;
  readonly begun: boolean;
  /** The hook that is under way. */
  readonly busy?: HookName;
  readonly done: ReadonlyMap<HookName, NodeResult>;
}

/**
 * The next hook of a deployment: on each machine of a batch each after the previous one succeeded (DEP-6, DEP-7). A
 * failed one ends the chain of its machine; the others of its batch go on, and no further batch begins. Then
 * `onFailure` runs where something was begun, or `onSuccess` on all. A cancelled or timed-out hook leads to neither:
 * as with `failed()`, Canceled is not Failed.
 */
function nextHook(plan: DeploymentJobPlan, job: Running): NextPart {
  const chains = chainsOf(job);
  const lifecycle = LIFECYCLE.filter((hook) => hasHook(plan, hook));
  const size = job.expansion?.atOnce ?? 1;
  for (let from = 0; from < chains.length; from += size) {
    const batch = chains.slice(from, from + size);
    const next = nextInBatch(batch, lifecycle);
    if (next !== undefined && !job.cancelling) return next;
    if (batch.some(({ busy }) => busy !== undefined && lifecycle.includes(busy))) return WAIT;
    if (next !== undefined) return { kind: 'end', complete: false };
    if (batch.some(({ done }) => lifecycle.some((hook) => isBad(done.get(hook))))) break;
  }
  return nextOutcome(plan, job, { chains, lifecycle, size });
}

function nextInBatch(batch: readonly Chain[], lifecycle: readonly HookName[]): NextPart | undefined {
  for (const { leg, busy, done } of batch) {
    if (busy !== undefined || lifecycle.some((hook) => isBad(done.get(hook)))) continue;
    const hook = lifecycle.find((one) => !done.has(one));
    if (hook !== undefined) return begin({ hook, ...(leg !== undefined && { leg }) });
  }
  return undefined;
}

interface Deployed {
  readonly chains: readonly Chain[];
  readonly lifecycle: readonly HookName[];
  readonly size: number;
}

/** `onSuccess` or `onFailure`, wherever a machine was deployed to. */
function nextOutcome(
  plan: DeploymentJobPlan,
  { cancelling }: Running,
  { chains, lifecycle, size }: Deployed,
): NextPart {
  const results = chains.flatMap(({ done }) => lifecycle.map((hook) => done.get(hook)));
  const failed = results.includes('failed');
  if (!failed && results.some(isBad)) return { kind: 'end', complete: false };
  const last = failed ? 'onFailure' : 'onSuccess';
  const begun = chains.filter((chain) => chain.begun || lifecycle.length === 0);
  const left = hasHook(plan, last)
    ? begun.filter(({ busy, done }) => busy === undefined && !done.has(last))
    : [];
  const busy = begun.filter((chain) => chain.busy !== undefined).length;
  const [next] = left;
  if (next !== undefined && busy < size && !cancelling) {
    return begin({ hook: last, ...(next.leg !== undefined && { leg: next.leg }) });
  }
  return busy > 0 ? WAIT : { kind: 'end', complete: left.length === 0 };
}

function chainsOf({ expansion, instances }: Running): readonly Chain[] {
  const legs = expansion?.legs.map(({ name }) => name) ?? [undefined];
  return legs.map((leg) => {
    const own = instances.filter((one) => one.leg === leg);
    const done = new Map<HookName, NodeResult>();
    for (const one of own) {
      if (one.phase === 'completed' && one.hook !== undefined) done.set(one.hook, one.result);
    }
    const busy = own.find(({ phase }) => phase !== 'completed')?.hook;
    return {
      ...(leg !== undefined && { leg }),
      begun: own.length > 0,
      ...(busy !== undefined && { busy }),
      done,
    };
  });
}

function begin(part: InstancePart): NextPart {
  return { kind: 'begin', part };
}

function hasHook(plan: DeploymentJobPlan, hook: HookName): boolean {
  return plan.hooks.some((one) => one.hook === hook);
}

function isBad(result: NodeResult | undefined): boolean {
  return result !== undefined && result !== 'succeeded' && result !== 'succeededWithIssues';
}
