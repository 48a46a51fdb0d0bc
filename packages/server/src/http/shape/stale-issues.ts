import type { WireRecord } from '@signalbox/api';
import type { StageState } from '@signalbox/engine';
import { wireTime } from './common.ts';

/** What the record of a lock says of a commit that was older than what was deployed: it fails, or is a warning (LOCK-67). */
export function staleIssues(stage: StageState): Partial<Pick<WireRecord, 'issues'>> {
  if (stage.phase !== 'running' && stage.phase !== 'completed') return {};
  if (stage.phase === 'completed' && stage.reason?.kind === 'stale') {
    const { lock: lockName, byRun, byStage, deployedAt } = stage.reason;
    const mend = 'Run the pipeline for a newer commit, or ask an operator to grant the lock by force.';
    return {
      issues: [{ type: 'error', message: `${said({ lockName, byRun, byStage, deployedAt })} ${mend}` }],
    };
  }
  if (stage.stale === undefined) return {};
  return { issues: stage.stale.map((commit) => ({ type: 'warning', message: said(commit) })) };
}

function said(commit: {
  readonly lockName: string;
  readonly byRun: number;
  readonly byStage: string;
  readonly deployedAt: number;
}): string {
  const { lockName, byRun, byStage, deployedAt } = commit;
  return `A newer commit was deployed behind ${lockName} by run ${byRun} (stage ${byStage}) at ${wireTime(deployedAt)}.`;
}
