import { expect, it, vi } from 'vitest';
import { FACTOR, SEED, tellUntil } from './batches.ts';
import { Coverage } from './coverage.ts';
import { prove } from './prove.ts';

const STEPS = 250_000 * FACTOR;

vi.setConfig({ testTimeout: 1_800_000 });

it('keeps every law in short histories, and decides them as the reference does', () => {
  const coverage = new Coverage();
  let steps = 0;
  let messages = 0;
  const histories = tellUntil(
    { steps: [120, 200, 280], seed: SEED },
    (history) => {
      steps += history.steps.length;
      messages += prove(history, { reference: true, coverage });
    },
    () => steps >= STEPS,
  );
  const summary = `${histories} histories, ${steps} steps, ${messages} messages, SIGNALBOX_TEST_SEED=${SEED}`;
  console.log(`${summary}\n${coverage.table()}`);
  expect(coverage.missing(), summary).toEqual([]);
});
