import type { CheckRun, RunState, StageState } from '@signalbox/engine';
import { fold, type Guid, type InvokeSettings, type Plan } from '@signalbox/model';
import type { Store } from '@signalbox/store';
import { nameGuid } from '../guid.ts';
import { approvalGuid, type ApprovalKey } from '../http/pipelines/approval-id.ts';

/** Names one check run: a check of a stage attempt. The stage is its place in the run, from 0. */
export type CheckPlace = ApprovalKey;

/** A check run that asks an HTTP service, with all that it hangs on. */
export interface FoundCheck {
  readonly place: CheckPlace;
  readonly run: RunState;
  readonly plan: Plan;
  readonly stage: StageState;
  readonly check: CheckRun;
  readonly settings: InvokeSettings;
}

/** `JobId`: the id of the check run, which its timeline record has, too (HOOK-2). */
export function jobIdOf(place: CheckPlace): Guid {
  return approvalGuid(place);
}

/** `TaskInstanceId`: the id of one evaluation, so that a late answer to an earlier one is known as such (HOOK-2). */
export function taskIdOf(place: CheckPlace, evaluation: number): Guid {
  return nameGuid('check-evaluation', `${jobIdOf(place)}:${evaluation}`);
}

/** Where a stage of a run stands; -1 for one that it has not. */
export function stagePlace({ stages }: Pick<RunState, 'stages'>, stage: string): number {
  return stages.findIndex(({ name }) => fold(name) === fold(stage));
}

/** The check run of a place, if it is of the latest attempt and asks an HTTP service. */
export async function findCheck(store: Store, place: CheckPlace): Promise<FoundCheck | undefined> {
  const run = await store.runs.get(place.run);
  const stage = run?.stages[place.stage];
  if (run === undefined || stage?.attempt !== place.attempt) return undefined;
  const check = stage.checkpoint?.checks.find(({ number }) => number === place.check);
  const settings = check?.configuration.settings;
  if (check === undefined || settings?.kind !== 'invoke') return undefined;
  const plan = await store.runs.plan(run.id);
  return plan === undefined ? undefined : { place, run, plan, stage, check, settings };
}

/** The evaluation that an answer is awaited for; undefined: none is (HOOK-7). */
export function openEvaluation({ status, progress }: CheckRun): number | undefined {
  if (progress?.kind !== 'invoke' || DECIDED.includes(status)) return undefined;
  return progress.state === 'called' || progress.state === 'accepted' ? progress.evaluation : undefined;
}

const DECIDED: readonly CheckRun['status'][] = ['rejected', 'canceled', 'timedOut', 'bypassed'];
