import { APPROVAL_CHECK, type Collection, type WireApproval, type WireBuild } from '@signalbox/api';
import fc from 'fast-check';
import { afterEach, describe, expect, it } from 'vitest';
import { approvalGuid, approvalKey } from '../src/http/pipelines/approval-id.ts';
import { DEPLOY_TO_QA, lockEnvironment, makeProject, queue, runOf } from './support/project.ts';
import { testServer, type TestOptions, type TestServer } from './support/test-server.ts';

describe('approvals over REST', () => {
  const open: TestServer[] = [];
  afterEach(async () => {
    for (const box of open.splice(0)) await box.close();
  });

  /** An environment with a lock and an approval, and runs that wait for it. */
  async function waiting(
    {
      runs,
      settings,
      timeout = 60,
      policy = { supersede: 'onApproval' },
    }: {
      readonly runs: number;
      readonly settings: object;
      readonly timeout?: number;
      readonly policy?: object;
    },
    options: TestOptions = {},
  ): Promise<TestServer> {
    const box = await testServer(options);
    open.push(box);
    const { project, definition } = await makeProject(box, { yaml: DEPLOY_TO_QA });
    const { id } = await lockEnvironment(box, project);
    await box.json('PATCH', `/Demo/_apis/signalbox/locks/${id}`, policy);
    await box.json('POST', '/Demo/_apis/pipelines/checks/configurations', {
      type: { id: APPROVAL_CHECK },
      resource: { type: 'environment', id: '1' },
      timeout,
      settings,
    });
    for (let run = 0; run < runs; run += 1) await queue(box, project, definition.id);
    await box.server.settle();
    return box;
  }

  async function pending(box: TestServer): Promise<readonly WireApproval[]> {
    const path = '/Demo/_apis/pipelines/approvals?state=pending&$expand=steps';
    return (await box.json<Collection<WireApproval>>('GET', path)).value;
  }

  async function decide(box: TestServer, update: object, token?: string): Promise<number> {
    const given = { body: [update], ...(token !== undefined && { token }) };
    const { statusCode } = await box.call('PATCH', '/Demo/_apis/pipelines/approvals', given);
    await box.server.settle();
    return statusCode;
  }

  it('Q3: approving the newest run cancels the older ones that wait for theirs', async () => {
    const box = await waiting({ runs: 3, settings: { approvers: [{ displayName: 'administrator' }] } });
    const [third, second, first] = await pending(box);
    expect([first, second, third].map((one) => one?.pipeline.owner.id)).toEqual([1, 2, 3]);
    expect(await decide(box, { approvalId: third?.id, status: 'approved' })).toBe(200);
    expect(await pending(box)).toEqual([]);
    for (const run of [1, 2]) {
      const { result, stages } = await runOf(box, 'Demo', run);
      expect(result).toBe('canceled');
      expect(stages[0]?.reason).toEqual({ kind: 'superseded', byRun: 3, lock: 'qa' });
    }
    expect((await runOf(box, 'Demo', 3)).stages[0]?.state).toBe('running');
    const late = await box.json<WireApproval>('GET', `/Demo/_apis/pipelines/approvals/${first?.id}`);
    expect(late).toMatchObject({
      status: 'canceled',
      message: expect.stringContaining('run 3 is newer') as string,
    });
    expect(await decide(box, { approvalId: first?.id, status: 'approved' })).toBe(409);
  });

  it('takes the slot first where the lock says so, and a rejection frees it (CLASSIC-3, CLASSIC-10)', async () => {
    const policy = { slot: 'beforeApproval' };
    const box = await waiting({
      runs: 2,
      settings: { approvers: [{ displayName: 'administrator' }] },
      policy,
    });
    const asked = await pending(box);
    expect(asked.map((one) => one.pipeline.owner.id)).toEqual([1]);
    const explained = await box.call('GET', '/Demo/_apis/signalbox/runs/2/explain');
    expect(explained.body).toContain('approval by administrator');
    expect(await decide(box, { approvalId: asked[0]?.id, status: 'rejected' })).toBe(200);
    expect((await runOf(box, 'Demo', 1)).result).toBe('failed');
    const [next] = await pending(box);
    expect(next?.pipeline.owner.id).toBe(2);
    expect(await decide(box, { approvalId: next?.id, status: 'approved' })).toBe(200);
    expect((await runOf(box, 'Demo', 2)).stages[0]?.state).toBe('running');
  });

  it('times out by the clock: the stage is skipped, the run fails, nobody holds the lock (APPR-11, CHK-30, RETRY-9)', async () => {
    let now = Date.parse('2026-11-22T10:00:00Z');
    const settings = { approvers: [{ displayName: 'administrator' }] };
    const box = await waiting({ runs: 1, settings, timeout: 10 }, { clock: () => now });
    now += 10 * 60_000 - 1;
    await box.server.settle();
    expect((await runOf(box, 'Demo', 1)).stages[0]?.state).toBe('waiting');
    now += 1;
    await box.server.settle();
    const { result, stages } = await runOf(box, 'Demo', 1);
    expect([result, stages[0]?.result]).toEqual(['failed', 'skipped']);
    expect(stages[0]?.reason).toEqual({ kind: 'checkTimedOut', check: 'Approval of qa', minutes: 10 });
    const locks = await box.json<{ value: readonly object[] }>('GET', '/Demo/_apis/signalbox/locks');
    expect(locks.value).toMatchObject([{ holders: [], waiters: [], expected: [] }]);
    await retriedApproval(box);
  });

  /** A new attempt asks anew; the approval of the one before stays to be read, and is decided no more (RETRY-7, RETRY-9). */
  async function retriedApproval(box: TestServer): Promise<void> {
    const all = '/Demo/_apis/pipelines/approvals?state=all';
    const [before] = (await box.json<Collection<WireApproval>>('GET', all)).value;
    await box.json('PATCH', '/Demo/_apis/build/builds/1?retry=true', {});
    await box.server.settle();
    const [asked] = await pending(box);
    expect(asked?.id).not.toBe(before?.id);
    const late = await box.json<WireApproval>('GET', `/Demo/_apis/pipelines/approvals/${before?.id}`);
    expect(late).toMatchObject({ status: 'timedOut' });
    expect(await decide(box, { approvalId: before?.id, status: 'approved' })).toBe(409);
    expect(await decide(box, { approvalId: asked?.id, status: 'approved' })).toBe(200);
    expect((await runOf(box, 'Demo', 1)).stages[0]).toMatchObject({ state: 'running', attempt: 2 });
  }

  it('a requester is told that somebody else has to approve (APPR-7, INV-31)', async () => {
    const box = await waiting({
      runs: 0,
      settings: {
        approvers: [{ displayName: 'contributor' }, { displayName: 'administrator' }],
        minRequiredApprovers: 1,
        requesterCannotBeApprover: true,
      },
    });
    const token = await box.token('contributor');
    const build = await box.call('POST', '/Demo/_apis/build/builds', {
      token,
      body: { definition: { id: 1 } },
    });
    expect(build.json<WireBuild>().id).toBe(1);
    await box.server.settle();
    const [asked] = await pending(box);
    expect(await decide(box, { approvalId: asked?.id, status: 'approved' }, token)).toBe(403);
    expect(await decide(box, { approvalId: asked?.id, status: 'approved' })).toBe(200);
  });
});

describe('the id of an approval', () => {
  it('holds its key', () => {
    const key = fc.record({
      run: fc.integer({ min: 1, max: 2 ** 47 }),
      stage: fc.nat(4095),
      attempt: fc.integer({ min: 1, max: 4095 }),
      check: fc.integer({ min: 1, max: 2 ** 47 }),
    });
    fc.assert(
      fc.property(key, (one) => {
        expect(approvalKey(approvalGuid(one))).toEqual(one);
        expect(approvalKey(approvalGuid(one).toUpperCase())).toEqual(one);
      }),
    );
  });

  it('is none that something else has', () => {
    expect(approvalKey('00000000-0001-4001-8001-000000000001')).toBeUndefined();
    expect(approvalKey('12')).toBeUndefined();
  });
});
