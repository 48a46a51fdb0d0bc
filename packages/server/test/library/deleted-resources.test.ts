import type { WireCheck, WireDefinition, WireEnvironment } from '@signalbox/api';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { connectAgent, type FakeAgent } from '../support/fake-agent.ts';
import { makeProject, queue, runOf } from '../support/project.ts';
import { testServer, type TestServer } from '../support/test-server.ts';

describe('a resource that is deleted between two stages of a run (CHK-54)', () => {
  let box: TestServer;
  let agent: FakeAgent;
  let definition: WireDefinition;
  let environment: WireEnvironment;

  beforeEach(async () => {
    box = await testServer();
    ({ definition } = await makeProject(box));
    environment = await box.json('POST', '/Demo/_apis/distributedtask/environments', { name: 'qa' });
    await box.json<WireCheck>('POST', '/Demo/_apis/pipelines/checks/configurations', {
      type: { id: '8C6F20A7-A545-4486-9777-F762FAFE0D4D', name: 'Approval' },
      resource: { type: 'environment', id: String(environment.id) },
      settings: { approvers: [{ displayName: 'ann' }] },
    });
    agent = await connectAgent(box);
  });

  afterEach(async () => {
    await box.close();
  });

  const path = (): string => `/Demo/_apis/distributedtask/environments/${environment.id}`;

  /** Ends the first stage; the second one begins, or not. */
  async function finishBuild(): Promise<void> {
    const job = await agent.poll();
    if (job !== undefined) await agent.finish(job);
    await box.server.settle();
  }

  it('fails the later stage, which does not run without the checks that went with it', async () => {
    const run = await queue(box, 'Demo', definition.id);
    expect((await box.call('DELETE', path())).statusCode).toBe(204);
    await box.server.settle();
    await finishBuild();
    const { stages, result } = await runOf(box, 'Demo', run.id);
    const message = 'qa does not exist any more: it was deleted after the run was queued.';
    expect([stages[0]?.result, stages[1]?.result, result]).toEqual(['succeeded', 'failed', 'failed']);
    expect(stages[1]?.reason).toEqual({ kind: 'checkRejected', check: 'qa', message });
    expect(await agent.poll()).toBeUndefined();
  });

  it('is answered with 404 the second time, and a new one of the same name is no way in', async () => {
    const run = await queue(box, 'Demo', definition.id);
    await box.call('DELETE', path());
    expect((await box.call('DELETE', path())).statusCode).toBe(404);
    await box.json('POST', '/Demo/_apis/distributedtask/environments', { name: 'qa' });
    await finishBuild();
    expect((await runOf(box, 'Demo', run.id)).stages[1]?.result).toBe('failed');
  });

  it('stays closed when the server died after the row, before the checks and the runs', async () => {
    const run = await queue(box, 'Demo', definition.id);
    const [project] = await box.store.projects.list();
    await box.store.environments.remove(project?.id ?? 0, environment.id);
    expect((await box.call('DELETE', path())).statusCode).toBe(404);
    await finishBuild();
    expect((await runOf(box, 'Demo', run.id)).stages[1]?.result).toBe('failed');
  });
});
