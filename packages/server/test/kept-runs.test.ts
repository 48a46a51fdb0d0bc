import type { AgentJob } from '@signalbox/api';
import { afterEach, describe, expect, it } from 'vitest';
import { removeOldRuns } from '../src/work/retention.ts';
import { connectAgent, type FakeAgent } from './support/fake-agent.ts';
import { makeProject, ONE_JOB, queue } from './support/project.ts';
import { commitFiles } from './support/repository.ts';
import { testServer, type TestServer } from './support/test-server.ts';

const DAY = 86_400_000;

describe('retention', () => {
  let box: TestServer;
  let now = Date.UTC(2026, 0, 1);

  afterEach(async () => {
    await box.close();
  });

  /** A project of one job; answers the agent that does it. */
  async function scene(): Promise<FakeAgent> {
    box = await testServer({ clock: () => now, pollWaitMs: 10 });
    await makeProject(box, { yaml: ONE_JOB });
    return connectAgent(box);
  }

  async function runOnce(agent: FakeAgent): Promise<number> {
    const { id } = await queue(box, 'Demo', 1);
    await agent.finish(await take(agent));
    await box.server.settle();
    return id;
  }

  async function take(agent: FakeAgent): Promise<AgentJob> {
    await box.server.settle();
    const job = await agent.poll();
    if (job === undefined) throw new Error('No job is there.');
    return job;
  }

  async function listed(): Promise<readonly number[]> {
    const { value } = await box.json<{ value: { id: number }[] }>('GET', '/Demo/_apis/build/builds');
    return value.map(({ id }) => id);
  }

  it('removes what is older than its days, but the newest of the branch and what a lease keeps', async () => {
    const agent = await scene();
    for (let run = 0; run < 4; run += 1) await runOnce(agent);
    const day = { runRetention: { value: 10 }, retainRunsPerProtectedBranch: { value: 1 } };
    await box.json('PATCH', '/Demo/_apis/build/retention', day);
    await box.json('PATCH', '/Demo/_apis/build/builds/1', { keepForever: true });
    now += 10 * DAY - 1;
    expect(await removeOldRuns(box.store, now)).toBe(0);
    now += 1;
    expect(await removeOldRuns(box.store, now)).toBe(2);
    expect(await listed()).toEqual([4, 1]);
    expect(await box.store.runs.removal(2)).toMatchObject({ by: 'retention' });
    expect(await removeOldRuns(box.store, now)).toBe(0);
  });

  it('has days of their own for runs of pull requests, and removes nothing unless it was told to', async () => {
    const agent = await scene();
    await runOnce(agent);
    now += 10_000 * DAY;
    expect(await removeOldRuns(box.store, now)).toBe(0);
    const pulls = { pullRequestRunRetention: { value: 1 }, retainRunsPerProtectedBranch: { value: 0 } };
    await box.json('PATCH', '/Demo/_apis/build/retention', pulls);
    expect(await removeOldRuns(box.store, now)).toBe(0);
    await box.json('PATCH', '/Demo/_apis/build/retention', { runRetention: { value: 5 } });
    expect(await removeOldRuns(box.store, now)).toBe(1);
    expect(await listed()).toEqual([]);
  });

  it('lets a step keep its own run, and no other', async () => {
    const agent = await scene();
    await runOnce(agent);
    await queue(box, 'Demo', 1);
    const job = await take(agent);
    const keep = async (runId: number): Promise<number> => {
      const body = [{ daysValid: 1, definitionId: 1, ownerId: 'step', runId }];
      const options = { body, token: job.accessToken };
      return (await box.call('POST', '/Demo/_apis/build/retention/leases', options)).statusCode;
    };
    expect(await keep(1)).toBe(403);
    expect(await keep(2)).toBe(200);
    await box.json('PATCH', '/Demo/_apis/build/builds/1', { keepForever: true });
    const end = async (ids: string): Promise<number> => {
      const path = `/Demo/_apis/build/retention/leases?ids=${ids}`;
      return (await box.call('DELETE', path, { token: job.accessToken })).statusCode;
    };
    expect(await end('1,2')).toBe(403);
    expect(await end('1')).toBe(204);
  });

  it('tells the commits since the run before, newest first and page by page', async () => {
    box = await testServer({ clock: () => now, pollWaitMs: 10 });
    const { folder } = await makeProject(box, { yaml: ONE_JOB });
    const agent = await connectAgent(box);
    await runOnce(agent);
    const commits = ['one', 'two', 'three'].map((name) => commitFiles(folder, { [name]: '' }));
    now += 1;
    await runOnce(agent);
    const first = await box.call('GET', '/Demo/_apis/build/builds/2/changes?$top=2');
    expect(ids(first.json())).toEqual([commits[2], commits[1]]);
    expect(first.json()).toMatchObject({
      value: [{ message: 'A change', author: { displayName: 'Test' } }, {}],
    });
    const next = String(first.headers['x-ms-continuationtoken']);
    const path = `/Demo/_apis/build/builds/2/changes?$top=2&continuationToken=${next}`;
    const last = await box.call('GET', path);
    expect(ids(last.json())).toEqual([commits[0]]);
    expect(last.headers['x-ms-continuationtoken']).toBeUndefined();
    const wrong = await box.call('GET', '/Demo/_apis/build/builds/2/changes?continuationToken=x');
    expect(wrong.statusCode).toBe(400);
  });
});

function ids({ value }: { readonly value: readonly { id: string }[] }): readonly string[] {
  return value.map(({ id }) => id);
}
