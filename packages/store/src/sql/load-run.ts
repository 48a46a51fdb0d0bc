import type { RunAnswer, RunNeed, RunState } from '@signalbox/engine';
import { mayUse, type CheckSettings, type PipelinePermission, type Plan, type RunId } from '@signalbox/model';
import type { PlanCache } from '../plan-cache.ts';
import { runDoc, runPlan } from './hot/run.ts';
import { documents } from './load-interlocking.ts';
import { checksOf } from './needs/checks.ts';
import { machinesOf } from './needs/machines.ts';
import { permissionOf } from './needs/permission.ts';
import { rowNumber, thereOf } from './needs/there.ts';
import { all, call, first, together, type Statement, type Work } from './work.ts';

/** Answers needs of a run: nearly always its own row alone. */
export function* loadRun(plans: PlanCache, id: RunId, needs: readonly RunNeed[]): Work<readonly RunAnswer[]> {
  const answers: RunAnswer[] = [];
  for (const need of needs) {
    answers.push(yield* loadNeed(plans, id, need));
  }
  return answers;
}

function* loadNeed(plans: PlanCache, id: RunId, need: RunNeed): Work<RunAnswer> {
  switch (need.need) {
    case 'run':
      return yield* loadOwnRow(plans, id);
    case 'checks':
      return yield* loadChecks(need);
    case 'machines':
      return yield* loadMachines(need);
  }
}

function* loadMachines(need: Extract<RunNeed, { need: 'machines' }>): Work<RunAnswer> {
  const found = yield* all(machinesOf, need.project, rowNumber(need.environment));
  const machines = found.map(([id, name, tags, pool]) => ({
    id,
    name,
    tags: JSON.parse(tags) as readonly string[],
    pool,
  }));
  return { of: need, machines };
}

function* loadOwnRow(plans: PlanCache, id: RunId): Work<RunAnswer> {
  const [state] = documents<RunState>(yield* all(runDoc, id));
  const plan = state === undefined ? undefined : yield* loadPlan(plans, id);
  if (state === undefined || plan === undefined) return { of: { need: 'run' } };
  return { of: { need: 'run' }, state, plan };
}

function* loadChecks(need: Extract<RunNeed, { need: 'checks' }>): Work<RunAnswer> {
  const { project, definition } = need;
  const { type, id: resource } = need.resource;
  const there = thereOf(project, need.resource);
  // The row last: it is deleted first, so whoever misses the checks of a deleted resource misses its row as well.
  const [found, said, own] = (yield* together([
    call(checksOf, project, type, resource),
    call(permissionOf, project, type, resource, definition),
    ...(there === undefined ? [] : [there]),
  ])) as readonly [RowOf<typeof checksOf>[], RowOf<typeof permissionOf>[], (readonly unknown[])?];
  const checks = found.map(([id, version, name, timeoutMinutes, settings]) => ({
    id,
    version,
    resource: { type, id: resource, name },
    timeoutMinutes,
    settings: JSON.parse(settings) as CheckSettings,
  }));
  const permitted = mayUse(permissionIn(said), definition);
  return {
    of: need,
    checks,
    ...(!permitted && { forbidden: true }),
    ...(own?.length === 0 && { gone: true }),
  };
}

/** The row 0 is there as soon as somebody said something. */
function permissionIn(said: readonly RowOf<typeof permissionOf>[]): PipelinePermission | undefined {
  const all = said.find(([definition]) => definition === 0);
  if (all === undefined) return undefined;
  const pipelines = said.flatMap(([definition]) => (definition === 0 ? [] : [definition]));
  return { allPipelines: all[1] === 1, pipelines };
}

type RowOf<S> = S extends Statement<infer R> ? R : never;

/** A run's plan, parsed at most once while the cache holds it. */
export function* loadPlan(plans: PlanCache, id: RunId): Work<Plan | undefined> {
  const known = plans.get(id);
  if (known !== undefined) return known;
  const row = yield* first(runPlan, id);
  if (row === undefined) return undefined;
  const plan = JSON.parse(row[0]) as Plan;
  plans.set(id, plan);
  return plan;
}
