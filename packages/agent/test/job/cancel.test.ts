import { describe, expect, it } from 'vitest';
import { bashStep, script, type FakeJob } from '../support/fake-server.ts';
import { eventually, scene, type Scene } from '../support/scene.ts';

/** Starts the job's steps and waits until one of them has printed `ready`. */
async function until(job: FakeJob, step: string): Promise<void> {
  await eventually(`${step} says ready`, () => job.logOf(step).includes('ready'));
}

const READY = 'echo ready; sleep 60';

describe('cancelling a job (CANCEL-7)', () => {
  it('stops the running step, runs clean-up, skips the rest', async () => {
    const { server } = await scene();
    const job = server.enqueue([
      bashStep('a', READY),
      bashStep('b', 'echo "status $AGENT_JOBSTATUS"', { condition: 'always()' }),
      bashStep('c', 'true'),
      bashStep('d', 'true', { condition: 'canceled()' }),
      bashStep('e', 'true', { condition: 'succeededOrFailed()' }),
    ]);
    await until(job, 'a');
    server.cancel(job);
    expect((await job.finished).result).toBe('canceled');
    expect(job.results()).toMatchObject({
      a: 'canceled',
      b: 'succeeded',
      c: 'skipped',
      d: 'succeeded',
      e: 'skipped',
    });
    expect(job.text('b')).toContain('status Canceled');
  });

  it('by force kills at once and runs no clean-up (CANCEL-13)', async () => {
    const { server } = await scene();
    const job = server.enqueue([
      // Whoever gets the signals of an ordinary cancel says so.
      bashStep('a', 'trap "echo asked" INT TERM; echo ready; while :; do sleep 0.2; done', {
        condition: 'always()',
      }),
      bashStep('b', 'echo tidied', { condition: 'always()' }),
    ]);
    await until(job, 'a');
    server.killJob(job);
    expect((await job.finished).result).toBe('canceled');
    expect(job.text('a')).not.toContain('asked');
    expect(job.results()).toMatchObject({ a: 'canceled', b: 'skipped' });
  });

  it('by force ends a clean-up that is under way, without waiting for the next renewal', async () => {
    const { server } = await scene({ numbers: { renewEveryMs: 60_000, leaseMs: 120_000 } });
    const job = server.enqueue([
      bashStep('a', READY),
      bashStep('b', 'trap "" INT TERM; echo ready; sleep 60; sleep 60', { condition: 'always()' }),
      bashStep('c', 'true', { condition: 'always()' }),
    ]);
    await until(job, 'a');
    server.cancel(job);
    await until(job, 'b');
    server.killJob(job);
    expect((await job.finished).result).toBe('canceled');
    expect(job.results()).toMatchObject({ a: 'canceled', b: 'canceled', c: 'skipped' });
  });

  it('asks the condition of the running step again: true, it goes on', async () => {
    const { server } = await scene();
    const job = server.enqueue([
      bashStep('a', 'echo ready; sleep 0.5; echo finished', { condition: 'always()' }),
      bashStep('b', 'true'),
    ]);
    await until(job, 'a');
    server.cancel(job);
    expect((await job.finished).result).toBe('canceled');
    expect(job.results()).toMatchObject({ a: 'succeeded', b: 'skipped' });
    expect(job.text('a')).toContain('finished');
  });

  const LOOP = 'echo ready; for i in $(seq 600); do sleep 0.1; done';
  it.each([
    [
      'heeds SIGINT',
      `trap "echo got INT; exit 0" INT; ${LOOP}`,
      'got INT',
      { interruptMs: 9_000, terminateMs: 0 },
    ],
    [
      'heeds only SIGTERM',
      `trap "" INT; trap "echo got TERM; exit 0" TERM; ${LOOP}`,
      'got TERM',
      { interruptMs: 100, terminateMs: 9_000 },
    ],
    ['heeds nothing', `trap "" INT TERM; ${LOOP}`, 'ready', { interruptMs: 100, terminateMs: 100 }],
  ])('ends a step that %s', async (_story, text, said, stopTimings) => {
    const { server } = await scene({ agent: { stopTimings } });
    const job = server.enqueue([bashStep('a', text)]);
    await until(job, 'a');
    server.cancel(job);
    expect((await job.finished).result).toBe('canceled');
    expect(job.results()).toMatchObject({ a: 'canceled' });
    expect(job.logOf('a')).toContain(said);
  });

  it('kills clean-up that takes longer than its budget, and reports in time (CANCEL-8, CANCEL-9)', async () => {
    const { server } = await scene();
    const job = server.enqueue([
      bashStep('a', READY),
      bashStep('b', 'sleep 60', { condition: 'always()' }),
      bashStep('c', 'true', { condition: 'always()' }),
    ]);
    await until(job, 'a');
    server.cancel(job, 2_000);
    expect((await job.finished).result).toBe('canceled');
    expect(job.results()).toMatchObject({ a: 'canceled', b: 'canceled', c: 'skipped' });
  });

  it('reaches a job between two renewals and before its first step', async () => {
    const { server } = await scene({ numbers: { renewEveryMs: 60_000 } });
    const job = server.enqueue([bashStep('a', READY), script('b', 'true')]);
    server.cancel(job);
    expect((await job.finished).result).toBe('canceled');
    expect(job.results()['b']).toBe('skipped');
  });

  it('ends the pause before a retry', async () => {
    const { server } = await scene();
    const job = server.enqueue([bashStep('a', 'echo ready; exit 1', { retryCountOnTaskFailure: 10 })]);
    await eventually('three tries', () => job.logOf('a').filter((line) => line === 'ready').length >= 2);
    server.cancel(job);
    expect((await job.finished).result).toBe('canceled');
    expect(job.results()['a']).toBe('canceled');
  });
});

describe('stopping the agent', () => {
  async function withJob(): Promise<Scene & { job: FakeJob }> {
    const made = await scene();
    const job = made.server.enqueue([
      bashStep('a', 'echo ready; sleep 1', { condition: 'always()' }),
      bashStep('b', 'true', { condition: 'always()' }),
    ]);
    await until(job, 'a');
    return { ...made, job };
  }

  it('gracefully: the job is finished first', async () => {
    const { agent, job } = await withJob();
    await agent.stop({ graceful: true });
    expect((await job.finished).result).toBe('succeeded');
    expect(await agent.ended).toBe('stopped');
  });

  it('at once: the step is stopped, no condition is asked any more (AGENT-10)', async () => {
    const { agent, job } = await withJob();
    await agent.stop({ graceful: false });
    const finished = await job.finished;
    expect(finished).toMatchObject({
      result: 'canceled',
      message: 'The agent was stopped while the job ran.',
    });
    expect(job.results()).toMatchObject({ a: 'canceled', b: 'skipped' });
  });

  it('at once, after gracefully took too long', async () => {
    const { agent, job } = await withJob();
    const graceful = agent.stop({ graceful: true });
    await agent.stop({ graceful: false });
    await graceful;
    expect((await job.finished).result).toBe('canceled');
  });
});
