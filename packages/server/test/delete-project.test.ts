import type { WireBuild, WireOperation, WireProject } from '@signalbox/api';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { emptyProjects } from '../src/work/delete-project.ts';
import { connectAgent } from './support/fake-agent.ts';
import { lockEnvironment, makeProject, ONE_JOB, queue } from './support/project.ts';
import { testServer, type TestServer } from './support/test-server.ts';

describe('deleting a project', () => {
  let box: TestServer;

  beforeEach(async () => {
    box = await testServer();
  });

  afterEach(async () => {
    await box.close();
  });

  const guidOf = async (name: string): Promise<string> =>
    (await box.json<WireProject>('GET', `/_apis/projects/${name}`)).id;

  async function finishedRun(): Promise<{ readonly project: string; readonly run: WireBuild }> {
    const { project, definition } = await makeProject(box, { yaml: ONE_JOB });
    const agent = await connectAgent(box);
    const run = await queue(box, project, definition.id);
    await box.server.settle();
    const job = await agent.poll();
    if (job === undefined) throw new Error('The agent got no job.');
    await agent.finish(job);
    await box.server.settle();
    return { project, run };
  }

  it('takes its runs with their logs, its secrets and its tokens, though leases kept the runs', async () => {
    const { project, run } = await finishedRun();
    const path = `/${project}/_apis`;
    await box.json('PATCH', `${path}/build/builds/${run.id}`, { keepForever: true });
    await box.json('POST', `${path}/serviceendpoint/endpoints`, {
      name: 'gate',
      type: 'generic',
      url: 'https://gate.example.org/',
      authorization: { scheme: 'Token', parameters: { apitoken: 'hunter2' } },
    });
    const guid = await guidOf(project);
    const { id } = await box.json<WireOperation>('DELETE', `/_apis/projects/${project}`);
    expect(await box.json('GET', `/_apis/operations/${id}`)).toMatchObject({ status: 'succeeded' });
    expect((await box.call('GET', `/_apis/build/builds/${run.id}`)).statusCode).toBe(404);
    expect((await box.call('GET', `/${guid}/_apis/build/builds`)).statusCode).toBe(404);
    expect(await box.store.runs.removal(run.id)).toMatchObject({ by: 'the deletion of the project' });
    const [row] = await box.store.projects.deleting();
    expect(row).toMatchObject({ guid, name: guid });
    const here = row?.id ?? 0;
    expect(await box.store.connections.list(here)).toEqual([]);
    expect(await box.store.definitions.list(here)).toEqual([]);
    expect(await box.store.pools.queues(here)).toEqual([]);
  });

  it('is refused while somebody holds a lock', async () => {
    const { project } = await makeProject(box);
    await lockEnvironment(box, project);
    const held = await box.call('POST', `/${project}/_apis/signalbox/leases`, {
      body: { requestId: 'one', caller: 'by hand', locks: [1], leaseSeconds: 600 },
    });
    expect(held.statusCode, held.body).toBeLessThan(300);
    await box.server.settle();
    const refused = await box.call('DELETE', `/_apis/projects/${project}`);
    expect([refused.statusCode, refused.json()]).toEqual([
      409,
      expect.objectContaining({ code: 'project-in-use', message: expect.stringContaining('qa') as string }),
    ]);
  });

  it('waits for a run that came in the last instant, and goes on when it is over', async () => {
    const { project, definition } = await makeProject(box, { yaml: ONE_JOB });
    const run = await queue(box, project, definition.id);
    const row = await box.store.projects.find(project);
    // As if the run had come between the question and the answer.
    const guid = row?.guid ?? '';
    await box.store.projects.update(row?.id ?? 0, { state: 'deleting', name: guid });
    await emptyProjects(box.store);
    expect(await box.json('GET', `/_apis/operations/${guid}`)).toMatchObject({ status: 'inProgress' });
    const cancel = { type: 'Cancel', by: 'ann' } as const;
    await box.store.inbox.execute({ to: { kind: 'run', id: run.id }, body: cancel }, 'cancel-it');
    await box.server.settle();
    await emptyProjects(box.store);
    expect(await box.json('GET', `/_apis/operations/${guid}`)).toMatchObject({ status: 'succeeded' });
  });
});
