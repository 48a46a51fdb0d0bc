import type { FindCacheResponse, LockView, SaveCacheResponse, WireSecureFile } from '@signalbox/api';
import { afterEach, describe, expect, it } from 'vitest';
import { artifactAgent } from './support/artifact-agent.ts';
import { connectAgent } from './support/fake-agent.ts';
import { lockEnvironment, makeProject, ONE_JOB, queue } from './support/project.ts';
import { testServer, type TestServer } from './support/test-server.ts';

const FILES = '/Demo/_apis/distributedtask/securefiles';

describe('what agents and operators do now and then', () => {
  let box: TestServer;

  afterEach(() => box.close());

  it('a job saves a cache once, and a later job finds it by its key or the start of it (ART-8)', async () => {
    box = await testServer();
    const { project, definition } = await makeProject(box, { yaml: ONE_JOB });
    const agent = await connectAgent(box);
    await queue(box, project, definition.id);
    const files = artifactAgent(box, agent, (await agent.poll())!);
    const none = await files.post('caches/find', { key: 'npm|1', restoreKeys: [] });
    expect(none.json()).toEqual({});
    const manifest = await files.send({ 'a.txt': 'one' });
    const save = async (): Promise<boolean> =>
      (await files.post('caches/save', { key: 'npm|1', manifest })).json<SaveCacheResponse>().saved;
    expect([await save(), await save()]).toEqual([true, false]);
    const found = await files.post('caches/find', { key: 'npm|2', restoreKeys: ['npm'] });
    expect(found.json<FindCacheResponse>().cache).toMatchObject({ key: 'npm|1', manifest });
  });

  it('an agent that leaves is offline at once (AGENT-1)', async () => {
    box = await testServer();
    await makeProject(box, { yaml: ONE_JOB });
    const agent = await connectAgent(box);
    const status = async (): Promise<unknown> =>
      (await box.json('GET', `/_apis/distributedtask/pools/1/agents/${agent.id}`))['status'];
    expect(await status()).toBe('online');
    expect((await agent.leave()).statusCode).toBe(204);
    await box.server.settle();
    expect(await status()).toBe('offline');
  });

  it('a secure file is described without its content (TASK-8)', async () => {
    box = await testServer();
    await makeProject(box, { yaml: ONE_JOB });
    const headers = { 'content-type': 'application/octet-stream' };
    const made = await box.call('POST', `${FILES}?name=key.pem`, { body: 'BEGIN KEY', headers });
    const { id } = made.json<WireSecureFile>();
    const answer = await box.call('GET', `${FILES}/${id}`);
    expect(answer.json<WireSecureFile>()).toMatchObject({ id, name: 'key.pem' });
    expect(answer.body).not.toContain('BEGIN KEY');
  });

  /** A run that holds the lock of its environment, by the job of an agent. */
  async function holder(clock: () => number): Promise<{ lock: string; fail: () => Promise<void> }> {
    box = await testServer({ clock, pollWaitMs: 10 });
    const { project, definition } = await makeProject(box);
    await lockEnvironment(box, project);
    const agent = await connectAgent(box);
    await queue(box, project, definition.id);
    await box.server.settle();
    await agent.finish((await agent.poll())!);
    await box.server.settle();
    const job = (await agent.poll())!;
    const fail = async (): Promise<void> => {
      await agent.finish(job, 'failed');
      await box.server.settle();
    };
    return { lock: '/Demo/_apis/signalbox/locks/1', fail };
  }

  it('what a policy keeps after a failure is let go when somebody has seen it (QUEUEING §2)', async () => {
    const now = Date.now();
    const { lock, fail } = await holder(() => now);
    await box.json('PATCH', lock, { onFailure: 'hold' });
    await fail();
    expect((await box.json<LockView>('GET', lock)).holders).toMatchObject([{ bundleId: 1 }]);
    const seen = { reason: 'rolled back by hand' };
    await box.json('POST', '/Demo/_apis/signalbox/bundles/1/acknowledge', seen);
    await box.server.settle();
    expect((await box.json<LockView>('GET', lock)).holders).toEqual([]);
  });

  it('a lock is taken from a holder that is not heard of (LAW-8, LAW-10)', async () => {
    let now = Date.now();
    const { lock } = await holder(() => now);
    now += 6000;
    await box.server.settle();
    const reason = { reason: 'the machine is gone' };
    await box.json('POST', '/Demo/_apis/signalbox/bundles/1/forcerelease', reason);
    await box.server.settle();
    expect((await box.json<LockView>('GET', lock)).holders).toEqual([]);
  });
});
