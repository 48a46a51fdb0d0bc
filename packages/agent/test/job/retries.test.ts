import { describe, expect, it } from 'vitest';
import { systemClock } from '../../src/clock.ts';
import type { Clock } from '../../src/index.ts';
import { bashStep } from '../support/fake-server.ts';
import { eventually, scene } from '../support/scene.ts';

/** Waits for retries in no time, and says how long it should have been. */
function hastyClock(): Clock & { readonly pauses: number[] } {
  const pauses: number[] = [];
  const retries = new Set([1_000, 4_000, 9_000]);
  return {
    ...systemClock,
    pauses,
    sleep(ms, signal) {
      if (!retries.has(ms)) return systemClock.sleep(ms, signal);
      pauses.push(ms);
      return Promise.resolve();
    },
  };
}

describe('retryCountOnTaskFailure', () => {
  it('tries again after 1, 4, 9 seconds until it works (STEPY-8)', async () => {
    const clock = hastyClock();
    const { server } = await scene({ agent: { clock } });
    const job = server.enqueue([
      bashStep(
        's',
        'echo try >> tries; echo "##vso[task.complete result=Failed]"; [ $(wc -l < tries) -ge 3 ]',
        {
          retryCountOnTaskFailure: 3,
        },
      ),
      bashStep('t', '[ $(wc -l < tries) -ge 3 ]'),
    ]);
    await job.finished;
    // task.complete says Failed in every try, so all retries are used up although the exit code became 0.
    expect(clock.pauses).toEqual([1_000, 4_000, 9_000]);
    expect(job.step('s')?.warningCount).toBe(3);
    expect(job.results()).toMatchObject({ s: 'failed' });
  });

  it('ends with the first try that works', async () => {
    const clock = hastyClock();
    const { server } = await scene({ agent: { clock } });
    const job = server.enqueue([
      bashStep('s', 'echo try >> tries; [ $(wc -l < tries) -ge 3 ]', { retryCountOnTaskFailure: 5 }),
    ]);
    expect((await job.finished).result).toBe('succeeded');
    expect(clock.pauses).toEqual([1_000, 4_000]);
  });

  it('does not repeat a step that ran out of time', async () => {
    const clock = hastyClock();
    const { server } = await scene({ agent: { clock } });
    const job = server.enqueue([
      bashStep('s', 'sleep 60', { retryCountOnTaskFailure: 5, timeoutInMinutes: 0.005 }),
    ]);
    await job.finished;
    expect(clock.pauses).toEqual([]);
    expect(job.step('s')?.issues.at(-1)?.message).toBe('The task has timed out.');
  });
});

describe('timeoutInMinutes of a step', () => {
  it('fails the step and lets the job go on (STEP-3)', async () => {
    const { server } = await scene();
    const job = server.enqueue([
      bashStep('slow', 'trap "echo interrupted" INT; sleep 60 & wait; sleep 60', { timeoutInMinutes: 0.01 }),
      bashStep('after', 'true', { condition: 'failed()' }),
    ]);
    expect((await job.finished).result).toBe('failed');
    expect(job.results()).toMatchObject({ slow: 'failed', after: 'succeeded' });
  });

  it('counts as an ordinary failure for continueOnError', async () => {
    const { server } = await scene();
    const job = server.enqueue([
      bashStep('slow', 'sleep 60', { timeoutInMinutes: 0.005, continueOnError: true }),
    ]);
    expect((await job.finished).result).toBe('succeededWithIssues');
    await eventually('the step is reported', () => job.results()['slow'] === 'succeededWithIssues');
  });
});
