import { expect, it, vi } from 'vitest';
import { FACTOR, SEED, tellUntil } from './batches.ts';
import { prove } from './prove.ts';

const STEPS = 750_000 * FACTOR;

vi.setConfig({ testTimeout: 1_800_000 });

it('keeps every law after each of 750,000 steps of long histories', () => {
  let steps = 0;
  tellUntil(
    { steps: [800], seed: SEED + 1_000_000 },
    (history) => {
      prove(history, {});
      steps += history.steps.length;
    },
    () => steps >= STEPS,
  );
  expect(steps, `SIGNALBOX_TEST_SEED=${SEED}`).toBeGreaterThanOrEqual(STEPS);
});
