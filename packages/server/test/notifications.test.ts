import { createHmac } from 'node:crypto';
import {
  APPROVAL_CHECK,
  type Collection,
  type DeliveryView,
  type SubscriptionView,
  type WireApproval,
} from '@signalbox/api';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startServer } from '../src/index.ts';
import { readAllowed } from '../src/outbound/address-rules.ts';
import { connectAgent } from './support/fake-agent.ts';
import { httpReceiver, type HttpReceiver } from './support/http-receiver.ts';
import { mailServer, type MailServer } from './support/mail-server.ts';
import { DEPLOY_TO_QA, lockEnvironment, makeProject, queue } from './support/project.ts';
import { testServer, type TestServer } from './support/test-server.ts';

const BASE = '/Demo/_apis/signalbox/notifications';
const KEY = 'a-signing-key-of-the-test';
const HOUR = 60 * 60_000;
interface Envelope {
  readonly id: string;
  readonly eventType: string;
  readonly publisherId: string;
  readonly message: { readonly text: string; readonly html: string };
  readonly detailedMessage: { readonly text: string };
  readonly resource: Record<string, unknown>;
}

describe('notifications', () => {
  let now = 1_800_000_000_000;
  let box: TestServer;
  let receiver: HttpReceiver;
  let mail: MailServer;
  let definition = 0;

  beforeEach(async () => {
    now = 1_800_000_000_000;
    receiver = await httpReceiver();
    mail = await mailServer();
    box = await testServer({ clock: () => now, outbound: [receiver.target, mail.target] });
    const made = await makeProject(box, { yaml: DEPLOY_TO_QA });
    definition = made.definition.id;
    await lockEnvironment(box, 'Demo');
  });

  afterEach(async () => {
    await box.close();
    await receiver.close();
    await mail.close();
  });

  const subscribe = (more: object = {}): Promise<SubscriptionView> =>
    box.json('POST', BASE, { name: 'all', target: { kind: 'webhook', url: `${receiver.url}/in` }, ...more });
  const view = (id: string): Promise<SubscriptionView> => box.json('GET', `${BASE}/${id}`);
  const deliveries = async (id: string): Promise<readonly DeliveryView[]> =>
    (await box.json<Collection<DeliveryView>>('GET', `${BASE}/${id}/deliveries`)).value;
  const bodies = (): readonly Envelope[] => receiver.received.map(({ body }) => JSON.parse(body) as Envelope);
  async function pass(ms: number): Promise<void> {
    now += ms;
    await box.server.settle();
  }
  async function askForApproval(): Promise<WireApproval> {
    await box.json('POST', '/Demo/_apis/pipelines/checks/configurations', {
      type: { id: APPROVAL_CHECK },
      resource: { type: 'environment', id: '1' },
      timeout: 60,
      settings: { approvers: [{ displayName: 'administrator' }], instructions: 'Look at *the board*.' },
    });
    await queue(box, 'Demo', definition);
    await box.server.settle();
    const path = '/Demo/_apis/pipelines/approvals?state=pending&$expand=steps';
    const { value } = await box.json<Collection<WireApproval>>('GET', path);
    if (value[0] === undefined) throw new Error('nothing is pending');
    return value[0];
  }

  it('tell a webhook of a run from its start to its end, in the envelope of service hooks', async () => {
    await subscribe();
    await queue(box, 'Demo', definition);
    const agent = await connectAgent(box);
    const job = await agent.poll();
    if (job === undefined) throw new Error('there is no job');
    await agent.finish(job);
    await box.server.settle();
    expect(bodies().map(({ eventType, message }) => `${eventType}: ${message.text}`)).toEqual(
      [
        expect.stringMatching(/^ms\.vss-pipelines\.run-state-changed-event: Run \S+ of deploy started\.$/),
        expect.stringMatching(
          /^ms\.vss-pipelines\.stage-state-changed-event: Stage Deploy of run .* waits\.$/,
        ),
        expect.stringMatching(/^signalbox\.lock\.waiting: Lock qa: stage Deploy of run .* waits\.$/),
        expect.stringMatching(/^signalbox\.lock\.granted: Lock qa: granted to stage Deploy/),
        expect.stringMatching(/^ms\.vss-pipelines\.stage-state-changed-event: Stage Deploy .* started\.$/),
        expect.stringMatching(/^ms\.vss-pipelines\.stage-state-changed-event: Stage Deploy .* succeeded\.$/),
        expect.stringMatching(/^ms\.vss-pipelines\.run-state-changed-event: Run .* succeeded\.$/),
        expect.stringMatching(/^build\.complete: Run .* succeeded\.$/),
        expect.stringMatching(/^signalbox\.lock\.released: Lock qa: released by stage Deploy/),
      ].map((one) => one as string),
    );
    const complete = bodies().find(({ eventType }) => eventType === 'build.complete');
    expect(complete).toMatchObject({
      publisherId: 'tfs',
      resourceVersion: '2.0',
      resource: { id: 1, status: 'completed', result: 'succeeded', definition: { name: 'deploy' } },
      resourceContainers: { project: { id: expect.any(String) as string } },
    });
    const stage = bodies()[5]?.resource;
    expect(stage).toMatchObject({
      stage: { name: 'Deploy', state: 'completed', result: 'succeeded' },
      run: { id: 1, pipeline: { name: 'deploy' } },
    });
  });

  it('sign each call, with the time in it, and give each fact an id of its own', async () => {
    const target = {
      kind: 'webhook',
      url: `${receiver.url}/in?token=s3cret`,
      signingKey: KEY,
      headers: { 'X-Team': 'payments' },
      user: 'ann',
      password: 'pa55word',
    };
    const { id } = await subscribe({ events: ['run.stateChanged'], target });
    await queue(box, 'Demo', definition);
    await box.server.settle();
    const [call] = receiver.received;
    const timestamp = String(call?.headers['x-signalbox-timestamp']);
    const signature = createHmac('sha256', KEY).update(`${timestamp}.${call?.body}`).digest('hex');
    expect(call).toMatchObject({
      path: '/in?token=s3cret',
      headers: {
        'x-signalbox-event': 'run.stateChanged',
        'x-signalbox-signature': `sha256=${signature}`,
        'x-team': 'payments',
        authorization: `Basic ${Buffer.from('ann:pa55word').toString('base64')}`,
      },
    });
    expect(call?.headers['x-signalbox-delivery']).toBe(bodies()[0]?.id);
    const seen = JSON.stringify([await view(id), await deliveries(id)]);
    for (const secret of ['s3cret', 'pa55word', KEY, 'payments']) expect(seen).not.toContain(secret);
    const [row] = await box.store.subscriptions.list();
    for (const secret of ['s3cret', 'pa55word', KEY, 'payments'])
      expect(JSON.stringify(row)).not.toContain(secret);
  });

  it('tell of an approval who waits, since when, until when and who can act (X-29)', async () => {
    await subscribe({ events: ['approval.pending', 'approval.completed'] });
    const { id } = await askForApproval();
    const [pending] = bodies();
    expect(pending).toMatchObject({
      eventType: 'ms.vss-pipelinechecks-events.approval-pending',
      publisherId: 'pipelines',
      resource: { approval: { id, status: 'pending' }, stageName: 'Deploy', resource: { name: 'qa' } },
    });
    const lines = pending?.detailedMessage.text.split('\n') ?? [];
    expect(lines).toContain('Who can act: administrator');
    expect(lines).toContain('Environment: qa');
    expect(lines.some((line) => line.startsWith('Since: 2027-01-15 08:00 UTC'))).toBe(true);
    expect(lines.some((line) => line.startsWith('Until: 2027-01-15 09:00 UTC'))).toBe(true);
    expect(lines.at(-1)).toMatch(/^http.*\/_build\/results\?buildId=1$/);
    await box.call('PATCH', '/Demo/_apis/pipelines/approvals', {
      body: [{ approvalId: id, status: 'approved', comment: 'go' }],
    });
    await box.server.settle();
    expect(bodies()[1]).toMatchObject({
      eventType: 'ms.vss-pipelinechecks-events.approval-completed',
      resource: { approval: { id, status: 'approved' } },
    });
  });

  it('are filtered by pipeline, stage, environment, lock and result', async () => {
    await subscribe({ name: 'a', events: ['run.completed'], filter: { results: ['failed'] } });
    await subscribe({ name: 'b', events: ['lock.granted'], filter: { locks: ['other'] } });
    const { id } = await subscribe({
      name: 'c',
      events: ['lock.granted', 'run.completed'],
      filter: { pipelines: ['Deploy'], environments: ['QA'], results: ['canceled'] },
    });
    await queue(box, 'Demo', definition);
    await box.server.settle();
    await box.json('PATCH', '/Demo/_apis/build/builds/1', { status: 'cancelling' });
    await box.server.settle();
    expect(bodies().map(({ eventType }) => eventType)).toEqual(['signalbox.lock.granted', 'build.complete']);
    expect((await deliveries(id)).map(({ event }) => event)).toEqual(['run.completed', 'lock.granted']);
  });

  it('are tried again with a back-off under the same id, and show how it goes', async () => {
    receiver.answer = () => ({ status: 503 });
    const { id } = await subscribe({ events: ['run.stateChanged'] });
    await queue(box, 'Demo', definition);
    await box.server.settle();
    const [first] = await deliveries(id);
    expect(first).toMatchObject({ state: 'waiting', attempts: 1, result: 'It answered 503.' });
    expect((await view(id)).failingSince).toBe(new Date(now).toISOString());
    await pass(2000);
    expect(receiver.received).toHaveLength(1);
    await pass(3000);
    expect(receiver.received).toHaveLength(2);
    receiver.answer = () => ({ status: 204 });
    await pass(10_000);
    expect((await deliveries(id))[0]).toMatchObject({ state: 'delivered', attempts: 3 });
    expect((await view(id)).failingSince).toBeUndefined();
    expect(new Set(bodies().map((one) => one.id)).size).toBe(1);
    expect(receiver.received.map(({ headers }) => headers['x-signalbox-attempt'])).toEqual(['1', '2', '3']);
  });

  it('fail visibly after a day, can be sent again by hand, and the subscription is disabled after days', async () => {
    receiver.answer = () => ({ status: 500 });
    const { id } = await subscribe({ events: ['run.stateChanged'] });
    await queue(box, 'Demo', definition);
    for (let hour = 0; hour < 26; hour += 1) await pass(HOUR);
    const [failed] = await deliveries(id);
    expect(failed).toMatchObject({
      state: 'failed',
      result: expect.stringMatching(/^Given up after \d+ tries in a day\. It answered 500\.$/) as string,
    });
    const path = `${BASE}/${id}/deliveries/${failed?.id}/redeliver`;
    expect(await box.json('POST', path)).toMatchObject({ state: 'waiting', attempts: 0 });
    expect((await box.call('POST', path, { body: {} })).statusCode).toBe(409);
    for (let hour = 0; hour < 26; hour += 1) await pass(HOUR);
    expect((await view(id)).state).toBe('enabled');
    now += 4 * 24 * HOUR;
    await box.json('POST', path);
    for (let hour = 0; hour < 3; hour += 1) await pass(HOUR);
    expect(await view(id)).toMatchObject({
      state: 'disabledBySystem',
      reason: 'Nothing has arrived since 2027-01-15. The last try: It answered 500.',
    });
    // Enabled again, it hears of what happens from then on.
    receiver.answer = () => ({ status: 200 });
    const before = receiver.received.length;
    const enabled = await box.json<SubscriptionView>('PATCH', `${BASE}/${id}`, { enabled: true });
    expect([enabled.state, enabled.reason]).toEqual(['enabled', undefined]);
    await pass(HOUR);
    expect(receiver.received).toHaveLength(before);
  });

  it('end at once where nobody wants to hear anything any more', async () => {
    receiver.answer = () => ({ status: 410 });
    const { id } = await subscribe();
    await queue(box, 'Demo', definition);
    await box.server.settle();
    expect(await view(id)).toMatchObject({ state: 'disabledBySystem' });
    expect(receiver.received).toHaveLength(1);
    expect((await deliveries(id)).every(({ state }) => state === 'failed')).toBe(true);
  });

  it('come back when the receiver says so', async () => {
    receiver.answer = () => ({ status: 429, headers: { 'retry-after': '120' } });
    const { id } = await subscribe({ events: ['run.stateChanged'] });
    await queue(box, 'Demo', definition);
    await box.server.settle();
    await pass(119_000);
    expect(receiver.received).toHaveLength(1);
    await pass(1000);
    expect(receiver.received).toHaveLength(2);
    expect((await deliveries(id))[0]?.attempts).toBe(2);
  });

  it('never reach an address that the server may not call, by HTTP or by mail, and say so', async () => {
    const web = await subscribe({ target: { kind: 'slack', url: 'http://169.254.169.254/latest' } });
    const post = await subscribe({
      name: 'post',
      target: { kind: 'email', host: '127.0.0.1', port: 9, security: 'none', from: 'a@b.c', to: ['d@e.f'] },
    });
    for (const { id } of [web, post]) {
      await box.json('POST', `${BASE}/${id}/test`);
      await box.server.settle();
      expect((await deliveries(id))[0]).toMatchObject({
        state: 'failed',
        result: expect.stringContaining('may not call') as string,
      });
    }
  });

  it('are lost by nobody: those that wait are sent after a restart, and what happened meanwhile is told', async () => {
    receiver.answer = () => ({ status: 500 });
    const { id } = await subscribe({ events: ['run.stateChanged'] });
    await queue(box, 'Demo', definition);
    await box.server.settle();
    await box.restart();
    receiver.answer = () => ({ status: 200 });
    await pass(5000);
    const states = (await deliveries(id)).map(({ state, attempts }) => [state, attempts]);
    expect(states).toEqual([['delivered', 2]]);
    await queue(box, 'Demo', definition);
    await box.restart();
    await box.server.settle();
    expect((await deliveries(id)).map(({ state }) => state)).toEqual(['delivered', 'delivered']);
    expect(new Set(bodies().map((one) => one.id)).size).toBe(2);
  });

  it('come once, however many replicas read the journal', async () => {
    const { id } = await subscribe();
    const other = await startServer({
      store: box.store,
      organization: 'default',
      host: '127.0.0.1',
      dataFolder: box.folder,
      logLevel: 'silent',
      clock: () => now,
      outbound: { allowed: [readAllowed(receiver.target)].flatMap((one) => one ?? []) },
    });
    for (let run = 0; run < 3; run += 1) await queue(box, 'Demo', definition);
    await Promise.all([box.server.settle(), other.settle()]);
    await Promise.all([box.server.settle(), other.settle()]);
    await other.close();
    const ids = bodies().map((one) => one.id);
    expect(ids.length).toBeGreaterThan(8);
    expect(new Set(ids).size).toBe(ids.length);
    expect(await deliveries(id)).toHaveLength(ids.length);
  });

  it('leave out what cannot be told, and go on behind it', async () => {
    for (let run = 0; run < 2; run += 1) await queue(box, 'Demo', definition);
    const { runs } = box.store;
    const read = runs.get.bind(runs);
    // A run that nobody can read any more, whatever is tried.
    runs.get = (run) => (run === 1 ? Promise.reject(new Error('it cannot be read')) : read(run));
    // The clock stands still: what happened just now counts.
    await subscribe({ events: ['run.stateChanged'] });
    // Tried again a few times first: it may be a passing fault.
    for (let round = 0; round < 4; round += 1) await box.server.settle().catch(() => undefined);
    expect(bodies().map(({ resource }) => resource['run'])).toMatchObject([{ id: 2 }]);
  });

  it('speak to Slack and Teams, several things at once in one message, and mention nobody by accident', async () => {
    const slack = await subscribe({ name: 'a', target: { kind: 'slack', url: `${receiver.url}/slack` } });
    await subscribe({
      name: 'b',
      events: ['approval.pending'],
      target: { kind: 'teams', url: `${receiver.url}/teams` },
    });
    await askForApproval();
    const [toSlack, toTeams] = ['/slack', '/teams'].map((path) =>
      receiver.received.filter((one) => one.path === path).map(({ body }) => body),
    );
    expect(toSlack).toHaveLength(1);
    const { text } = JSON.parse(toSlack?.[0] ?? '{}') as { readonly text: string };
    expect(text).toMatch(
      /^<http[^|]*\|\d+ things happened at once\.>\n• \*08:00:00\*: Run \S+ of deploy started\./,
    );
    expect((await deliveries(slack.id))[0]?.event).toBe('several');
    expect(JSON.parse(toTeams?.[0] ?? '{}')).toMatchObject({
      type: 'message',
      attachments: [
        {
          contentType: 'application/vnd.microsoft.card.adaptive',
          content: {
            type: 'AdaptiveCard',
            body: [
              { text: expect.stringMatching(/^Approval of qa is awaited: stage Deploy of run/) as string },
              {
                facts: expect.arrayContaining([
                  { title: 'Who can act', value: 'administrator' },
                  { title: 'Instructions', value: 'Look at \\*the board\\*.' },
                ]) as unknown,
              },
            ],
            actions: [{ type: 'Action.OpenUrl' }],
          },
        },
      ],
    });
  });

  it('go by mail, with a message id that stays the same at each try', async () => {
    const target = {
      kind: 'email',
      host: '127.0.0.1',
      port: mail.port,
      security: 'none',
      from: 'signalbox@example.com',
      to: ['ann@example.com', 'bob@example.com'],
    };
    const { id } = await subscribe({ events: ['approval.pending'], target });
    mail.refuse = { code: 451, text: 'later please, secret detail' };
    await askForApproval();
    expect((await deliveries(id))[0]).toMatchObject({
      state: 'waiting',
      result: 'The mail server answered 451.',
    });
    mail.refuse = undefined;
    await pass(5000);
    const [delivery] = await deliveries(id);
    expect(delivery).toMatchObject({ state: 'delivered', result: 'The mail server took it.' });
    const [one] = mail.received;
    expect(one).toMatchObject({ from: 'signalbox@example.com', to: target.to });
    expect(one?.raw).toContain(`Message-ID: <${delivery?.deliveryId}@signalbox>`);
    expect(one?.raw).toMatch(/^Subject: Approval of qa is awaited: stage Deploy of run/m);
    expect(one?.raw).toContain('Who can act: administrator');
  });

  it('send no password in clear, and trust no certificate of anybody', async () => {
    const target = { kind: 'email', host: '127.0.0.1', from: 'a@b.c', to: ['d@e.f'] };
    const clear = { ...target, security: 'none', user: 'ann', password: 'x' };
    const refused = await box.call('POST', BASE, { body: { name: 'x', target: clear } });
    expect(refused.json()).toMatchObject({ message: expect.stringContaining('in clear') as string });
    const other = await mailServer({ starttls: true });
    await box.close();
    box = await testServer({ clock: () => now, outbound: [other.target, mail.target] });
    await makeProject(box, { yaml: DEPLOY_TO_QA });
    const sign = { user: 'ann', password: 'pa55word', security: 'startTls' };
    const untrusted = await subscribe({ target: { ...target, ...sign, port: other.port } });
    const without = await subscribe({ target: { ...target, ...sign, port: mail.port } });
    for (const { id } of [untrusted, without]) {
      await box.json('POST', `${BASE}/${id}/test`);
      await box.server.settle();
      expect((await deliveries(id))[0]?.state).toBe('waiting');
    }
    expect([...other.received, ...mail.received]).toEqual([]);
    await other.close();
  });

  it('can be tested, also while they are disabled', async () => {
    const { id } = await subscribe({ enabled: false });
    await queue(box, 'Demo', definition);
    expect(await box.json('POST', `${BASE}/${id}/test`)).toMatchObject({ event: 'test', state: 'waiting' });
    await box.server.settle();
    expect(bodies()).toMatchObject([
      { eventType: 'signalbox.test', message: { text: 'A test of the subscription all.' } },
    ]);
    expect((await view(id)).last).toMatchObject({ state: 'delivered', result: 'It answered 200.' });
  });

  it('change without their secrets being said again', async () => {
    const target = { kind: 'webhook', url: `${receiver.url}/in`, signingKey: KEY };
    const { id } = await subscribe({ target });
    const changed = await box.json<SubscriptionView>('PATCH', `${BASE}/${id}`, {
      name: 'renamed',
      target: { headers: { 'X-One': '1' } },
    });
    expect(changed).toMatchObject({ name: 'renamed', target: { isSigned: true, headers: ['X-One'] } });
    await box.json('POST', `${BASE}/${id}/test`);
    await box.server.settle();
    expect(receiver.received[0]?.headers).toMatchObject({
      'x-one': '1',
      'x-signalbox-signature': expect.stringContaining('sha256=') as string,
    });
    await box.json('DELETE', `${BASE}/${id}`);
    expect((await box.call('GET', `${BASE}/${id}`)).statusCode).toBe(404);
  });

  it.each([
    [{ target: { kind: 'pigeon' } }, '"kind" must be one of: webhook, slack, teams, email.'],
    [{ target: { kind: 'slack' } }, '"url" is missing: where is it to be sent?'],
    [
      { target: { kind: 'slack', url: 'ftp://a' } },
      '"url" is an address that begins with https:// or http://.',
    ],
    [
      { target: { kind: 'slack', url: 'https://a:b@c' } },
      '"url" holds no user or password; give them as "user" and "password".',
    ],
    [
      { target: { kind: 'slack', url: 'https://a', to: [] } },
      'A target of the kind "slack" has no property "to".',
    ],
    [
      { target: { kind: 'webhook', url: 'https://a', signingKey: 'short' } },
      '"signingKey" has at least 16 characters.',
    ],
    [
      { target: { kind: 'webhook', url: 'https://a', headers: { Host: 'b' } } },
      'The header "Host" is set by the server.',
    ],
    [
      { target: { kind: 'webhook', url: 'https://a', headers: { A: 'x\ny' } } },
      'The header "A" has a value of printable characters on one line.',
    ],
    [
      { target: { kind: 'email', host: 'm', from: 'a@b.c', to: ['<x>'] } },
      '"to" has plain mail addresses, as in ann@example.com.',
    ],
    [
      { events: ['run.done'] },
      expect.stringMatching(/^"events" does not know "run\.done"\. It knows: run\.completed,/),
    ],
    [{ filter: { branch: ['main'] } }, 'A filter has no property "branch".'],
    [{ name: ' ' }, '"name" says what the subscription is for, in 1 to 100 characters.'],
    [{ nme: 'x' }, 'A subscription has no property "nme".'],
  ])('refuse %j', async (more, message) => {
    const body = { name: 'all', target: { kind: 'slack', url: 'https://a' }, ...more };
    const answer = await box.call('POST', BASE, { body });
    expect([answer.statusCode, answer.json<{ message: string }>().message]).toEqual([400, message]);
  });
});
