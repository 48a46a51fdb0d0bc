import { approvalSteps, isPassed, isUndecided, type RunState } from '@signalbox/engine';

/** What is wrong with the approvals of a run: started without them, decided twice, or left open (INV-30, CHK-2). */
export function brokenApprovals({ id, stages }: RunState): readonly string[] {
  return stages.flatMap((stage) => {
    const checks = stage.checkpoint?.checks ?? [];
    const before = checks.filter(({ category }) => category !== 'postDeployment' && category !== 'inJob');
    const started =
      stage.phase === 'running' || (stage.phase === 'completed' && stage.startTime !== undefined);
    const early = started && !before.every(isPassed);
    const open = stage.phase === 'completed' && checks.some(isUndecided);
    return [
      ...(early ? [`CHK-2: stage ${stage.name} of run ${id} started without its checks`] : []),
      ...(open ? [`INV-30: stage ${stage.name} of run ${id} is over and a check of it is open`] : []),
      ...checks.flatMap((check) => {
        const names = approvalSteps(check).flatMap(({ actual }) => actual ?? []);
        return new Set(names).size < names.length ? [`INV-30: somebody decided twice in run ${id}`] : [];
      }),
    ];
  });
}
