import type { InterlockingMessage, WholeInterlocking } from '@signalbox/engine';
import { MINUTE, oneOf, type Choice, type Scene } from './scene.ts';

/** The checks of one who waits lapse, pass again, or count for another time; now and then of one who does not wait. */
export function changeChecks(
  scene: Scene,
  { pick, vary }: Choice,
  rows: WholeInterlocking,
): InterlockingMessage | undefined {
  const found = [...rows.bundles.values()].filter(
    ({ status }) => status === 'queued' || status === 'waitingOnChecks' || vary % 9 === 0,
  );
  const bundle = oneOf(found, pick);
  if (bundle === undefined) return undefined;
  const { run, stage, attempt } = bundle.requester;
  const valid = vary % 3 > 0;
  return { type: 'ChecksChanged', run, stage, attempt, valid, ...(valid && timesOf(scene, vary)) };
}

/** When checks count: at instants that nothing else is due at. */
export function timesOf(scene: Scene, vary: number): { readonly from?: number; readonly until?: number } {
  scene.instants += 1;
  const odd = 7919 + scene.instants * 2;
  const from = scene.now + (vary % 4) * MINUTE + odd;
  const until = from + (vary % 5) * MINUTE + 1;
  return { ...(vary % 2 === 0 && { from }), ...(vary % 5 > 0 && { until }) };
}
