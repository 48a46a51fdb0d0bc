import { expect, it, vi } from 'vitest';
import { FACTOR, SEED, tellUntil } from './batches.ts';
import { prove } from './prove.ts';

const MESSAGES = 500_000 * FACTOR;

vi.setConfig({ testTimeout: 1_800_000 });

it('keeps every law after each of 500,000 messages in long histories', () => {
  let messages = 0;
  tellUntil(
    { steps: [800], seed: SEED + 1_000_000 },
    (history) => {
      messages += prove(history, {});
    },
    () => messages >= MESSAGES,
  );
  expect(messages, `SIGNALBOX_TEST_SEED=${SEED}`).toBeGreaterThanOrEqual(MESSAGES);
});
