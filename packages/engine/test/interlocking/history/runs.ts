import type { InterlockingMessage, NamedResource, ResourceKey, WholeInterlocking } from '@signalbox/engine';
import { timesOf } from './checks.ts';
import { BEHAVIORS } from './policy.ts';
import { commitFor } from './commits.ts';
import { STAGES, oneOf, resource, type Choice, type Run, type Scene } from './scene.ts';

/** A run is created and names what it may come to. */
export function createRun(scene: Scene, { vary }: Choice): InterlockingMessage {
  const run = scene.runs.length + 1;
  const one: Run = {
    run,
    definition: (vary % scene.crowd.pipelines) + 1,
    branch: (vary >> 2) % 2 === 0 ? 'main' : 'feature',
    commit: commitFor(scene, vary),
    runQueueTime: Math.max(scene.now, (scene.runs.at(-1)?.runQueueTime ?? 0) + 1),
    stages: new Map(),
  };
  for (const stage of STAGES.slice(0, 1 + (Math.floor(vary / 6) % (scene.crowd.spans ? 3 : 2)))) {
    const resources = resourcesOf(scene, Math.floor(vary / 12) + stage.length);
    one.stages.set(stage, { resources, attempt: 1, over: false });
  }
  scene.runs.push(one);
  const { definition, branch, runQueueTime } = one;
  const stages = [...one.stages].map(([stage, { resources }]) => ({ stage, resources }));
  return { type: 'Expected', run, definition, branch, runQueueTime, stages };
}

function resourcesOf({ locks }: Scene, vary: number): readonly ResourceKey[] {
  const all = Array.from({ length: locks }, (_, index) => resource(index));
  const some = all.filter((_, index) => (vary >> index) % 2 === 1);
  return some.length > 0 ? some : [resource(vary % (locks + 1))];
}

/** The next stage that has not asked does. */
export function requestLocks(scene: Scene, choice: Choice): InterlockingMessage | undefined {
  return ask(scene, choice, undefined);
}

/** A stage that is over asks anew. */
export function retryStage(
  scene: Scene,
  choice: Choice,
  rows: WholeInterlocking,
): InterlockingMessage | undefined {
  return ask(scene, choice, rows);
}

function ask(
  scene: Scene,
  { pick, vary }: Choice,
  rows: WholeInterlocking | undefined,
): InterlockingMessage | undefined {
  const open = scene.runs.flatMap((run) =>
    [...run.stages]
      .filter(([name, stage]) =>
        rows === undefined ? !stage.over : stage.over && isOver(scene, rows, { run: run.run, name }),
      )
      .map(([name, stage]) => ({ run, name, stage })),
  );
  const found = oneOf(open, pick);
  if (found === undefined) return undefined;
  const { run, name, stage } = found;
  if (rows !== undefined) stage.attempt += 1;
  stage.over = true;
  const { run: id, definition, branch, runQueueTime } = run;
  const behavior = vary % scene.crowd.ownBehavior === 0 ? BEHAVIORS[(vary >> 3) % 4] : undefined;
  return {
    type: 'LocksRequested',
    requester: { run: id, definition, stage: name, attempt: stage.attempt, branch, runQueueTime },
    ...(vary % 11 === 0 && { byHand: true }),
    ...(behavior !== undefined && { behavior }),
    ownLock: ownsLock(definition, name),
    pipeline: `P${definition}`,
    resources: named(stage.resources),
    ...(vary % 7 === 0 && { checks: timesOf(scene, vary) }),
  };
}

/** Resources as those name them who ask for their locks. */
export function named(resources: readonly ResourceKey[]): readonly NamedResource[] {
  return resources.map((one) => ({ ...one, name: one.id }));
}

/** Whether a stage of a pipeline names a lock of its own. */
export function ownsLock(definition: number, stage: string): boolean {
  return definition === 3 && stage === 'Deploy';
}

function isOver(
  { wanted }: Scene,
  rows: WholeInterlocking,
  { run, name }: { readonly run: number; readonly name: string },
): boolean {
  if (wanted.some(({ asks: { requester } }) => requester.run === run && requester.stage === name))
    return false;
  const own = [...rows.bundles.values()].filter(
    ({ requester }) => requester.run === run && requester.stage === name,
  );
  return own.every(({ status }) => !['queued', 'waitingOnChecks', 'inUse'].includes(status));
}

/** A stage will not come. */
export function skipStage(scene: Scene, { pick, vary }: Choice): InterlockingMessage | undefined {
  return notExpected(scene, pick, STAGES[vary % 2]);
}

/** A run is over. */
export function endRun(scene: Scene, { pick }: Choice): InterlockingMessage | undefined {
  return notExpected(scene, pick, undefined);
}

function notExpected(scene: Scene, pick: number, stage: string | undefined): InterlockingMessage | undefined {
  const run = oneOf(scene.runs, pick);
  if (run === undefined) return undefined;
  const meant = [...run.stages].filter(([name]) => stage === undefined || stage === name);
  // Whoever waits for approvals takes that back first.
  if (meant.some(([, one]) => one.awaits)) return undefined;
  for (const [, one] of meant) one.over = true;
  return { type: 'NotExpected', run: run.run, ...(stage !== undefined && { stage }) };
}

/** A holder is done. */
export function release(
  { crowd: { patience = 1 } }: Scene,
  { pick, vary }: Choice,
  rows: WholeInterlocking,
): InterlockingMessage | undefined {
  if (vary % patience > 0) return undefined;
  return leave('LocksReleased', pick, rows, ['inUse']);
}

/** A stage was cancelled while it waited, or declines its grant. */
export function withdraw(
  _: Scene,
  { pick }: Choice,
  rows: WholeInterlocking,
): InterlockingMessage | undefined {
  return leave('LocksWithdrawn', pick, rows, ['queued', 'queued', 'waitingOnChecks', 'inUse', 'expected']);
}

function leave(
  type: 'LocksReleased' | 'LocksWithdrawn',
  pick: number,
  rows: WholeInterlocking,
  statuses: readonly string[],
): InterlockingMessage | undefined {
  const status = statuses[pick % statuses.length];
  const found = [...rows.bundles.values()].filter(
    (bundle) => bundle.status === status && bundle.span?.left === undefined,
  );
  const bundle = oneOf(found, pick);
  if (bundle === undefined) return undefined;
  const { run, stage, attempt } = bundle.requester;
  const deployed = type === 'LocksReleased' && pick % 4 > 0;
  return { type, run, stage, attempt, ...(deployed && { deployed }) };
}
