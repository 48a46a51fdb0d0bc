import type { JobStep } from '@signalbox/api';
import { describe, expect, it } from 'vitest';
import { stepTurns } from '../../src/job/step-order.ts';
import { SUCCEEDED, type StepHandler, type StepParts } from '../../src/steps/step-handler.ts';

function step(name: string): JobStep {
  const task = { name, version: '1' };
  const limits = { continueOnError: false, timeoutInMinutes: 0, retryCountOnTaskFailure: 0 };
  return { name, displayName: name, task, inputs: {}, env: {}, condition: 'failed()', ...limits };
}

const part = { run: () => Promise.resolve(SUCCEEDED) };

/** What the tasks of these steps do besides their main part. */
const PARTS: Readonly<Record<string, StepParts>> = {
  none: {},
  both: { preJob: part, postJob: part },
  before: { preJob: { ...part, condition: 'always()' } },
  after: { postJob: { ...part, condition: 'succeeded()' } },
};

function handlerOf({ task }: JobStep): StepHandler | undefined {
  const parts = PARTS[task.name];
  return parts === undefined ? undefined : { title: task.name, run: part.run, parts: () => parts };
}

describe('stepTurns', () => {
  it('puts parts before all steps in order, and after them in reverse (STEP-2)', () => {
    const turns = stepTurns(['after', 'unknown', 'both', 'none', 'before'].map(step), handlerOf);
    expect(turns.map((turn) => [turn.step.name, turn.part?.kind, turn.part?.condition])).toEqual([
      // Its own condition decides: no other is there.
      ['both', 'preJob', undefined],
      ['before', 'preJob', 'always()'],
      ['after', undefined, undefined],
      ['unknown', undefined, undefined],
      ['both', undefined, undefined],
      ['none', undefined, undefined],
      ['before', undefined, undefined],
      ['both', 'postJob', 'always()'],
      ['after', 'postJob', 'succeeded()'],
    ]);
  });
});
