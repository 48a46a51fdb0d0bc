import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { bashStep, type FakeJob } from '../support/fake-server.ts';
import { eventually, scene } from '../support/scene.ts';

const READY = 'echo ready; sleep 60';

async function until(job: FakeJob, step: string): Promise<void> {
  await eventually(`${step} says ready`, () => job.logOf(step).includes('ready'));
}

describe('a lease', () => {
  it('is renewed while the job runs, and no longer', async () => {
    const { server } = await scene({ numbers: { renewEveryMs: 50, pollWaitMs: 100 } });
    const job = server.enqueue([bashStep('a', 'sleep 0.6')]);
    await job.finished;
    expect(job.renewals).toBeGreaterThan(2);
    const next = server.enqueue([bashStep('b', 'echo ready; sleep 0.3')]);
    await until(next, 'b');
    const renewals = job.renewals;
    await next.finished;
    expect(job.renewals).toBe(renewals);
  });

  it('that is refused ends the job, clean-up included, without another word (INV-51)', async () => {
    const { server, workFolder, events } = await scene();
    const job = server.enqueue([
      bashStep('a', READY),
      bashStep('b', 'touch cleaned', { condition: 'always()' }),
      bashStep('c', 'touch not-run'),
    ]);
    await until(job, 'a');
    server.revoke(job);
    const facts = job.facts.length;
    await eventually('the job is over', () => events.includes('job-ended'));
    expect(job.facts).toHaveLength(facts);
    const look = server.enqueue([bashStep('look', 'ls')]);
    await look.finished;
    expect(look.logOf('look')).toContain('cleaned');
    expect(look.logOf('look')).not.toContain('not-run');
    expect(workFolder).toBeTruthy();
    // The wait or the renewal learned of it, perhaps both; nothing was tried again.
    expect(job.refusals).toBeLessThanOrEqual(2);
  });

  it('that is refused ends clean-up by force when its time is over', async () => {
    const { server, events } = await scene();
    const job = server.enqueue(
      [bashStep('a', READY), bashStep('b', 'trap "" INT TERM; sleep 60', { condition: 'always()' })],
      { cancelTimeoutInMinutes: 0.02 },
    );
    await until(job, 'a');
    server.revoke(job);
    await eventually('the job is over', () => events.includes('job-ended'));
  });

  it('that runs out while the server is away cancels the job; the result still arrives (RELIABILITY §5.4)', async () => {
    const { server, events } = await scene({ numbers: { renewEveryMs: 100, leaseMs: 600 } });
    const job = server.enqueue([
      bashStep('a', READY),
      bashStep('b', 'echo tidied', { condition: 'always()' }),
      bashStep('c', 'true'),
    ]);
    await until(job, 'a');
    await server.kill();
    await eventually('the lease expires', () => events.includes('lease-expired'));
    await server.restart();
    const finished = await job.finished;
    expect(finished).toMatchObject({
      result: 'canceled',
      message: expect.stringContaining('could not reach') as string,
    });
    expect(job.results()).toMatchObject({ a: 'canceled', b: 'succeeded', c: 'skipped' });
    expect(job.text('b')).toContain('tidied');
  });

  it('that runs out does not end a job that a lock protects (Q6, RELIABILITY §5.4)', async () => {
    const { server, events } = await scene({ numbers: { renewEveryMs: 100, leaseMs: 300 } });
    const job = server.enqueue([bashStep('a', 'echo ready; sleep 1.5; echo applied')], { protected: true });
    await until(job, 'a');
    await server.kill();
    const since = Date.now();
    await eventually('the lease is over', () => Date.now() - since > 600 && events.includes('renew-failed'));
    await server.restart();
    expect(await job.finished).toMatchObject({ result: 'succeeded' });
    expect(events).not.toContain('lease-expired');
    expect(job.text('a')).toContain('applied');
  });

  it('that runs out does not wait for a full log buffer to clean up', async () => {
    const { server, events, workFolder } = await scene({ numbers: { renewEveryMs: 100, leaseMs: 600 } });
    const job = server.enqueue([
      bashStep('a', 'echo ready; yes "a line of a step that never stops talking"'),
      bashStep('b', 'touch cleaned', { condition: 'always()' }),
    ]);
    await eventually('the step talks', () => job.logOf('a').length > 100);
    await server.kill();
    await eventually('the lease expires', () => events.includes('lease-expired'));
    await eventually('clean-up is done', () => existsSync(join(workFolder, '1', 's', 'cleaned')));
    await server.restart();
    expect((await job.finished).result).toBe('canceled');
    expect(job.problems).toEqual([]);
  });

  it('that runs out when only the reports are left does not spoil the result', async () => {
    const { server, events } = await scene({ numbers: { renewEveryMs: 100, leaseMs: 600 } });
    const job = server.enqueue([bashStep('a', 'echo ready; sleep 0.3')]);
    await until(job, 'a');
    await server.kill();
    await eventually('the lease expires', () => events.includes('lease-expired'));
    await server.restart();
    expect((await job.finished).result).toBe('succeeded');
  });

  it('survives a server that is away for a part of it', async () => {
    const { server, events } = await scene({ numbers: { renewEveryMs: 100, leaseMs: 20_000 } });
    const job = server.enqueue([
      bashStep('a', 'echo ready; for i in $(seq 1 20); do echo "line $i"; sleep 0.1; done'),
      bashStep('b', 'echo after'),
    ]);
    await until(job, 'a');
    for (let times = 0; times < 2; times += 1) {
      await server.kill();
      await eventually('a renewal fails', () => events.includes('renew-failed'));
      events.length = 0;
      await server.restart();
    }
    expect((await job.finished).result).toBe('succeeded');
    const lines = job.logOf('a').filter((line) => line.startsWith('line '));
    expect(lines).toEqual(Array.from({ length: 20 }, (_, index) => `line ${index + 1}`));
    expect(job.problems).toEqual([]);
    expect(job.results()).toMatchObject({ a: 'succeeded', b: 'succeeded', finalize: 'succeeded' });
  });

  it('loses nothing when answers get lost, and repeats nothing (F9)', async () => {
    const { server } = await scene();
    let count = 0;
    server.intercept = (path) => {
      if (!/\/(?:report|log)$/.test(path)) return undefined;
      count += 1;
      if (count % 3 === 0) return undefined;
      return count % 3 === 1 ? 'drop' : 503;
    };
    const job = server.enqueue([
      bashStep('a', 'seq 1 20000'),
      bashStep('b', 'echo "##vso[task.setvariable variable=o;isoutput=true]1"'),
    ]);
    expect((await job.finished).result).toBe('succeeded');
    expect(job.problems).toEqual([]);
    expect(job.logOf('a').filter((line) => /^\d+$/.test(line))).toEqual(
      Array.from({ length: 20_000 }, (_, index) => String(index + 1)),
    );
    expect(job.facts.filter(({ kind }) => kind === 'output')).toHaveLength(1);
    expect(job.facts.filter(({ kind }) => kind === 'finished')).toHaveLength(1);
  });

  it('is not given up for one request that the server cannot take', async () => {
    const { server, events } = await scene();
    server.intercept = (path) => (path.endsWith('/log') ? 413 : undefined);
    const job = server.enqueue([bashStep('a', 'echo hi')]);
    expect((await job.finished).result).toBe('succeeded');
    expect(events).toContain('log-refused');
  });

  it('is not given up for one fact that the server cannot take; the others arrive', async () => {
    const { server } = await scene();
    server.refuseFact = (fact) => fact.kind === 'output';
    const set = 'echo "##vso[task.setvariable variable=o;isoutput=true]1"';
    const job = server.enqueue([bashStep('a', set), bashStep('b', 'true')]);
    expect((await job.finished).result).toBe('succeeded');
    expect(job.results()).toEqual({
      initialize: 'succeeded',
      a: 'succeeded',
      b: 'succeeded',
      finalize: 'succeeded',
    });
    expect(job.problems).toEqual([]);
  });
});
