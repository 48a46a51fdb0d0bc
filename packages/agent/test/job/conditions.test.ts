import { describe, expect, it } from 'vitest';
import { script } from '../support/fake-server.ts';
import { scene } from '../support/scene.ts';

describe('the steps of a job', () => {
  it('after a failure run by their conditions; the job does not improve (STEP-1, STEP-4, RES-5, REC-175, EXPR-60)', async () => {
    const { server } = await scene();
    const job = server.enqueue([
      script('breaks', 'exit 1'),
      script('normal', 'true'),
      script('always', 'echo "status $AGENT_JOBSTATUS"', { condition: 'always()' }),
      script('failed', 'true', { condition: 'failed()' }),
      script('either', 'true', { condition: 'succeededOrFailed()' }),
      script('canceled', 'true', { condition: 'canceled()' }),
      script('custom', 'true', { condition: "eq(variables['System.TaskInstanceName'], 'custom')" }),
    ]);
    expect((await job.finished).result).toBe('failed');
    expect(job.results()).toEqual({
      initialize: 'succeeded',
      breaks: 'failed',
      normal: 'skipped',
      always: 'succeeded',
      failed: 'succeeded',
      either: 'succeeded',
      canceled: 'skipped',
      custom: 'succeeded',
      finalize: 'succeeded',
    });
    expect(job.text('always')).toContain('status Failed');
  });

  it('after a failure that may happen run on; the job has issues (RES-9, STEP-4, REC-175)', async () => {
    const { server } = await scene();
    const job = server.enqueue([
      script('breaks', 'exit 1', { continueOnError: true }),
      script('normal', 'echo "status $AGENT_JOBSTATUS"'),
    ]);
    expect((await job.finished).result).toBe('succeededWithIssues');
    expect(job.results()).toMatchObject({ breaks: 'succeededWithIssues', normal: 'succeeded' });
    expect(job.text('normal')).toContain('status SucceededWithIssues');
  });

  it('fail where the condition cannot be evaluated, and the job with them (STEP-1)', async () => {
    const { server } = await scene();
    const job = server.enqueue([
      script('odd', 'echo ran', { condition: "gt(1, variables['nothing.of.the.kind'], 'x')" }),
      script('unfit', 'echo ran', { condition: "gt(1, 'x')" }),
      script('failed', 'true', { condition: 'failed()' }),
    ]);
    expect((await job.finished).result).toBe('failed');
    expect(job.results()).toMatchObject({ odd: 'failed', unfit: 'failed', failed: 'succeeded' });
    expect(job.step('unfit')?.issues[0]?.message).toContain(
      'The condition "gt(1, \'x\')" cannot be evaluated',
    );
    expect(job.text('odd') + job.text('unfit')).not.toMatch(/^ran$/m);
  });

  it('that a command calls skipped or canceled leave the result of the job as it is (RES-5, LOG-14)', async () => {
    const { server } = await scene();
    const job = server.enqueue([
      script('skipped', 'echo "##vso[task.complete result=Skipped]"'),
      script('canceled', 'echo "##vso[task.complete result=Canceled]"'),
      script('normal', 'true'),
    ]);
    expect((await job.finished).result).toBe('succeeded');
    expect(job.results()).toMatchObject({ skipped: 'skipped', canceled: 'canceled', normal: 'succeeded' });
  });

  it('are counted from 1, the implicit ones included, each reported at its begin and its end (STEP-2)', async () => {
    const { server } = await scene();
    const job = server.enqueue([script('a', 'true'), script('b', 'true', { condition: 'false' })]);
    await job.finished;
    const steps = job.facts.flatMap((fact) => (fact.kind === 'step' ? [fact.step] : []));
    expect(steps.map(({ order, name, state }) => `${order} ${name} ${state}`)).toEqual([
      '1 initialize inProgress',
      '1 initialize completed',
      '2 a inProgress',
      '2 a completed',
      '3 b completed',
      '4 finalize inProgress',
      '4 finalize completed',
    ]);
    expect(steps[3]).toMatchObject({ log: 2, errorCount: 0, warningCount: 0 });
    expect(steps[4]).not.toHaveProperty('log');
  });

  it('keep the first ten errors and count all (AGENT-12)', async () => {
    const { server } = await scene();
    const job = server.enqueue([
      script('s', 'for i in $(seq 1 30); do echo "##vso[task.logissue type=error]e$i"; done'),
    ]);
    await job.finished;
    const step = job.step('s');
    expect(step?.errorCount).toBe(30);
    expect(step?.issues.map(({ message }) => message)).toEqual(
      Array.from({ length: 10 }, (_, i) => `e${i + 1}`),
    );
    expect(job.logOf('s')).toContain('##[error]e30');
  });

  it('leave no secret in anything that is said (INV-61)', async () => {
    const { server } = await scene();
    const job = server.enqueue(
      [
        script(
          's',
          'echo "hint-xyz $TOKEN $(printf %s "$TOKEN" | base64)"; echo "##vso[task.logissue type=error]bad $TOKEN"; echo "##vso[nonsense $TOKEN"; exit 1',
          {
            env: { TOKEN: '$(System.AccessToken)' },
            displayName: 'Use $(System.AccessToken)',
          },
        ),
      ],
      { secrets: ['hint-xyz'] },
    );
    await job.finished;
    expect(job.step('s')?.displayName).toBe('Use ***');
    expect(job.step('s')?.issues.map(({ message }) => message)).toContain('bad ***');
    expect(job.everything()).not.toMatch(/job-token|hint-xyz|am9iLXRva2Vu/);
  });
});
