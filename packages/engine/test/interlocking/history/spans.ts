import type { InterlockingMessage, SpanReach, WholeInterlocking } from '@signalbox/engine';
import { fold, type SpanEnd } from '@signalbox/model';
import { named, ownsLock } from './runs.ts';
import { STAGES, oneOf, type Choice, type Run, type Scene, type Wanted } from './scene.ts';

type Made = InterlockingMessage | undefined;

/** Somebody who was asked for it says what their run can reach, as it is by now. */
export function answerSpan(scene: Scene, { pick }: Choice, rows: WholeInterlocking): Made {
  const found = taken(scene, pick);
  const run = scene.runs[(found?.asks.requester.run ?? 0) - 1];
  if (found === undefined || run === undefined) return undefined;
  const { stage, attempt } = found.asks.requester;
  if (run.stages.get(stage)?.attempt !== attempt) return undefined;
  return { ...found.asks, reach: reachOf(scene, rows, { run, stage, asked: found.until }) };
}

/** Somebody who was asked for it takes the request back instead: no place was taken yet. */
export function withdrawUnanswered(scene: Scene, { pick }: Choice): Made {
  const found = taken(scene, pick);
  if (found === undefined) return undefined;
  const { run, stage, attempt } = found.asks.requester;
  return { type: 'LocksWithdrawn', run, stage, attempt };
}

/** A run says that its span is over; now and then one that holds none, or whose is over. */
export function endSpan(_: Scene, { pick, vary }: Choice, rows: WholeInterlocking): Made {
  const found = [...rows.bundles.values()].filter(
    ({ status, span }) => status === 'inUse' && ((span && !span.over) || vary % 11 === 0),
  );
  const bundle = oneOf(found, pick);
  if (bundle === undefined) return undefined;
  const { run, stage, attempt } = bundle.requester;
  return { type: 'SpanOver', run, stage, attempt };
}

function taken({ wanted }: Scene, pick: number): Wanted | undefined {
  const [found] = wanted.splice(pick % Math.max(1, wanted.length), 1);
  return found;
}

function reachOf(
  scene: Scene,
  rows: WholeInterlocking,
  { run, stage, asked }: { readonly run: Run; readonly stage: string; readonly asked: SpanEnd },
): SpanReach {
  const open = [...run.stages.keys()].filter((name) => name !== stage && isOpen(scene, rows, { run, name }));
  const until =
    asked === 'run' ? asked : asked.filter((end) => open.some((name) => fold(name) === fold(end)));
  const last = until === 'run' ? STAGES.length : Math.max(...until.map(placeOf));
  const inside = open.filter((name) => placeOf(name) <= last);
  return {
    asked,
    until,
    stages: inside.map((name) => ({
      stage: name,
      ownLock: ownsLock(run.definition, name),
      resources: named(run.stages.get(name)?.resources ?? []),
    })),
  };
}

function placeOf(stage: string): number {
  return STAGES.findIndex((one) => fold(one) === fold(stage));
}

/** Whether a stage may still come to its locks: it has not asked, or waits. */
function isOpen(
  { wanted }: Scene,
  { bundles }: WholeInterlocking,
  { run: { run, stages }, name }: { readonly run: Run; readonly name: string },
): boolean {
  if (stages.get(name)?.over === false) return true;
  if (wanted.some(({ asks: { requester } }) => requester.run === run && requester.stage === name))
    return true;
  return [...bundles.values()].some(
    ({ requester, status }) =>
      requester.run === run &&
      requester.stage === name &&
      ['expected', 'queued', 'waitingOnChecks'].includes(status),
  );
}
