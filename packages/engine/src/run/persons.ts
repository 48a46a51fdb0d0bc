import { awaitsPerson } from '../check/checkpoint.ts';
import { expectedStages } from './expectations.ts';
import type { RunState } from './state.ts';
import { stageOf, tellInterlocking, type Turn } from './turn.ts';

/**
 * Tells the interlocking which stages cannot come before a person has decided, and which can again: a run that
 * waits for a person holds younger ones back only for `expectedLimit` (LOCK-63).
 */
export function tellOfPersons(turn: Turn, before: RunState): void {
  if (!turn.events.some(({ type }) => type.startsWith('Check') || type === 'StageCompleted')) return;
  const was = awaitedStages(turn, before);
  const is = awaitedStages(turn, turn.state);
  const expected = new Set(expectedStages(turn.state, turn.view).map(({ plan }) => plan.name));
  const awaited = is.filter((name) => !was.includes(name));
  const answered = was.filter((name) => !is.includes(name) && expected.has(name));
  const { id: run } = turn.state;
  if (awaited.length > 0) tellInterlocking(turn, { type: 'PersonAwaited', run, stages: awaited });
  if (answered.length > 0) tellInterlocking(turn, { type: 'PersonAnswered', run, stages: answered });
}

/** The stages that may still ask for locks and that wait, or whose ancestors wait, for a person. */
function awaitedStages({ view }: Turn, state: RunState): readonly string[] {
  if (!state.stages.some(({ checkpoint }) => awaitsPerson(checkpoint))) return [];
  return expectedStages(state, view)
    .filter(({ key, ancestors }) =>
      [key, ...ancestors].some((name) => awaitsPerson(stageOf(state, name)?.checkpoint)),
    )
    .map(({ plan }) => plan.name);
}
