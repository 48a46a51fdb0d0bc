import { describe, expect, it } from 'vitest';
import { bashStep, script } from '../support/fake-server.ts';
import { scene } from '../support/scene.ts';

describe('a job', () => {
  it('runs its steps in order and reports them with the implicit ones (STEPY-10)', async () => {
    const { server } = await scene();
    const job = server.enqueue([script('one', 'echo first'), bashStep('two', 'echo second')]);
    const finished = await job.finished;
    expect(finished.result).toBe('succeeded');
    expect(job.results()).toEqual({
      initialize: 'succeeded',
      one: 'succeeded',
      two: 'succeeded',
      finalize: 'succeeded',
    });
    expect(job.facts[0]?.kind).toBe('started');
    expect(job.text('one')).toContain('\nfirst\n');
    expect(job.text('two')).toContain('\nsecond\n');
    expect(job.problems).toEqual([]);
  });
});
