import type { OpenApprovalView } from '@signalbox/api';
import { checkSentence, isApproval, type RunState, type StageState } from '@signalbox/engine';
import { approvalGuid } from '../pipelines/approval-id.ts';
import { waitsFor } from '../shape/approval.ts';
import { wireTime } from '../shape/common.ts';

/** The approvals that a stage asks for now, with what is needed to decide them. */
export function openApprovals(of: RunState, stage: StageState): readonly OpenApprovalView[] {
  const { id: run, stages } = of;
  return (stage.checkpoint?.checks ?? []).filter(isApproval).flatMap((check) => {
    const { status, startedAt, dueAt, number, configuration } = check;
    if (status !== 'running' || startedAt === undefined || dueAt === undefined) return [];
    const key = { run, stage: stages.indexOf(stage), attempt: stage.attempt, check: number };
    return [
      {
        id: approvalGuid(key),
        resource: configuration.resource.name,
        waitsFor: waitsFor(check),
        instructions: configuration.settings.instructions,
        text: checkSentence(of, stage, check),
        since: wireTime(startedAt),
        until: wireTime(dueAt),
      },
    ];
  });
}
