import type { DeploymentJobPlan, HookName, NodeResult } from '@signalbox/model';

/** The hooks that deploy, in the order in which they run (DEP-5). */
const LIFECYCLE: readonly HookName[] = ['preDeploy', 'deploy', 'routeTraffic', 'postRouteTraffic'];

/** What a deployment does next: run a hook, or end; `complete` is false when hooks were left out by a cancel. */
export type HookStep =
  { readonly kind: 'run'; readonly hook: HookName } | { readonly kind: 'end'; readonly complete: boolean };

/**
 * The next hook of a `runOnce` deployment (DEP-6): each after the previous one succeeded; a failed one skips
 * the rest and runs `onFailure`, else `onSuccess` runs. A cancelled or timed-out hook runs neither: as with
 * `failed()`, Canceled is not Failed.
 */
export function nextHook(
  plan: DeploymentJobPlan,
  done: ReadonlyMap<HookName, NodeResult>,
  cancelling: boolean,
): HookStep {
  const lifecycle = LIFECYCLE.filter((hook) => hasHook(plan, hook));
  const failed = lifecycle.find((hook) => done.get(hook) === 'failed');
  const stopped = lifecycle.some((hook) => isBad(done.get(hook)));
  const next = stopped ? undefined : lifecycle.find((hook) => !done.has(hook));
  const last = failed === undefined ? 'onSuccess' : 'onFailure';
  const wanted = next ?? (failed !== undefined || !stopped ? last : undefined);
  if (wanted === undefined) return { kind: 'end', complete: false };
  if (done.has(wanted) || !hasHook(plan, wanted)) return { kind: 'end', complete: true };
  return cancelling ? { kind: 'end', complete: false } : { kind: 'run', hook: wanted };
}

function hasHook(plan: DeploymentJobPlan, hook: HookName): boolean {
  return plan.hooks.some((one) => one.hook === hook);
}

function isBad(result: NodeResult | undefined): boolean {
  return result !== undefined && result !== 'succeeded' && result !== 'succeededWithIssues';
}
