import type { LeaseView, LockView, NewAzureGateView } from '@signalbox/api';
import type { LightMyRequestResponse } from 'fastify';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  azureStandIn,
  CHECK_TOKEN,
  PAT,
  type AzureStandIn,
  type CheckHeaders,
} from './support/azure-stand-in.ts';
import { testServer, type TestServer } from './support/test-server.ts';

const GATES = '/Demo/_apis/signalbox/gates/azure';
const LEASES = '/Demo/_apis/signalbox/leases';

describe('a gate for Azure DevOps', () => {
  let now = 1_800_000_000_000;
  let azure: AzureStandIn;
  let box: TestServer;
  let gate: NewAzureGateView;

  beforeEach(async () => {
    azure = await azureStandIn();
    box = await testServer({ clock: () => now, outbound: [azure.target] });
    await box.json('POST', '/_apis/projects', { name: 'Demo' });
    const resource = { type: 'named', name: 'prod' };
    await box.json('POST', '/Demo/_apis/signalbox/locks', { resource, behavior: 'sequential' });
    gate = await box.json('POST', GATES, {
      name: 'contoso',
      organizationUrl: azure.organizationUrl,
      holdMinutes: 60,
      graceMinutes: 5,
    });
  });

  afterEach(async () => {
    await box.close();
    await azure.close();
  });

  it('grants a free lock: Azure hears "succeeded" of the very check run that asked (HOOK-5)', async () => {
    const run = await azure.run();
    const check = azure.check();
    const lease = await asked(run, check);
    expect(lease).toMatchObject({
      status: 'inUse',
      caller: `Azure DevOps: contoso/Shop run ${run} stage Deploy`,
      locks: [{ name: 'prod', token: 1 }],
      callback: { kind: 'azureCheck' },
    });
    await box.server.settle();
    expect(azure.posted('events')).toEqual([
      {
        path: `/_apis/distributedtask/hubs/checks/plans/${check['planid']}/events`,
        by: `Bearer ${CHECK_TOKEN}`,
        body: {
          name: 'TaskCompleted',
          taskId: check['taskinstanceid'],
          jobId: check['jobid'],
          result: 'succeeded',
        },
      },
    ]);
    expect((await state(lease)).callback?.told).toMatchObject({ news: 'granted', ok: true });
  });

  it('queues stages of Azure with everybody else, and frees the lock when the stage is over (Q10)', async () => {
    const [first, second] = [await azure.run(), await azure.run()];
    await asked(first);
    const waiting = await asked(second);
    expect(waiting).toMatchObject({
      status: 'queued',
      locks: [{ name: 'prod', position: 1 }],
      reasons: [expect.stringContaining(`Azure DevOps: contoso/Shop run ${first} stage Deploy`)],
    });
    await pass(60);
    expect(azure.posted('events')).toHaveLength(1);
    await azure.finishJob();
    await pass(60);
    expect(azure.posted('events')).toHaveLength(2);
    expect(await state(waiting)).toMatchObject({ status: 'inUse', locks: [{ token: 2 }] });
  });

  it('says in the log of the check where it stands, once for each place (HOOK-6)', async () => {
    await asked(await azure.run());
    const check = azure.check();
    await asked(await azure.run(), check);
    for (let minute = 0; minute < 3; minute += 1) await pass(60);
    expect(azure.posted('feed').map(({ path, body }) => [path, body])).toEqual([
      [
        `/_apis/distributedtask/hubs/checks/plans/${check['planid']}/timelines/${check['timelineid']}/records/${check['jobid']}/feed`,
        { value: ['Signalbox: Waits in the queue: number 1 at prod.'], count: 1 },
      ],
    ]);
  });

  it('answers the same for one stage attempt, however often it is asked (INV-36)', async () => {
    const run = await azure.run();
    const check = azure.check();
    const first = await asked(run, check);
    const again = await asked(run, check);
    await box.server.settle();
    expect([again.requestId, again.locks]).toEqual([first.requestId, first.locks]);
    expect(azure.posted('events')).toHaveLength(1);
    // The check is run again in Azure: another check run, the same stage attempt.
    const rerun = azure.check();
    expect((await asked(run, rerun)).requestId).toBe(first.requestId);
    await box.server.settle();
    const told = azure.posted('events').map(({ body }) => (body as { jobId: string }).jobId);
    expect(told).toEqual([check['jobid'], rerun['jobid']]);
    // A retry of the stage is another attempt, and waits for the first one.
    expect((await asked(run, azure.check(), { attempt: '2' })).status).toBe('queued');
  });

  it('refuses a stage attempt whose locks were given back: it never tells "succeeded" without a lock', async () => {
    const run = await azure.run();
    await asked(run);
    await box.server.settle();
    await azure.finishJob();
    await pass(60);
    const response = await ask(run, azure.check());
    expect([response.statusCode, response.json<{ code: string }>().code]).toEqual([410, 'lease-lost']);
  });

  it('answers before Azure does, which may not answer at all: a check has three seconds', async () => {
    azure.broken = 'silent';
    expect((await asked(await azure.run())).status).toBe('inUse');
    expect(azure.givenUp).toBe(0);
  });

  it('leaves the queue when the run is cancelled while it waits', async () => {
    const [first, second] = [await azure.run(), await azure.run()];
    await asked(first);
    const waiting = await asked(second);
    await azure.cancel(second);
    await pass(60);
    expect(await state(waiting)).toMatchObject({ status: 'canceled' });
    expect(azure.posted('events')).toHaveLength(1);
  });

  it('keeps the lock of a failed stage where the policy says so', async () => {
    await box.json('PATCH', '/Demo/_apis/signalbox/locks/1', { onFailure: 'hold' });
    const lease = await asked(await azure.run());
    await azure.finishJob('failed');
    await pass(60);
    const view = await box.json<LockView>('GET', '/Demo/_apis/signalbox/locks/1');
    expect(view.holders).toMatchObject([{ nodeName: lease.requestId, holder: { state: 'failed' } }]);
  });

  it('frees the lock of a stage that Azure says nothing about, after its time and the grace (INV-36)', async () => {
    const lease = await asked(await azure.run());
    await box.server.settle();
    azure.broken = { status: 500 };
    await pass(64 * 60);
    expect(await state(lease)).toMatchObject({
      status: 'inUse',
      callback: { watched: { seen: 'It answered 500.' } },
    });
    await pass(60);
    expect((await asked(7)).status).toBe('queued');
    await pass(31);
    expect((await state(lease)).status).toBe('abandoned');
    expect((await asked(7)).status).toBe('inUse');
  });

  it('keeps the lock for as long as Azure says that the stage goes on', async () => {
    const lease = await asked(await azure.run());
    for (let hour = 0; hour < 40; hour += 1) await pass(20 * 60);
    expect((await state(lease)).status).toBe('inUse');
    await azure.finishJob();
    await pass(60);
    expect((await state(lease)).status).toBe('finished');
  });

  it('goes on with the personal access token when the token of the check has ended (HOOK-8)', async () => {
    azure.tokenIsGood = false;
    const lease = await asked(await azure.run());
    await box.server.settle();
    expect((await state(lease)).callback?.trying?.message).toContain('refused the token');
    await box.json('PATCH', `${GATES}/contoso`, { pat: PAT });
    await pass(5);
    expect((await state(lease)).callback?.told).toMatchObject({ news: 'granted', ok: true });
    expect(azure.posted('events').at(-1)?.by).toBe(`Basic ${Buffer.from(`:${PAT}`).toString('base64')}`);
    await azure.finishJob();
    await pass(300);
    expect((await state(lease)).status).toBe('finished');
  });

  it('goes on after a restart: nobody is forgotten, nothing is told twice', async () => {
    const [first, second] = [await azure.run(), await azure.run()];
    await asked(first);
    const waiting = await asked(second);
    await box.server.settle();
    await box.restart();
    await azure.finishJob();
    await pass(60);
    expect((await state(waiting)).status).toBe('inUse');
    expect(azure.posted('events')).toHaveLength(2);
  });

  it('lets a step of the run give the locks back early, with the token of the gate', async () => {
    const lease = await asked(await azure.run());
    const path = `${LEASES}/${lease.requestId}`;
    const response = await box.call('DELETE', path, { token: gate.secret });
    expect(response.json()).toMatchObject({ status: 'finished' });
    const other = await box.call('DELETE', path);
    expect(other.statusCode).toBe(403);
  });

  it.each([
    ['another organisation', { planurl: 'https://dev.azure.com/evil/' }, {}, 403],
    ['an address that only begins alike', { planurl: 'http://127.0.0.1.evil.example/contoso/' }, {}, 403],
    ['a plan that is no GUID', { planid: '../../x' }, {}, 400],
    ['a hub that is no word', { hubname: 'a/b' }, {}, 400],
    ['no token', { authtoken: '' }, {}, 400],
    ['a macro that was not replaced', {}, { stage: '$(System.StageName)' }, 400],
    ['no attempt', {}, { attempt: undefined }, 400],
    ['no locks', {}, { locks: [] }, 400],
    ['a lock that is not there', {}, { locks: ['nowhere'] }, 404],
    ['a time without bounds', {}, { holdMinutes: 100_000 }, 400],
  ])('refuses %s', async (_, headers, body, status) => {
    const response = await ask(7, { ...azure.check(), ...headers }, body);
    expect([response.statusCode, response.body.includes(CHECK_TOKEN)]).toEqual([status, false]);
    await box.server.settle();
    expect(azure.posted('events')).toEqual([]);
  });

  it('is asked with its own token only, and that token can do nothing else', async () => {
    const made = await box.json<NewAzureGateView>('POST', GATES, {
      name: 'other',
      organizationUrl: 'https://dev.azure.com/other/',
    });
    expect((await ask(7, azure.check(), {}, made.secret)).statusCode).toBe(403);
    expect((await ask(7, azure.check(), {}, 'nonsense')).statusCode).toBe(401);
    expect((await box.call('GET', GATES, { token: gate.secret })).statusCode).toBe(403);
    expect((await box.call('GET', '/Demo/_apis/build/builds', { token: gate.secret })).statusCode).toBe(403);
    expect((await box.call('DELETE', `${GATES}/contoso`)).statusCode).toBe(204);
    expect((await ask(7, azure.check())).statusCode).toBe(401);
  });

  it('shows no secret in any answer', async () => {
    await box.json('PATCH', `${GATES}/contoso`, { pat: PAT });
    const lease = await asked(await azure.run());
    await box.server.settle();
    for (const path of [GATES, `${LEASES}/${lease.requestId}`, '/Demo/_apis/signalbox/audit/locks']) {
      const { body } = await box.call('GET', path);
      for (const secret of [PAT, CHECK_TOKEN, gate.secret]) expect(body).not.toContain(secret);
    }
  });

  const ask = (
    run: number,
    check: CheckHeaders,
    more: object = {},
    token = gate.secret,
  ): Promise<LightMyRequestResponse> => {
    const authorization = `Basic ${Buffer.from(`signalbox:${token}`).toString('base64')}`;
    const body = {
      locks: ['prod'],
      runId: String(run),
      stage: 'Deploy',
      attempt: '1',
      project: 'Shop',
      ...more,
    };
    const path = new URL(gate.checkUrl).pathname.replace('/default', '');
    return box.call('POST', path, { token: undefined, headers: { ...check, authorization }, body });
  };
  async function asked(run: number, check = azure.check(), more: object = {}): Promise<LeaseView> {
    const response = await ask(run, check, more);
    const status = response.json<LeaseView>().status === 'inUse' ? 200 : 202;
    expect(response.statusCode, response.body).toBe(status);
    return response.json();
  }
  const state = ({ requestId }: LeaseView): Promise<LeaseView> => box.json('GET', `${LEASES}/${requestId}`);
  async function pass(seconds: number): Promise<void> {
    await box.server.settle();
    now += seconds * 1000;
    await box.server.settle();
  }
});
