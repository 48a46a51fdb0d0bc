import { afterEach, describe, expect, it } from 'vitest';
import { callback, checkedServer, type CheckedServer } from '../support/waiting-stage.ts';

const CALLBACK = { waitForCompletion: 'true' };

describe('a check that asks an HTTP service', () => {
  const open: CheckedServer[] = [];
  afterEach(async () => {
    for (const one of open.splice(0)) await one.close();
  });
  async function start(options: Parameters<typeof checkedServer>[0] = {}): Promise<CheckedServer> {
    const made = await checkedServer(options);
    open.push(made);
    return made;
  }

  it('passes by the answer, and sends what calling back would take [HOOK-2, HOOK-3]', async () => {
    const at = await start();
    at.service.answer = () => ({ status: 200, body: '{"go": true}' });
    await at.addCheck({
      urlSuffix: '/gate/$(size)',
      successCriteria: 'root.go',
      body: '{"run": $(Build.BuildId)}',
    });
    const run = await at.queue();
    expect((await at.stage(run)).phase).toBe('running');
    expect(await at.check(run)).toMatchObject({ status: 'approved' });
    const [asked] = at.service.received;
    expect(asked).toMatchObject({ method: 'POST', path: '/gate/small', body: `{"run": ${run}}` });
    const { id: projectId } = await at.box.json<{ id: string }>('GET', '/_apis/projects/Demo');
    const { planId } = (await at.box.store.runs.get(run))!;
    expect(asked?.headers).toMatchObject({
      authorization: 'Bearer token-of-ops',
      'content-type': 'application/json',
      planurl: `${at.box.server.baseUrl}/`,
      projectid: projectId,
      hubname: 'checks',
      planid: planId,
      timelineid: planId,
    });
  });

  it('fails the stage by a negative answer without a retry interval [GAP-25, HOOK-4]', async () => {
    const at = await start();
    at.service.answer = () => ({ status: 200, body: '{"go": false}' });
    await at.addCheck({ successCriteria: 'root.go' });
    const run = await at.queue();
    expect(await at.stage(run)).toMatchObject({ phase: 'completed', result: 'failed' });
    expect((await at.check(run)).message).toContain('It answered 200. The success criteria are false');
    expect(at.service.received).toHaveLength(1);
  });

  it('asks again after the interval until it passes [HOOK-4]', async () => {
    const at = await start();
    const answers = [500, 503, 200];
    at.service.answer = () => ({ status: answers.shift() ?? 500 });
    await at.addCheck({}, { retryInterval: 5 });
    const run = await at.queue();
    expect((await at.stage(run)).phase).toBe('waiting');
    await at.pass(4);
    expect(at.service.received).toHaveLength(1);
    await at.pass(1);
    await at.pass(5);
    expect((await at.stage(run)).phase).toBe('running');
    expect(at.service.received).toHaveLength(3);
    const ids = at.service.received.map(({ headers }) => headers['taskinstanceid']);
    expect(new Set(ids).size).toBe(3);
  });

  it('skips the stage when no answer is good in time [CHK-30]', async () => {
    const at = await start();
    at.service.answer = () => ({ status: 500 });
    await at.addCheck({}, { retryInterval: 5, timeout: 12 });
    const run = await at.queue();
    for (let minute = 0; minute < 13; minute += 1) await at.pass(1);
    expect(await at.stage(run)).toMatchObject({ phase: 'completed', result: 'skipped' });
  });

  it('shows in its log what was asked and answered, and no secret [HOOK-6]', async () => {
    const at = await start();
    at.service.answer = ({ headers }) => ({
      status: 200,
      body: `you sent ${headers.authorization} and ${String(headers['authtoken'])}`,
    });
    await at.addCheck({ method: 'GET', urlSuffix: '/gate?secret=1' });
    const run = await at.queue();
    const log = await at.log(run);
    expect(log).toContain(`Evaluation 1: GET ${at.service.url}/gate?…`);
    expect(log).toContain('you sent Bearer *** and ***');
    expect(log).toContain('It answered 200.');
    expect(log).not.toContain('token-of-ops');
  });

  it('uses the secrets of the linked variable group, which the pipeline cannot replace [HOOK-10]', async () => {
    const at = await start();
    const group = await at.box.json<{ id: number }>('POST', '/Demo/_apis/distributedtask/variablegroups', {
      name: 'gate',
      type: 'Vsts',
      variables: { size: { value: 'large' }, pin: { value: 'pin-1234', isSecret: true } },
    });
    const headers = JSON.stringify({ 'x-pin': '$(pin)', 'x-size': '$(size)' });
    await at.addCheck({ headers, method: 'GET' }, { linkedVariableGroup: String(group.id) });
    const run = await at.queue();
    expect(at.service.received[0]?.headers).toMatchObject({ 'x-pin': 'pin-1234', 'x-size': 'large' });
    expect((await at.stage(run)).phase).toBe('running');
  });

  it('waits for the callback, which decides [HOOK-5, HOOK-12]', async () => {
    const at = await start();
    await at.addCheck(CALLBACK);
    const runs = [await at.queue(), await at.queue()];
    expect((await at.stage(runs[0]!)).phase).toBe('waiting');
    for (const [index, result] of ['succeeded', 'failed'].entries()) {
      const { path, token, body } = callback(at.service.received[index]!, result);
      const answered = await at.box.call('POST', `${path}?api-version=2.0-preview.1`, { token, body });
      expect([answered.statusCode, answered.body]).toEqual([204, '']);
    }
    await at.box.server.settle();
    expect((await at.stage(runs[0]!)).phase).toBe('running');
    expect(await at.stage(runs[1]!)).toMatchObject({ phase: 'completed', result: 'failed' });
    expect((await at.check(runs[1]!)).message).toContain('The service called back: failed');
  });

  it('delivers three times before the evaluation has failed [GAP-26, HOOK-7]', async () => {
    const at = await start();
    at.service.answer = () => ({ status: 502 });
    await at.addCheck(CALLBACK);
    const run = await at.queue();
    for (let minute = 0; minute < 3; minute += 1) await at.pass(1);
    expect(at.service.received).toHaveLength(3);
    expect(await at.stage(run)).toMatchObject({ phase: 'completed', result: 'failed' });
    const ids = at.service.received.map(({ headers }) => headers['taskinstanceid']);
    expect(new Set(ids).size).toBe(1);
    expect(await at.log(run)).toContain('Delivery 2 of 3 was not taken');
  });

  it('takes a later delivery, and the callback to an earlier one [GAP-26]', async () => {
    const at = await start();
    const answers = [502, 202];
    at.service.answer = () => ({ status: answers.shift() ?? 500 });
    await at.addCheck(CALLBACK);
    const run = await at.queue();
    await at.pass(1);
    expect(at.service.received).toHaveLength(2);
    const { path, token, body } = callback(at.service.received[0]!, 'succeeded');
    await at.box.call('POST', path, { token, body });
    await at.box.server.settle();
    expect((await at.stage(run)).phase).toBe('running');
  });

  it('remembers over a restart what it waits for', async () => {
    const at = await start();
    await at.addCheck(CALLBACK);
    const run = await at.queue();
    await at.box.restart();
    const { path, token, body } = callback(at.service.received[0]!, 'succeeded');
    expect((await at.box.call('POST', path, { token, body })).statusCode).toBe(204);
    await at.box.server.settle();
    expect((await at.stage(run)).phase).toBe('running');
    expect(at.service.received).toHaveLength(1);
  });

  it('asks nobody for a run that was cancelled', async () => {
    const at = await start();
    at.service.answer = () => ({ status: 500 });
    await at.addCheck({}, { retryInterval: 5 });
    const run = await at.queue();
    await at.box.json('PATCH', `/Demo/_apis/build/builds/${run}`, { status: 'cancelling' });
    await at.pass(6);
    expect(at.service.received).toHaveLength(1);
    expect(await at.check(run)).toMatchObject({ status: 'canceled' });
  });
});
