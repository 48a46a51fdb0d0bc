import type { Collection, SubscriptionView, WireHook, WireHookNotification } from '@signalbox/api';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { hashOf } from '../src/auth/secret.ts';
import { connectAgent } from './support/fake-agent.ts';
import { httpReceiver, type HttpReceiver } from './support/http-receiver.ts';
import { makeProject, ONE_JOB, queue } from './support/project.ts';
import { testServer, type TestServer } from './support/test-server.ts';

const HOOKS = '/_apis/hooks/subscriptions';

describe('service hooks (REST.md §3.9)', () => {
  let box: TestServer;
  let receiver: HttpReceiver;
  let definition = 0;

  beforeEach(async () => {
    receiver = await httpReceiver();
    box = await testServer({ outbound: [receiver.target] });
    definition = (await makeProject(box, { yaml: ONE_JOB })).definition.id;
  });

  afterEach(async () => {
    await box.close();
    await receiver.close();
  });

  const hook = (more: object = {}): Record<string, unknown> => ({
    publisherId: 'tfs',
    eventType: 'build.complete',
    resourceVersion: '1.0',
    consumerId: 'webHooks',
    consumerActionId: 'httpRequest',
    publisherInputs: { projectId: 'Demo', buildStatus: 'Succeeded', definitionName: '' },
    consumerInputs: {
      url: `${receiver.url}/hook?key=s3cret`,
      httpHeaders: 'X-Team: payments\nX-Other:1',
      basicAuthUsername: 'ann',
      basicAuthPassword: 'pa55word',
      messagesToSend: 'text',
      detailedMessagesToSend: 'none',
    },
    ...more,
  });
  async function runOnce(): Promise<void> {
    await queue(box, 'Demo', definition);
    const agent = await connectAgent(box);
    const job = await agent.poll();
    if (job === undefined) throw new Error('there is no job');
    await agent.finish(job);
    await box.server.settle();
  }

  it('send what their maker asked for, and come back without their secrets', async () => {
    const made = await box.json<WireHook>('POST', HOOKS, hook());
    expect(made).toMatchObject({
      status: 'enabled',
      consumerId: 'webHooks',
      publisherInputs: { projectId: 'Demo', buildStatus: 'Succeeded' },
      consumerInputs: {
        url: `${receiver.url}/********`,
        httpHeaders: 'X-Team:********\nX-Other:********',
        basicAuthUsername: 'ann',
        basicAuthPassword: '********',
      },
    });
    await runOnce();
    const [call] = receiver.received;
    expect(receiver.received).toHaveLength(1);
    expect(call).toMatchObject({
      path: '/hook?key=s3cret',
      headers: { 'x-team': 'payments', authorization: expect.stringMatching(/^Basic /) as string },
    });
    const body = JSON.parse(call?.body ?? '{}') as Record<string, unknown>;
    expect(body).toMatchObject({
      subscriptionId: made.id,
      eventType: 'build.complete',
      resourceVersion: '1.0',
      // Where the first version had the result.
      resource: { status: 'succeeded' },
    });
    expect(Object.keys(body['message'] as object)).toEqual(['text']);
    expect(body['detailedMessage']).toBeUndefined();
    const { value } = await box.json<Collection<WireHookNotification>>(
      'GET',
      `${HOOKS}/${made.id}/notifications`,
    );
    expect(value).toMatchObject([
      { status: 'completed', result: 'succeeded', eventId: body['id'], details: { requestAttempts: 1 } },
    ]);
  });

  it('keep their secrets when asterisks come back, and are listed, replaced and removed', async () => {
    const { id } = await box.json<WireHook>('POST', HOOKS, hook());
    const seen = await box.json<WireHook>('GET', `${HOOKS}/${id}`);
    await box.json('PUT', `${HOOKS}/${id}`, { ...seen, publisherInputs: { projectId: 'Demo' } });
    await runOnce();
    expect(receiver.received[0]).toMatchObject({
      path: '/hook?key=s3cret',
      headers: { 'x-team': 'payments' },
    });
    const disabled = await box.json<WireHook>('PUT', `${HOOKS}/${id}`, { ...seen, status: 'disabledByUser' });
    expect(disabled.status).toBe('disabledByUser');
    const list = (query: string): Promise<Collection<WireHook>> => box.json('GET', `${HOOKS}?${query}`);
    expect((await list('publisherId=tfs&eventType=BUILD.complete')).value).toHaveLength(1);
    expect((await list('eventType=git.push')).value).toEqual([]);
    const own = await box.json<Collection<SubscriptionView>>('GET', '/Demo/_apis/signalbox/notifications');
    expect(own.value[0]).toMatchObject({ id, events: ['run.completed'] });
    const changed = await box.call('PATCH', `/Demo/_apis/signalbox/notifications/${id}`, {
      body: { events: [] },
    });
    expect(changed.statusCode).toBe(409);
    await box.json('DELETE', `${HOOKS}/${id}`);
    expect((await box.call('GET', `${HOOKS}/${id}`)).statusCode).toBe(404);
  });

  it('belong to a project: a token of another one does not know of them', async () => {
    const { id } = await box.json<WireHook>('POST', HOOKS, hook());
    await box.json('POST', '/_apis/projects', { name: 'Other' });
    const other = await box.store.projects.find('Other');
    if (other === undefined) throw new Error('there is no other project');
    const token = 'a-token-of-another-project-0001';
    const scope = { name: 'other', scope: 'administrator', project: other.id };
    await box.store.tokens.create({ hash: hashOf(token), ...scope });
    expect((await box.call('GET', `${HOOKS}/${id}`, { token })).statusCode).toBe(404);
    expect((await box.call('GET', HOOKS, { token })).json()).toEqual({ count: 0, value: [] });
    expect((await box.call('POST', HOOKS, { token, body: hook() })).statusCode).toBe(404);
    expect((await box.call('GET', `/Demo/_apis/signalbox/notifications/${id}`, { token })).statusCode).toBe(
      404,
    );
  });

  it.each([
    [{ consumerId: 'slack' }, /^"consumerId" is "webHooks"/],
    [{ eventType: 'git.push' }, /^"eventType" is one of: build\.complete,/],
    [{ publisherId: 'pipelines' }, /^"build\.complete" is an event of the publisher "tfs"\.$/],
    [{ publisherInputs: {} }, /^"publisherInputs" names the project/],
    [{ publisherInputs: { projectId: 'Demo', branch: 'main' } }, /has no setting "branch"\.$/],
    [{ consumerInputs: { url: 'https://a', acceptUntrustedCerts: 'true' } }, /never true here/],
    [{ consumerInputs: { url: 'https://a', retries: '3' } }, /^"consumerInputs" has no setting "retries"\.$/],
    [{ consumerInputs: { url: 'https://a', httpHeaders: 'broken' } }, /one "Name:Value" on each line/],
    [{ status: 'paused' }, /^"status" is "enabled" or "disabledByUser"\.$/],
  ])('refuse %j', async (more, message) => {
    const answer = await box.call('POST', HOOKS, { body: hook(more) });
    expect(answer.statusCode).toBe(400);
    expect(answer.json<{ message: string }>().message).toMatch(message);
  });
});
