import type { TriggerAnswer, TriggerHeaderRow, TriggerNeed } from '@signalbox/engine';
import type { ProjectId } from '@signalbox/model';
import { documents } from './load-interlocking.ts';
import type { Dialect } from './migrations/dialect.ts';
import { counterOf, lastRun, lastRunLocked, revisionOf, triggerHeader } from './needs/trigger.ts';
import { call, together, type Call, type Work } from './work.ts';

/** Answers needs of a trigger, all in one round trip. */
export function* loadTrigger(
  engine: Dialect['engine'],
  project: ProjectId,
  needs: readonly TriggerNeed[],
): Work<readonly TriggerAnswer[]> {
  const results = yield* together(needs.map((need) => callFor(engine, project, need)));
  return needs.map((need, index) => answerOf(need, results[index] ?? []));
}

function callFor(engine: Dialect['engine'], project: ProjectId, need: TriggerNeed): Call {
  switch (need.need) {
    case 'header':
      return call(triggerHeader, project);
    case 'lastRun':
      return call(engine === 'postgres' ? lastRunLocked : lastRun);
    case 'revision':
      return call(revisionOf, need.definition, need.key);
    case 'counter':
      return call(counterOf, need.definition, need.prefix);
  }
}

function answerOf(need: TriggerNeed, rows: readonly unknown[]): TriggerAnswer {
  if (need.need === 'header') {
    const [header] = documents<TriggerHeaderRow>(rows);
    return header === undefined ? { of: need } : { of: need, header };
  }
  const [row] = rows as readonly [number][];
  if (need.need === 'counter') return row === undefined ? { of: need } : { of: need, counter: row[0] };
  const value = row?.[0] ?? 0;
  return need.need === 'lastRun' ? { of: need, lastRun: value } : { of: need, revision: value };
}
