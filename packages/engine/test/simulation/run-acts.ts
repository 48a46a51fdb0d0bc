import type { RunMessage } from '@signalbox/engine';
import type { World } from './world.ts';

const STAGES = ['build', 'dev', 'prod'] as const;

/** Somebody cancels a run or a stage, runs it again, starts a stage by hand, or ends all by force; rightly or not. */
export function actOnRuns(world: World): void {
  const { chance, store } = world;
  const runs = [...store.runs.keys()];
  if (runs.length === 0) return;
  const body = anyAct(world);
  const failed = runs.filter((id) => store.runs.get(id)?.written.result === 'failed');
  const from = body.type === 'Retry' && failed.length > 0 ? failed : runs;
  world.command({ to: { kind: 'run', id: chance.pick(from.slice(-6)) }, body });
}

function anyAct({ chance }: World): RunMessage {
  const stage = chance.pick(STAGES);
  const by = 'ann';
  const what = chance.below(10);
  if (what < 3) return { type: 'Cancel', by };
  if (what < 4) return { type: 'CancelStage', stage, by };
  if (what < 5) {
    const of = chance.oneIn(2) ? { stage } : {};
    return { type: 'ForceCancel', by, reason: 'it hangs', ...of };
  }
  if (what < 7) return { type: 'StartStage', stage, by };
  const wish = { allJobs: chance.oneIn(3), alone: chance.oneIn(4), by };
  return { type: 'Retry', ...wish, ...(chance.oneIn(2) && { stage }) };
}
