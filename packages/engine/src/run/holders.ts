import type { InstanceLease, StageHolder, StageState } from './state.ts';
import { record, tellInterlocking, type Turn } from './turn.ts';

type Holding = Extract<StageState, { phase: 'running' | 'completed' }>;

/**
 * Tells the interlocking of each stage that holds locks when its holder is not what it was: over but still able to
 * act, lost, or back (LAW-8, LAW-10). Explain says it, and only such a holder can be released by force.
 */
export function tellHolders(turn: Turn): void {
  for (const stage of turn.state.stages) {
    if (!isHolder(stage)) continue;
    const { state, until } = holderOf(stage);
    if ((stage.holder?.state ?? 'working') === state && stage.holder?.until === until) continue;
    const now = { state, ...(until !== undefined && { until }) };
    record(turn, { type: 'StageHolderChanged', stage: stage.name, at: turn.now, ...now });
    const { name, attempt } = stage;
    tellInterlocking(turn, { type: 'HolderChanged', run: turn.state.id, stage: name, attempt, ...now });
  }
}

function isHolder(stage: StageState): stage is Holding {
  if (stage.phase === 'completed') return stage.locks === 'draining';
  return stage.phase === 'running' && stage.tokens.length > 0;
}

/**
 * Lost only when all is lost that could still act: with one agent at work, or a job in the queue, the holder lives,
 * and nothing is taken from a live holder.
 */
function holderOf(stage: Holding): StageHolder {
  const instances = stage.jobs.flatMap((job) => job.instances);
  const open = instances.flatMap((one): readonly InstanceLease[] =>
    one.phase !== 'queued' && one.lease?.open === true ? [one.lease] : [],
  );
  const ends = open.flatMap(({ lost }) => (lost === undefined ? [] : [lost.until]));
  const allLost = open.length > 0 && ends.length === open.length;
  if (allLost && !instances.some(({ phase }) => phase === 'queued')) {
    const known = ends.filter((end) => end !== undefined);
    return { state: 'quarantined', ...(known.length === ends.length && { until: Math.max(...known) }) };
  }
  return { state: stage.phase === 'running' ? 'working' : 'draining' };
}
