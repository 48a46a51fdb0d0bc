import { createHash } from 'node:crypto';
import { CONTENT_TYPE } from '@signalbox/api';
import { expect, it } from 'vitest';
import { connectAgent } from '../support/fake-agent.ts';
import { makeProject, queue } from '../support/project.ts';
import { zip } from '../support/stored-zip.ts';
import { ADMIN, testServer } from '../support/test-server.ts';

const ID = '0f077e3a-af59-496d-81bc-ad971b7464e0';
const YAML = 'trigger: none\npool: Default\nsteps:\n  - task: Greet@1\n';

it('an agent fetches the package of a task that its job uses, and no other (TASK-7)', async () => {
  const box = await testServer({ pollWaitMs: 10 });
  const version = { Major: 1, Minor: 0, Patch: 1 };
  const manifest = { id: ID, name: 'Greet', version, execution: { Node20_1: { target: 'main.js' } } };
  const payload = zip({ 'task.json': JSON.stringify(manifest), 'main.js': '' });
  const installed = await box.server.http.inject({
    method: 'PUT',
    url: `/default/_apis/distributedtask/tasks/${ID}`,
    payload,
    headers: { host: '127.0.0.1', authorization: `Bearer ${ADMIN}`, 'content-type': CONTENT_TYPE },
  });
  expect(installed.statusCode, installed.body).toBe(200);
  const { project, definition } = await makeProject(box, { yaml: YAML });
  const agent = await connectAgent(box, { capabilities: { 'Agent.OS': 'Linux', 'Agent.Version': '4.0.0' } });
  await queue(box, project, definition.id);
  await box.server.settle();
  const job = (await agent.poll())!;
  const fetch = (sha256: string) =>
    box.call('GET', `/_apis/signalbox/agent/v1/jobs/${job.request}/tasks/${sha256}?lease=${job.lease}`, {
      token: agent.token,
    });
  const content = await fetch(createHash('sha256').update(payload).digest('hex'));
  expect(content.statusCode, content.body).toBe(200);
  expect(content.rawPayload.equals(payload)).toBe(true);
  expect((await fetch('0'.repeat(64))).statusCode).toBe(404);
  await box.close();
});
