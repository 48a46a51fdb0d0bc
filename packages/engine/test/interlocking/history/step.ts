import fc from 'fast-check';
import { ACTS, type Act } from './acts.ts';
import type { Crowd, Choice } from './scene.ts';

/** One step of a random history, in numbers, so that it shrinks well; `History` makes messages of it. */
export interface Step extends Choice {
  readonly act: Act;
}

/** Few pipelines make many waiters of one stage; many own words make parallel ones meet others. */
export function crowds(): fc.Arbitrary<Crowd> {
  return fc.noBias(
    fc.record({
      pipelines: fc.integer({ min: 1, max: 3 }),
      ownBehavior: fc.constantFrom(1, 2, 5, 1000),
      byRun: fc.boolean(),
    }),
  );
}

/** Random histories; without changes of policy if `settled`. */
export function histories(how: {
  readonly steps: number;
  readonly settled?: true;
}): fc.Arbitrary<readonly Step[]> {
  const acts = weighted().filter((act) => how.settled !== true || act !== 'configure');
  const step = fc.record({ act: fc.constantFrom(...acts), pick: fc.nat(11), vary: fc.nat(9999) });
  // Without bias towards the small, else most histories would hardly have anybody wait.
  return fc.noBias(fc.array(step, { minLength: how.steps / 2, maxLength: how.steps }));
}

/** Each act as often as it weighs. */
function weighted(): readonly Act[] {
  return (Object.keys(ACTS) as Act[]).flatMap((act) => Array<Act>(ACTS[act].weight).fill(act));
}
