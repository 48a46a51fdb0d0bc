import { FUNCTION_TASK, MONITOR_TASK, SERVICENOW_TASK } from '@signalbox/api';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { addConnection, callback, checkedServer, type CheckedServer } from '../support/waiting-stage.ts';

describe('checks of other services, against a stand-in', () => {
  let at: CheckedServer;
  beforeEach(async () => {
    at = await checkedServer();
  });
  afterEach(async () => {
    await at.close();
  });

  it('Azure Function: is called with its key, and decides by its answer [HOOK-1, HOOK-3]', async () => {
    at.service.answer = ({ path }) => ({
      status: path === '/api/Gate?code=key%2B1%3D&run=1' ? 200 : 404,
      body: '{"status": "approved"}',
    });
    const group = await at.box.json<{ id: number }>('POST', '/Demo/_apis/distributedtask/variablegroups', {
      name: 'functions',
      type: 'Vsts',
      variables: { gateKey: { value: 'key+1=', isSecret: true } },
    });
    await at.addCheck(
      {
        function: `${at.service.url}/api/Gate`,
        key: '$(gateKey)',
        queryParameters: 'run=$(Build.BuildId)',
        successCriteria: "eq(root['status'], 'approved')",
      },
      { task: FUNCTION_TASK, linkedVariableGroup: String(group.id) },
    );
    const run = await at.queue();
    expect((await at.stage(run)).phase).toBe('running');
    expect(await at.log(run)).not.toContain('key+1');
  });

  it('Azure Function: calls back when it has decided [HOOK-5]', async () => {
    at.service.answer = () => ({ status: 202 });
    const inputs = { function: `${at.service.url}/api/Gate`, waitForCompletion: 'true' };
    await at.addCheck(inputs, { task: FUNCTION_TASK });
    const run = await at.queue();
    expect((await at.stage(run)).phase).toBe('waiting');
    const { path, token, body } = callback(at.service.received[0]!, 'succeeded');
    await at.box.call('POST', path, { token, body });
    await at.box.server.settle();
    expect((await at.stage(run)).phase).toBe('running');
  });

  it('Azure Monitor: waits while an alert is fired [CHK-3]', async () => {
    await addConnection(at.box, 'azure', `${at.service.url}/subscriptions/s-1`);
    let alerts: readonly object[] = [{ id: 'a1' }];
    at.service.answer = ({ path, headers }) =>
      path.startsWith(
        '/subscriptions/s-1/providers/Microsoft.AlertsManagement/alerts?api-version=2018-05-05',
      ) && headers.authorization === 'Bearer token-of-ops'
        ? { status: 200, body: JSON.stringify({ value: alerts }) }
        : { status: 404 };
    await at.addCheck(
      { connectedServiceNameARM: 'azure', ResourceGroupName: 'shop', severity: 'Sev0,Sev1' },
      { task: MONITOR_TASK, retryInterval: 5 },
    );
    const run = await at.queue();
    expect((await at.stage(run)).phase).toBe('waiting');
    alerts = [];
    await at.pass(5);
    expect((await at.stage(run)).phase).toBe('running');
    const query = new URL(at.service.received[0]!.path, at.service.url).searchParams;
    expect(Object.fromEntries(query)).toMatchObject({ targetResourceGroup: 'shop', severity: 'Sev0,Sev1' });
  });

  it('ServiceNow: waits until the change is in the state that is wanted [CHK-3]', async () => {
    let state = '-3';
    at.service.answer = ({ path }) => {
      const { pathname, searchParams } = new URL(path, at.service.url);
      const isIt =
        pathname === '/api/now/table/change_request' &&
        searchParams.get('sysparm_query') === 'number=CHG0030001';
      const result = isIt ? [{ number: 'CHG0030001', state }] : [];
      return { status: 200, body: JSON.stringify({ result }) };
    };
    await at.addCheck(
      { connectedServiceName: 'ops', changeRequestNumber: 'CHG0030001', desiredState: 'Implement' },
      { task: SERVICENOW_TASK, retryInterval: 5 },
    );
    const run = await at.queue();
    expect((await at.stage(run)).phase).toBe('waiting');
    state = '-1';
    await at.pass(5);
    expect((await at.stage(run)).phase).toBe('running');
  });
});

describe('a check that asks an HTTP service, as it is saved', () => {
  let at: CheckedServer;
  beforeEach(async () => {
    at = await checkedServer();
  });
  afterEach(async () => {
    await at.close();
  });

  it.each([
    ['a method that is none', { method: 'CONNECT' }, 'is none of GET'],
    ['headers that are no JSON', { headers: 'X: 1' }, 'is no JSON object of texts'],
    ['a header that is ours', { headers: '{"Host": "x"}' }, 'the server sets itself'],
    ['criteria that cannot be read', { successCriteria: 'eq(root.a' }, 'cannot be read: '],
    [
      'criteria beside a callback',
      { successCriteria: 'true', waitForCompletion: 'true' },
      'a callback decides',
    ],
    ['a completion that is none', { waitForCompletion: 'maybe' }, 'is true (a callback decides)'],
    [
      'a connection that is not there',
      { connectedServiceName: 'nobody' },
      'has no service connection nobody',
    ],
    ['an input that it has not', { retries: '3' }, 'retries'],
  ])('refuses %s [HOOK-1]', async (_, inputs, says) => {
    await expect(at.addCheck(inputs)).rejects.toThrow(says);
  });

  it('is saved with a warning where Azure recommends against it [HOOK-11]', async () => {
    expect((await at.addCheck({}, { retryInterval: 5, timeout: 60 })).issue?.message).toContain(
      'up to 12 times',
    );
    expect((await at.addCheck({}, { retryInterval: 6, timeout: 60 })).issue).toBeUndefined();
    const callsBack = await at.addCheck({ waitForCompletion: 'true' }, { retryInterval: 6, timeout: 60 });
    expect(callsBack.issue?.message).toContain('asked once');
  });

  it('is read as it was written [CHK-4]', async () => {
    const inputs = { method: 'GET', urlSuffix: '/$(x)', successCriteria: 'eq(root.id, $(Build.BuildId))' };
    const { settings } = await at.addCheck(inputs, { retryInterval: 5 });
    expect(settings).toMatchObject({
      definitionRef: { name: 'InvokeRESTAPI' },
      inputs: { connectedServiceName: 'ops', ...inputs },
      retryInterval: 5,
    });
  });
});
