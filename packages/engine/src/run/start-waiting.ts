import type { StageReason } from '@signalbox/model';
import { endStage } from './end-stage.ts';
import { startStage, withdrawLocks, type Granted } from './stage-locks.ts';
import type { StageState } from './state.ts';
import { ownValue, protectionsOf, type Turn } from './turn.ts';

/**
 * Starts a stage that has waited, unless one of its resources was deleted meanwhile: whoever deleted it may not have
 * come to tell the run, and what the resource asked for is not known any more (CHK-54).
 */
export function startWaiting(turn: Turn, stage: StageState, granted: Granted): void {
  const found = protectionsOf(turn, ownValue(turn.state.resources, stage.name) ?? []);
  if (found === undefined) return;
  const gone = found.find((one) => one.gone);
  if (gone === undefined) return startStage(turn, stage, granted);
  withdrawLocks(turn, stage.name, stage.attempt);
  endStage(turn, stage, 'failed', goneReason(gone.resource.name));
}

/** Why a stage is not let through without a resource that it was checked for. */
export function goneReason(name: string): StageReason {
  const message = `${name} does not exist any more: it was deleted after the run was queued.`;
  return { kind: 'checkRejected', check: name, message };
}
