import fc from 'fast-check';
import { ACTS, type Act } from './acts.ts';
import type { Crowd, Choice } from './scene.ts';

/** One step of a random history, in numbers, so that it shrinks well; `History` makes messages of it. */
export interface Step extends Choice {
  readonly act: Act;
}

/** Few pipelines make many waiters of one stage; many own words make parallel ones meet others. */
export function crowds(): fc.Arbitrary<Crowd> {
  return fc.noBias(fc.record(CROWD));
}

/** Crowds with long queues among them, and with timers that are late. */
export function hardCrowds(): fc.Arbitrary<Crowd> {
  return fc.noBias(
    fc.record({ ...CROWD, patience: fc.constantFrom(1, 1, 2, 5), late: fc.constantFrom(0, 0, 700, 90_000) }),
  );
}

const CROWD = {
  pipelines: fc.integer({ min: 1, max: 3 }),
  ownBehavior: fc.constantFrom(1, 2, 5, 1000),
  byRun: fc.boolean(),
  spans: fc.boolean(),
};

/** How a random history is to be. */
export interface Wanted {
  /** Half as many to as many. */
  readonly steps: number;
  /** With clocks that jump, and crashes. */
  readonly hard?: true;
}

/** Random histories. */
export function histories({ steps, hard }: Wanted): fc.Arbitrary<readonly Step[]> {
  const acts = weighted().filter((act) => hard || (act !== 'jump' && act !== 'crash'));
  const step = fc.record({ act: fc.constantFrom(...acts), pick: fc.nat(11), vary: fc.nat(9999) });
  // Without bias towards the small, else most histories would hardly have anybody wait.
  return fc.noBias(fc.array(step, { minLength: steps / 2, maxLength: steps }));
}

/** Each act as often as it weighs. */
function weighted(): readonly Act[] {
  return (Object.keys(ACTS) as Act[]).flatMap((act) => Array<Act>(ACTS[act].weight).fill(act));
}
