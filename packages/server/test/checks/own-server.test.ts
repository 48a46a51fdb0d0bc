import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { connectAgent } from '../support/fake-agent.ts';
import { makeProject, queue } from '../support/project.ts';
import { addConnection, checkedServer, type CheckedServer } from '../support/waiting-stage.ts';

const OLDEST =
  '/build/builds?definitions=$(System.DefinitionId)&queryOrder=queueTimeAscending&$top=1&statusFilter=notStarted,inProgress,cancelling';
const AS_THE_JOB = JSON.stringify({ Authorization: 'Bearer $(system.AccessToken)' });

describe('a check that asks this very server', () => {
  let at: CheckedServer;
  beforeEach(async () => {
    at = await checkedServer();
    // Nothing of this address is allowed: it is answered inside the process.
    await addConnection(at.box, 'own', `${at.box.server.baseUrl}/Demo/_apis`);
  });
  afterEach(async () => {
    await at.close();
  });

  const own = { connectedServiceName: 'own', method: 'GET', headers: AS_THE_JOB };

  it('lets runs through in the order in which they were queued [U4, HOOK-9, HOOK-8]', async () => {
    await at.addCheck(
      { ...own, urlSuffix: OLDEST, successCriteria: "eq(root['value'][0]['id'], $(Build.BuildId))" },
      { retryInterval: 1, timeout: 1440 },
    );
    const agent = await connectAgent(at.box);
    const runs = [await at.queue(), await at.queue(), await at.queue()];
    const phases = async (): Promise<readonly string[]> =>
      Promise.all(runs.map(async (run) => (await at.stage(run)).phase));
    expect(await phases()).toEqual(['running', 'waiting', 'waiting']);
    await at.pass(3);
    expect(await phases()).toEqual(['running', 'waiting', 'waiting']);
    for (const next of [1, 2]) {
      await agent.finish((await agent.poll())!);
      await at.pass(1);
      expect((await phases()).slice(next)).toEqual(['running', 'waiting'].slice(0, 3 - next));
    }
    expect(at.service.received).toEqual([]);
  });

  it('has the rights of its token there, and never more [HOOK-8]', async () => {
    await makeProject(at.box, { name: 'Other' });
    const queued = { ...own, method: 'POST', urlSuffix: '/build/builds' };
    const body = JSON.stringify({ definition: { id: at.definition } });
    const json = JSON.stringify({
      Authorization: 'Bearer $(system.AccessToken)',
      'Content-Type': 'application/json',
    });
    await at.addCheck({ ...queued, headers: json, body });
    const run = await at.queue();
    expect(await at.stage(run)).toMatchObject({ phase: 'completed', result: 'failed' });
    expect((await at.check(run)).message).toContain('It answered 403');
    const { value } = await at.box.json<{ value: unknown[] }>('GET', '/Demo/_apis/build/builds');
    expect(value).toHaveLength(1);
  });

  it('sees no other project [HOOK-8]', async () => {
    const { definition } = await makeProject(at.box, { name: 'Other' });
    await queue(at.box, 'Other', definition.id);
    await addConnection(at.box, 'other', `${at.box.server.baseUrl}/Other/_apis`);
    await at.addCheck({ ...own, connectedServiceName: 'other', urlSuffix: '/build/builds' });
    const run = await at.queue();
    expect((await at.check(run)).message).toContain('It answered 404');
  });
});
