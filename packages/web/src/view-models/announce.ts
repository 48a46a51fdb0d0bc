import type { RunView, StageView } from '@signalbox/api';
import { stageMark } from './mark.ts';

/** At most this many changes are read out at once; the rest is counted. */
const SPOKEN = 3;

/**
 * What to read out when the runs went from `before` to `after`: stage by stage, in plain sentences.
 * Runs that were not known before are announced as new.
 */
export function announcements(before: readonly RunView[], after: readonly RunView[]): string {
  const known = new Map(before.map((run) => [run.id, run]));
  const news = after.flatMap((run) => {
    const old = known.get(run.id);
    return old === undefined ? [`${title(run)} was queued.`] : changes(old, run);
  });
  const spoken = news.slice(0, SPOKEN);
  if (news.length > SPOKEN) spoken.push(`And ${news.length - SPOKEN} more changes.`);
  return spoken.join(' ');
}

/** What somebody wants to know who looks elsewhere: that a stage asks for approval, that a run failed. */
export function noteworthy(before: readonly RunView[], after: readonly RunView[]): string {
  const known = new Map(before.map((run) => [run.id, run]));
  const news = after.flatMap((run) => {
    const old = known.get(run.id);
    if (old === run) return [];
    const asked = new Set(old?.stages.filter(asks).map(key));
    const failed = run.result === 'failed' && old !== undefined && old.result !== 'failed';
    return [
      ...run.stages
        .filter((stage) => asks(stage) && !asked.has(key(stage)))
        .map((stage) => `${title(run)}: ${stage.displayName} asks for approval.`),
      ...(failed ? [`${title(run)} failed.`] : []),
    ];
  });
  const told = news.slice(0, SPOKEN);
  if (news.length > SPOKEN) told.push(`And ${news.length - SPOKEN} more.`);
  return told.join(' ');
}

function asks({ approvals = [] }: StageView): boolean {
  return approvals.length > 0;
}

function changes(old: RunView, run: RunView): readonly string[] {
  if (old === run) return [];
  if (run.status === 'completed' && old.status !== 'completed') {
    return [`${title(run)} ${run.result === 'partiallySucceeded' ? 'succeeded with issues' : run.result}.`];
  }
  const stages = new Map(old.stages.map((stage) => [key(stage), stageMark(stage).label]));
  return run.stages
    .filter((stage) => stages.get(key(stage)) !== stageMark(stage).label)
    .map((stage) => `${title(run)}: ${stage.displayName} is ${spokenMark(stage)}.`);
}

function spokenMark(stage: StageView): string {
  const { label } = stageMark(stage);
  return stage.state === 'completed' ? `over: ${label}` : label;
}

function title(run: RunView): string {
  return `Run ${run.number} of ${run.definition.name}`;
}

function key(stage: StageView): string {
  return `${stage.name}/${stage.attempt}`;
}
