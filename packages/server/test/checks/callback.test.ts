import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { BODY_BYTES } from '../../src/limits.ts';
import type { Received } from '../support/http-receiver.ts';
import { makeProject } from '../support/project.ts';
import { callback, checkedServer, type CheckedServer } from '../support/waiting-stage.ts';

const HOUR = 60;

describe('what a service says of its check', () => {
  let at: CheckedServer;
  let run = 0;
  let asked: Received;

  beforeEach(async () => {
    at = await checkedServer();
    await at.addCheck({ waitForCompletion: 'true' }, { timeout: 100 * HOUR });
    run = await at.queue();
    asked = at.service.received[0]!;
  });
  afterEach(async () => {
    await at.close();
  });

  /** Posts an event; what is given replaces the right values. */
  async function event(
    change: {
      readonly token?: string | undefined;
      readonly body?: object;
      readonly path?: (path: string) => string;
    } = {},
  ): Promise<number> {
    const { path, token, body } = callback(asked, 'succeeded');
    const given = { ...body, ...change.body };
    const by = 'token' in change ? change.token : token;
    const answered = await at.box.call('POST', change.path?.(path) ?? path, { token: by, body: given });
    await at.box.server.settle();
    return answered.statusCode;
  }

  async function phase(): Promise<string> {
    return (await at.stage(run)).phase;
  }

  describe('the decision', () => {
    it('counts once; what comes twice or says otherwise afterwards changes nothing [HOOK-7]', async () => {
      expect(await event()).toBe(204);
      expect(await phase()).toBe('running');
      expect(await event()).toBe(204);
      expect(await event({ body: { result: 'failed' } })).toBe(204);
      expect(await phase()).toBe('running');
    });

    it('is too late after a cancel [HOOK-7, GAP-48]', async () => {
      await at.box.json('PATCH', `/Demo/_apis/build/builds/${run}`, { status: 'cancelling' });
      expect(await event()).toBe(204);
      expect(await at.stage(run)).toMatchObject({ phase: 'completed', result: 'canceled' });
    });

    it.each([
      ['a token that is none', 401, { token: 'nonsense-nonsense-nonsense' }],
      ['no token', 401, { token: undefined }],
      ['another task', 400, { body: { taskId: '00000000-0000-4000-8000-000000000000' } }],
      ['another job', 403, { body: { jobId: '00000000-0000-4000-8000-000000000000' } }],
      ['no job', 400, { body: { jobId: null } }],
      ['no task', 400, { body: { taskId: null } }],
      ['no result', 400, { body: { result: null } }],
      ['a result that is none', 400, { body: { result: 'fine' } }],
      ['an event that is none', 400, { body: { name: 'JobCompleted' } }],
      ['no decision yet', 204, { body: { name: 'TaskStarted', result: null } }],
      ['another plan', 404, { path: (path: string) => path.replace(/plans\/[^/]+/, 'plans/1-2') }],
      ['another hub', 404, { path: (path: string) => path.replace('/checks/', '/release/') }],
      ['another project', 404, { path: (path: string) => path.replace(/^\/[^/]+/, '/Other') }],
    ])('does not count with %s: %i [HOOK-5, HOOK-8]', async (_, status, change) => {
      expect(await event(change)).toBe(status);
      expect(await phase()).toBe('waiting');
    });

    it('does not count with the token of another run [HOOK-8]', async () => {
      await at.queue();
      const other = callback(at.service.received[1]!, 'succeeded');
      expect(await event({ token: other.token })).toBe(404);
      expect(await phase()).toBe('waiting');
    });

    it('does not count with the token of a job, nor with that of a contributor [HOOK-8, TH1]', async () => {
      for (const role of ['contributor', 'reader']) {
        expect(await event({ token: await at.box.token(role) })).toBe(403);
      }
      expect(await phase()).toBe('waiting');
    });

    it('needs another credential after 48 hours [HOOK-8]', async () => {
      await at.pass(48 * HOUR - 1);
      expect(await event({ body: { name: 'TaskStarted' } })).toBe(204);
      await at.pass(2);
      expect(await event()).toBe(401);
      expect(await event({ token: await at.box.token('administrator') })).toBe(204);
      expect(await phase()).toBe('running');
    });

    it('works with a slash too many behind PlanUrl', async () => {
      expect(
        await event({ path: (path) => `${path.replace('/_apis', '//_apis')}?api-version=2.0-preview.1` }),
      ).toBe(204);
      expect(await phase()).toBe('running');
    });

    it('of an earlier evaluation is late [HOOK-7]', async () => {
      const other = await checkedServer();
      try {
        await other.addCheck({ waitForCompletion: 'true' }, { retryInterval: 5 });
        const id = await other.queue();
        const send = async (index: number, result: string): Promise<number> => {
          const { path, token, body } = callback(other.service.received[index]!, result);
          const { statusCode } = await other.box.call('POST', path, { token, body });
          await other.box.server.settle();
          return statusCode;
        };
        expect(await send(0, 'failed')).toBe(204);
        await other.pass(5);
        expect(other.service.received).toHaveLength(2);
        expect(await send(0, 'succeeded')).toBe(204);
        expect((await other.stage(id)).phase).toBe('waiting');
        expect(await send(1, 'succeeded')).toBe(204);
        expect((await other.stage(id)).phase).toBe('running');
      } finally {
        await other.close();
      }
    });
  });

  describe('its token', () => {
    it('reads the runs of its project, and nothing else [HOOK-8]', async () => {
      const { token } = callback(asked, 'succeeded');
      await makeProject(at.box, { name: 'Other' });
      const get = async (path: string): Promise<number> =>
        (await at.box.call('GET', path, { token })).statusCode;
      expect(await get(`/Demo/_apis/build/builds/${run}`)).toBe(200);
      expect(await get('/Demo/_apis/build/builds')).toBe(200);
      expect(await get('/Other/_apis/build/builds')).toBe(404);
      expect(await get(`/Demo/_apis/build/builds/${run}/logs`)).toBe(403);
      expect(await get('/Demo/_apis/distributedtask/environments')).toBe(403);
      expect(await get('/Demo/_apis/serviceendpoint/endpoints')).toBe(403);
      const queued = await at.box.call('POST', '/Demo/_apis/build/builds', {
        token,
        body: { definition: { id: at.definition } },
      });
      expect(queued.statusCode).toBe(403);
    });

    it('is kept as a hash, and shown in no list of tokens', async () => {
      const { token } = callback(asked, 'succeeded');
      const rows = await at.box.store.tokens.list();
      expect(rows.some(({ scope }) => scope.startsWith('check:'))).toBe(true);
      expect(JSON.stringify(rows)).not.toContain(token);
      const { value } = await at.box.json<{ value: { name: string }[] }>('GET', '/_apis/signalbox/tokens');
      expect(value.filter(({ name }) => name.startsWith('check '))).toEqual([]);
    });
  });

  describe('its log', () => {
    const base = (): string => callback(asked, '').path.replace(/\/events$/, '');
    const send = (method: string, path: string, options: object): ReturnType<CheckedServer['box']['call']> =>
      at.box.call(method, `${base()}${path}`, { token: callback(asked, '').token, ...options });
    const record = (): string => `/timelines/${String(asked.headers['timelineid'])}/records`;

    it('takes lines by the feed, in the order in which they come [HOOK-6]', async () => {
      const feed = `${record()}/${String(asked.headers['jobid'])}/feed`;
      const answers = await Promise.all(
        [['one', 'two\nthree'], ['four']].map((value) =>
          send('POST', feed, { body: { value, count: value.length, startLine: 1, stepId: 'x' } }),
        ),
      );
      expect(answers.map(({ statusCode }) => statusCode)).toEqual([204, 204]);
      expect((await at.log(run)).trim().split('\n').slice(-4)).toEqual(['one', 'two', 'three', 'four']);
    });

    it('takes uploads, and the record names its log [HOOK-6]', async () => {
      const created = await send('POST', '/logs', { body: { path: 'logs\\x' } });
      expect(created.statusCode).toBe(200);
      const { id, lineCount } = created.json<{ id: number; lineCount: number }>();
      const headers = { 'content-type': 'application/octet-stream' };
      const appended = await send('POST', `/logs/${id}`, { body: 'uploaded 1\r\nuploaded 2\n\0', headers });
      expect(appended.json()).toMatchObject({ id, lineCount: lineCount + 3 });
      const long = 'x'.repeat(BODY_BYTES + 1);
      expect((await send('POST', `/logs/${id}`, { body: long, headers })).statusCode).toBe(413);
      const job = asked.headers['jobid'];
      const patched = await send('PATCH', record(), {
        body: { value: [{ id: job, log: { id } }], count: 1 },
      });
      expect(patched.json()).toMatchObject({ count: 1, value: [{ id: job, log: { id } }] });
      expect(await at.log(run)).toContain('uploaded 1\nuploaded 2\n');
    });

    it.each([
      ['another record', 403, 'POST', (path: string) => `${path}/00000000-0000-4000-8000-000000000000/feed`],
      [
        'another timeline',
        404,
        'POST',
        () => '/timelines/00000000-0000-4000-8000-000000000000/records/x/feed',
      ],
      ['another log', 403, 'POST', () => '/logs/1001'],
      ['no number of a log', 404, 'POST', () => '/logs/x'],
    ])('refuses %s: %i [HOOK-8]', async (_, status, method, path) => {
      expect((await send(method, path(record()), { body: { value: ['x'] } })).statusCode).toBe(status);
    });

    it('refuses what is no list of lines, and a count that is not theirs', async () => {
      const feed = `${record()}/${String(asked.headers['jobid'])}/feed`;
      for (const body of [{ value: 'x' }, { value: [1] }, { value: ['x'], count: 2 }])
        expect((await send('POST', feed, { body })).statusCode).toBe(400);
    });

    it('takes last words after the decision', async () => {
      await event();
      const feed = `${record()}/${String(asked.headers['jobid'])}/feed`;
      expect((await send('POST', feed, { body: { value: ['good-bye'], count: 1 } })).statusCode).toBe(204);
      expect(await at.log(run)).toContain('good-bye');
    });
  });

  it('does not count where the answer decides [HOOK-3]', async () => {
    const other = await checkedServer();
    try {
      let decided = 0;
      other.service.answer = async (request) => {
        const { path, token, body } = callback(request, 'succeeded');
        decided = (await other.box.call('POST', path, { token, body })).statusCode;
        return { status: 500 };
      };
      await other.addCheck({});
      const id = await other.queue();
      expect(decided).toBe(409);
      expect(await other.stage(id)).toMatchObject({ phase: 'completed', result: 'failed' });
      const { path, token, body } = callback(other.service.received[0]!, 'succeeded');
      expect((await other.box.call('POST', path, { token, body })).statusCode).toBe(401);
    } finally {
      await other.close();
    }
  });
});
