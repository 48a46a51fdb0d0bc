import type { ResourceKey } from '../interlocking/rows.ts';
import { resourceKey } from '../interlocking/keys.ts';
import type { CheckRun } from '../check/check-run.ts';
import { checkName, isAtWork } from '../check/check-run.ts';
import { denyStage, lookAtCheck } from './look-at-check.ts';
import type { RunState, StageState } from './state.ts';
import { ownValue, type Turn } from './turn.ts';

/** Whether a run waits for the permission to use a resource: then it wants to hear of `PermissionChanged`. */
export function waitsForPermission({ stages }: Pick<RunState, 'stages'>, resource: ResourceKey): boolean {
  return stages.some((stage) => gatesOf(stage, resource).length > 0);
}

/** Somebody changed who may use the resource: the gates that wait for it are looked at (CHK-23). */
export function permissionChanged(turn: Turn, resource: ResourceKey): void {
  for (const stage of turn.state.stages) {
    for (const { number } of gatesOf(stage, resource)) lookAtCheck(turn, stage.name, number);
  }
}

function gatesOf({ phase, checkpoint }: StageState, resource: ResourceKey): readonly CheckRun[] {
  if (phase !== 'waiting') return [];
  return (checkpoint?.checks ?? []).filter(
    ({ status, configuration }) =>
      isAtWork(status) &&
      configuration.settings.kind === 'authorization' &&
      resourceKey(configuration.resource) === resourceKey(resource),
  );
}

/**
 * The resource is gone: nobody can say any more whether a stage may use it, so the stages that wait at a checkpoint, or
 * for a lock, are denied. What changed about its checks alone does not matter: the checkpoint has its own copy (CHK-54).
 */
export function resourceDeleted(turn: Turn, resource: ResourceKey, by: string): void {
  for (const stage of turn.state.stages) {
    const named = (ownValue(turn.state.resources, stage.name) ?? []).find(
      (one) => resourceKey(one) === resourceKey(resource),
    );
    if (stage.phase !== 'waiting' || named === undefined) continue;
    const check = stage.checkpoint?.checks.find(
      (one) => resourceKey(one.configuration.resource) === resourceKey(resource),
    );
    const message = `${by} deleted ${named.name}, which the stage uses.`;
    const name = check === undefined ? named.name : checkName(check);
    denyStage(turn, stage, { result: 'failed', reason: { kind: 'checkRejected', check: name, message } });
  }
}
