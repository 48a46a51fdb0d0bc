import type { LockView, ResourceLocks, WireBuild, WireTimeline } from '@signalbox/api';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { connectAgent } from './support/fake-agent.ts';
import { lockEnvironment, makeProject, queue, runOf } from './support/project.ts';
import { testServer, type TestServer } from './support/test-server.ts';

describe('a run from the queue to the end, through the agent protocol', () => {
  let box: TestServer;

  beforeEach(async () => {
    box = await testServer();
  });

  afterEach(async () => {
    await box.close();
  });

  it('deploys two runs one after the other behind the lock', async () => {
    const { project, definition } = await makeProject(box);
    await lockEnvironment(box, project);
    const agents = [await connectAgent(box, { name: 'a' }), await connectAgent(box, { name: 'b' })];
    const [a, b] = agents as [(typeof agents)[0], (typeof agents)[0]];
    const first = await queue(box, project, definition.id);
    const second = await queue(box, project, definition.id);
    expect(first.status).not.toBe('completed');

    const [jobA, jobB] = await Promise.all([a.poll(), b.poll()]);
    expect([jobA?.specification.job, jobB?.specification.job]).toEqual(['Compile', 'Compile']);
    await a.finish(jobA!);
    const deployFirst = await a.poll();
    expect(deployFirst?.specification).toMatchObject({ stage: 'Deploy', job: 'Roll', hook: 'deploy' });
    const lockToken = deployFirst?.specification.variables.find((one) => /lock/i.test(one.name));
    expect(lockToken?.value).toContain('1');

    await b.finish(jobB!);
    const [lock] = (await box.json<{ value: LockView[] }>('GET', `/${project}/_apis/signalbox/locks`)).value;
    expect(lock?.holders.map((one) => one.runId)).toEqual([deployFirst!.specification.run]);
    expect(lock?.waiters).toHaveLength(1);
    expect(lock?.waiters[0]).toMatchObject({ position: 1, status: 'queued' });
    expect(lock?.waiters[0]?.reasons[0]).toContain('qa is held by run');
    const waiter = lock!.waiters[0]!.runId;

    const timeline = await box.json<WireTimeline>('GET', `/${project}/_apis/build/builds/${waiter}/Timeline`);
    const stage = timeline.records.find((one) => one.type === 'Stage' && one.name === 'Deploy');
    const exclusive = timeline.records.find((one) => one.type === 'Checkpoint.ExclusiveLock');
    expect(stage).toMatchObject({ state: 'pending', startTime: null });
    expect(exclusive).toMatchObject({ state: 'inProgress', result: null });

    await a.finish(deployFirst!);
    const deploySecond = await b.poll();
    expect(deploySecond?.specification).toMatchObject({ stage: 'Deploy', run: waiter });
    await b.finish(deploySecond!);
    await box.server.settle();
    for (const run of [first, second]) {
      expect(await runOf(box, project, run.id)).toMatchObject({ status: 'completed', result: 'succeeded' });
    }
    const after = await box.json<ResourceLocks>(
      'GET',
      `/${project}/_apis/pipelines/resourcelocks?resourceType=environment&status=finished,inUse,queued`,
    );
    expect(after.value.map((one) => [one.status, one.token])).toEqual([
      ['finished', 2],
      ['finished', 1],
    ]);
    expect(after.expected).toEqual([]);
    const records = await box.json<{ count: number }>(
      'GET',
      `/${project}/_apis/distributedtask/environments/1/environmentdeploymentrecords`,
    );
    expect(records.count).toBe(2);
  });

  it('answers the oldest unfinished run to a job, and logs in three forms (X-25)', async () => {
    const { project, definition } = await makeProject(box);
    const agent = await connectAgent(box);
    const oldest = await queue(box, project, definition.id);
    await queue(box, project, definition.id);
    const job = await agent.poll();
    const path =
      `/${project}/_apis/build/builds?definitions=${definition.id}&queryOrder=queueTimeAscending&$top=1` +
      '&statusFilter=notStarted,inProgress,cancelling';
    const answer = await box.call('GET', path, { token: job!.accessToken });
    expect(answer.json<{ value: WireBuild[] }>().value.map((one) => one.id)).toEqual([oldest.id]);

    await agent.finish(job!);
    const after = await box.call('GET', path, { token: job!.accessToken });
    expect(after.statusCode).toBe(401);
    const logs = await box.json<{ value: { id: number; lineCount: number }[] }>(
      'GET',
      `/${project}/_apis/build/builds/${oldest.id}/logs`,
    );
    expect(logs.value).toMatchObject([{ lineCount: 2 }]);
    const log = `/${project}/_apis/build/builds/${oldest.id}/logs/${logs.value[0]?.id}`;
    expect((await box.call('GET', log)).body).toBe('first line\nsecond line\n');
    const part = await box.call('GET', `${log}?startLine=2`, { headers: { accept: 'application/json' } });
    expect(part.json()).toEqual({ count: 1, value: ['second line'] });
    const zip = await box.call('GET', log, { headers: { accept: 'application/zip' } });
    expect(zip.rawPayload.subarray(0, 2).toString()).toBe('PK');
  });

  it('tells the agent of a cancel at once, and refuses an old lease', async () => {
    const { project, definition } = await makeProject(box);
    const agent = await connectAgent(box);
    const run = await queue(box, project, definition.id);
    const job = await agent.poll();
    await agent.report(job!, 1, [{ kind: 'started', at: Date.now() }]);
    const waiting = agent.wait(job!);
    const cancelled = await box.json<WireBuild>('PATCH', `/${project}/_apis/build/builds/${run.id}`, {
      Status: 'Cancelling',
    });
    expect(cancelled.status).toBe('cancelling');
    expect((await waiting).cancel?.budgetMs).toBeGreaterThan(0);
    await agent.report(job!, 2, [{ kind: 'finished', at: Date.now(), result: 'canceled' }]);
    await box.server.settle();
    expect(await runOf(box, project, run.id)).toMatchObject({ status: 'completed', result: 'canceled' });

    const late = await agent.report(job!, 3, [{ kind: 'started', at: Date.now() }]);
    expect([late.statusCode, late.json<{ code: string }>().code]).toEqual([409, 'lease-refused']);
    const repeated = await agent.report(job!, 2, [{ kind: 'finished', at: 0, result: 'canceled' }]);
    expect([204, 422]).toContain(repeated.statusCode);
    expect((await agent.log(job!, 1, 0, ['late'])).statusCode).toBe(409);
    expect((await agent.renew(job!)).statusCode).toBe(409);
  });
});
