import fc from 'fast-check';
import { told, type Told } from '../history/index.ts';

/** Which random histories; `SIGNALBOX_TEST_SEED=7` tells others, and `npm run laws` new ones each time. */
export const SEED: number = Number(process.env['SIGNALBOX_TEST_SEED'] ?? 20_261_122);

/** How much of the whole, a million steps: `SIGNALBOX_TEST_FACTOR=0.1` for a quick look. */
export const FACTOR: number = Number(process.env['SIGNALBOX_TEST_FACTOR'] ?? 1);

/** How many histories fast-check tells at once; a failure names the seed of its batch. */
const BATCH = 50;

/** Tells hard histories, a batch of each length in turn, until `enough` says so; what breaks is shrunk by fast-check. Answers how many. */
export function tellUntil(
  { seed, steps }: { readonly seed: number; readonly steps: readonly [number, ...number[]] },
  one: (history: Told) => void,
  enough: (histories: number) => boolean,
): number {
  let histories = 0;
  for (let batch = 0; !enough(histories); batch += 1) {
    const property = fc.property(told({ steps: steps[batch % steps.length] ?? steps[0], hard: true }), one);
    fc.assert(property, { numRuns: BATCH, seed: seed + batch, endOnFailure: false });
    histories += BATCH;
  }
  return histories;
}
