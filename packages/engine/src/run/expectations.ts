import { fold, type FoldedName, type NodeResult } from '@signalbox/model';
import type { InterlockingMessage } from '../interlocking/messages.ts';
import type { ResourceKey } from '../interlocking/rows.ts';
import { isDeselected, isRuledOut } from './conditions.ts';
import type { PlanView, StageView } from './plan-view.ts';
import type { RunState, StageState } from './state.ts';
import { ownValue, stageOf, tellInterlocking, type Turn } from './turn.ts';

/** A protected resource with the name that people know it by. */
export type NamedResource = ResourceKey & { readonly name: string };

/** What a stage locks if locks exist: its protected resources, and its own lock if it has one (LOCK-5, LOCK-9). */
export function lockedResources(
  { resources, definition }: Pick<RunState, 'resources' | 'definition'>,
  { plan, key }: StageView,
): readonly NamedResource[] {
  const shared = ownValue(resources, plan.name) ?? [];
  if (!plan.ownLock) return shared;
  return [
    ...shared,
    { type: 'persistedStage', id: `${definition.id}:${key}`, name: `${definition.name}/${plan.name}` },
  ];
}

/**
 * The stages that may still ask for locks, in the order of the plan: not those that did, that are left out,
 * that wait for a person to start them, or whose condition cannot become True any more (QUEUEING §2).
 */
export function expectedStages(state: RunState, view: PlanView): readonly StageView[] {
  if (state.status === 'completed') return [];
  const ruledOut = stagesRuledOut(state, view);
  return [...view.stages.values()].filter(
    (stage) =>
      !ruledOut.has(stage.key) &&
      !stage.plan.manual &&
      !isDeselected(state, stage) &&
      mayStillAsk(stageOf(state, stage.plan.name)) &&
      lockedResources(state, stage).length > 0,
  );
}

/** What the locks are told before the run begins: what it may ask for; undefined: nothing (LAW-7). */
export function expectation(
  state: RunState,
  view: PlanView,
): Extract<InterlockingMessage, { readonly type: 'Expected' }> | undefined {
  const { id: run, definition, branch, queueTime: runQueueTime } = state;
  const stages = expectedStages(state, view).map((stage) => ({
    stage: stage.plan.name,
    resources: lockedResources(state, stage).map(({ type, id }) => ({ type, id })),
  }));
  if (stages.length === 0) return undefined;
  return { type: 'Expected', run, definition: definition.id, branch, runQueueTime, stages };
}

/** Its turn has not come, or its checks have not passed (LOCK-20). */
function mayStillAsk(stage: StageState | undefined): boolean {
  if (stage?.phase !== 'waiting') return stage?.phase === 'notStarted';
  const locks = stage.checkpoint?.locks;
  return locks === 'notAsked' || locks === 'announced' || locks === 'afterApprovals';
}

/** Tells the interlocking at once of every stage that could still ask before this decision and cannot any more. */
export function dropExpectations(turn: Turn, before: readonly StageView[]): void {
  if (before.length === 0) return;
  const after = new Set(expectedStages(turn.state, turn.view));
  const gone = before.filter((stage) => !after.has(stage) && !hasAsked(turn, stage));
  const { id: run, status } = turn.state;
  if (gone.length > 1 && status === 'completed') tellInterlocking(turn, { type: 'NotExpected', run });
  else for (const { plan } of gone) tellInterlocking(turn, { type: 'NotExpected', run, stage: plan.name });
}

/** Asking drops the expectation by itself. */
function hasAsked({ events }: Turn, stage: StageView): boolean {
  return events.some((event) => {
    const asks =
      event.type === 'LocksAsked' ||
      event.type === 'LocksHeld' ||
      (event.type === 'StageWaiting' && event.checks === undefined);
    return asks && fold(event.stage) === stage.key;
  });
}

/** Each stage after its ancestors, so that what is certain about them counts (a chain behind a false condition). */
export function stagesRuledOut(state: RunState, view: PlanView): ReadonlyMap<FoldedName, NodeResult> {
  const predicted = new Map<FoldedName, NodeResult>();
  const parent = state.cancel === undefined ? 'unknown' : 'canceling';
  for (const stage of view.inOrder) {
    const open = stageOf(state, stage.plan.name)?.phase === 'notStarted';
    if (open && !isDeselected(state, stage) && isRuledOut(state, view, stage, { parent, predicted })) {
      predicted.set(stage.key, 'skipped');
    }
  }
  return predicted;
}
