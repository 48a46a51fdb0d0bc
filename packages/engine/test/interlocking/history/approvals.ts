import type { InterlockingMessage, WholeInterlocking } from '@signalbox/engine';
import { requestLocks } from './runs.ts';
import { STAGES, oneOf, type Choice, type Scene } from './scene.ts';

/** A stage that has not asked says that it waits for its approvals. */
export function awaitApproval(scene: Scene, choice: Choice): InterlockingMessage | undefined {
  const open = scene.runs.flatMap((run) =>
    [...run.stages].filter(([, { over }]) => !over).map(([name]) => ({ run, name })),
  );
  const found = oneOf(open, choice.pick);
  const stage = found?.run.stages.get(found.name);
  const asks = requestLocks(scene, choice);
  if (stage !== undefined) Object.assign(stage, { over: false, awaits: true });
  return asks?.type === 'LocksRequested' ? { ...asks, approvals: 'pending' } : undefined;
}

/** One who waits for approvals gets them; half of them ask for their locks instead, approved or not. */
export function approve(
  scene: Scene,
  { pick, vary }: Choice,
  rows: WholeInterlocking,
): InterlockingMessage | undefined {
  const found = [...rows.bundles.values()].filter(
    ({ status, awaitsApproval, finishTime }) =>
      status === 'expected' || (awaitsApproval && finishTime === undefined),
  );
  const bundle = oneOf(found, pick);
  if (bundle === undefined) return undefined;
  const { run, stage, attempt } = bundle.requester;
  if (vary % 3 > 0) return { type: 'ApprovalGiven', run, stage, attempt };
  const one = scene.runs[run - 1]?.stages.get(stage);
  if (one !== undefined) one.over = true;
  const resources = (one?.resources ?? []).map((each) => ({ ...each, name: each.id }));
  return { type: 'LocksRequested', requester: bundle.requester, ownLock: false, resources };
}

/** A person is awaited, or answers. */
export function person(scene: Scene, { pick, vary }: Choice): InterlockingMessage | undefined {
  const run = oneOf(scene.runs, pick)?.run;
  const type = vary % 3 === 0 ? 'PersonAnswered' : 'PersonAwaited';
  return run === undefined ? undefined : { type, run, stages: [STAGES[vary % 2] ?? 'Deploy'] };
}
