import { validityOf, type Checkpoint } from '../check/checkpoint.ts';
import type { RunState, StageState } from './state.ts';
import { stageOf, tellInterlocking, type Turn } from './turn.ts';

/**
 * Tells the interlocking what became of the checks of stages that wait for their locks: lapsed, passed again, or valid
 * for another time (LOCK-26, CHK-39).
 */
export function tellOfValidity(turn: Turn, before: RunState): void {
  if (!turn.events.some(({ type }) => type.startsWith('Check'))) return;
  for (const { name, attempt } of turn.state.stages) {
    const was = asking(stageOf(before, name));
    const is = asking(stageOf(turn.state, name));
    if (was === undefined || is === undefined) continue;
    const [old, now] = [validityOf(was), validityOf(is)];
    if (old.valid === now.valid && old.until === now.until) continue;
    tellInterlocking(turn, { type: 'ChecksChanged', run: turn.state.id, stage: name, attempt, ...now });
  }
}

/** The checkpoint of a stage whose request for its locks stands. */
function asking(stage: StageState | undefined): Checkpoint | undefined {
  const checkpoint = stage?.phase === 'waiting' ? stage.checkpoint : undefined;
  return checkpoint?.locks === 'asked' ? checkpoint : undefined;
}
