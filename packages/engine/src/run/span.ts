import { fold, type SpanEnd, type StageReason } from '@signalbox/model';
import type { LockAnswer, SpanReach } from '../interlocking/messages.ts';
import { isDeselected } from './conditions.ts';
import { lockedResources, stagesRuledOut } from './expectations.ts';
import type { PlanView, StageView } from './plan-view.ts';
import { lockRequest } from './stage-locks.ts';
import type { RunState, StageState } from './state.ts';
import { record, stageOf, stageView, tellInterlocking, type Turn } from './turn.ts';

type Lost = Extract<LockAnswer, { type: 'LocksLost' }>['why'];

/**
 * A lock of a waiting stage has a span: the stage asks again, and says what the plan can still reach inside it
 * (LOCK-65). Of no effect when it does not wait any more.
 */
export function spanWanted(
  turn: Turn,
  { stage: name, attempt, until, approvals }: Extract<LockAnswer, { type: 'SpanWanted' }>,
): void {
  const stage = stageOf(turn.state, name);
  if (stage?.attempt !== attempt || stage.phase !== 'waiting') return;
  const view = stageView(turn.view, stage.name);
  const reach = reachOf(turn.state, turn.view, { view, asked: until });
  const still = approvals === undefined ? {} : { approvals };
  tellInterlocking(turn, { ...lockRequest(turn, view, stage), ...still, reach });
}

/** The locks are held beyond the stage: the run says when that is over. */
export function beginSpan(
  turn: Turn,
  { name: stage, attempt }: StageState,
  until: SpanEnd | undefined,
): void {
  if (until !== undefined) record(turn, { type: 'SpanBegan', stage, attempt, until, at: turn.now });
}

/** The span that the run holds is over: no further stage comes in. */
export function endSpan(turn: Turn): void {
  const { span, id: run, project } = turn.state;
  if (span === undefined || !isOver(turn.state, turn.view, span.until)) return;
  const { stage, attempt } = span;
  record(turn, { type: 'SpanEnded', stage, attempt, at: turn.now });
  // Before whatever the same decision asks for: a stage behind the end of the span does not come inside.
  turn.mail.unshift({
    to: { kind: 'interlocking', id: project },
    body: { type: 'SpanOver', run, stage, attempt },
  });
}

/** Why a stage failed that came to a lock which the span of its run does not have. */
export function outsideSpan({ lock, by }: Extract<Lost, { kind: 'lockOutsideSpan' }>): StageReason {
  const message = `The run holds its locks for a span that began with stage '${by}', and '${lock}' was not among them then: nobody waits for a lock inside a span. Queue a new run; it takes the lock from the start.`;
  return { kind: 'lockOutsideSpan', lock, message };
}

/** What may still ask for locks before the span is over: each stage that does not come after all that ends it. */
function reachOf(
  state: RunState,
  plan: PlanView,
  { view, asked }: { readonly view: StageView; readonly asked: SpanEnd },
): SpanReach {
  const open = openStages(state, plan);
  const isToCome = (name: string): boolean => fold(name) !== view.key && open.has(fold(name));
  const asWritten = (name: string): string => plan.stages.get(fold(name))?.plan.name ?? name;
  const until = asked === 'run' ? asked : asked.filter(isToCome).map(asWritten);
  const isInside = ({ key, ancestors }: StageView): boolean =>
    key !== view.key && (until === 'run' || !until.every((name) => ancestors.includes(fold(name))));
  const stages = [...plan.stages.values()].filter((one) => isInside(one) && asksStill(state, one, open));
  return {
    asked,
    until,
    stages: stages.map((one) => ({
      stage: one.plan.name,
      ownLock: one.plan.ownLock,
      resources: lockedResources(state, one),
    })),
  };
}

/** It locks something, and has not got its locks yet. */
function asksStill(state: RunState, view: StageView, open: ReadonlySet<string>): boolean {
  const phase = stageOf(state, view.plan.name)?.phase;
  const isToCome = phase === 'notStarted' || phase === 'waiting';
  return isToCome && open.has(view.key) && lockedResources(state, view).length > 0;
}

/** With its stages, or with the run; a stage that the plan does not have, or that cannot run any more, is over. */
function isOver(state: RunState, plan: PlanView, until: SpanEnd): boolean {
  if (state.status === 'completed') return true;
  if (until === 'run') return false;
  const open = openStages(state, plan);
  return until.every((name) => !open.has(fold(name)));
}

/** Stages that are not over and may still run, by folded name. */
function openStages(state: RunState, plan: PlanView): ReadonlySet<string> {
  const ruledOut = stagesRuledOut(state, plan);
  const open = [...plan.stages.values()].filter(
    (one) =>
      stageOf(state, one.plan.name)?.phase !== 'completed' &&
      !ruledOut.has(one.key) &&
      !isDeselected(state, one),
  );
  return new Set(open.map(({ key }) => key));
}
