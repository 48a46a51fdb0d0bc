import {
  CONTENT_TYPE,
  type Collection,
  type WireError,
  type WireSecureFile,
  type WireTask,
} from '@signalbox/api';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readTaskZip } from '../../src/tasks/read-task-zip.ts';
import { secureFileTicket, ticketOpens } from '../../src/tasks/secure-file-ticket.ts';
import { zip } from '../support/stored-zip.ts';
import { makeProject } from '../support/project.ts';
import { ADMIN, testServer, type TestServer } from '../support/test-server.ts';

const ID = '0f077e3a-af59-496d-81bc-ad971b7464e0';
const TASKS = '/_apis/distributedtask/tasks';
const FILES = '/Demo/_apis/distributedtask/securefiles';

function manifest(patch: number, more: object = {}): string {
  const version = { Major: 1, Minor: 0, Patch: patch };
  return JSON.stringify({
    id: ID,
    name: 'Greet',
    version,
    execution: { Node20_1: { target: 'main.js' } },
    ...more,
  });
}

describe('task packages over REST', () => {
  let box: TestServer;
  beforeAll(async () => {
    box = await testServer({ pollWaitMs: 10 });
    await makeProject(box);
  });
  afterAll(() => box.close());

  const put = (path: string, payload: Buffer, method: 'PUT' | 'POST' = 'PUT', token = ADMIN) =>
    box.server.http.inject({
      method,
      url: `/default${path}`,
      payload,
      headers: { host: '127.0.0.1', authorization: `Bearer ${token}`, 'content-type': CONTENT_TYPE },
    });

  it('come as clients of Azure DevOps send them, and never as what a route of JSON takes (REST §3.8)', async () => {
    const payload = zip({ 'task.json': manifest(9), 'main.js': 'nine' });
    const send = (url: string): Promise<{ readonly statusCode: number }> =>
      box.server.http.inject({
        method: url.includes('tasks') ? 'PUT' : 'POST',
        url: `/default${url}`,
        payload,
        headers: {
          host: '127.0.0.1',
          authorization: `Bearer ${ADMIN}`,
          'content-type': 'application/octet-stream',
        },
      });
    expect((await send(`${TASKS}/${ID}`)).statusCode).toBe(200);
    expect((await send('/_apis/projects')).statusCode).toBe(415);
    expect((await box.call('DELETE', `${TASKS}/${ID}/1.0.9`)).statusCode).toBe(204);
  });

  it('are installed beside each other, replaced on purpose alone, fetched and removed (TASK-7)', async () => {
    const first = zip({ 'task.json': manifest(1), 'main.js': 'one' });
    const other = zip({ 'task.json': manifest(1), 'main.js': 'two' });
    expect((await put(`${TASKS}/${ID}`, first)).json<WireTask>()).toMatchObject({
      name: 'Greet',
      packageSize: first.length,
    });
    expect((await put(`${TASKS}/${ID}`, first)).statusCode).toBe(200);
    expect((await put(`${TASKS}/${ID}`, other)).json<WireError>()).toMatchObject({ code: 'name-taken' });
    expect((await put(`${TASKS}/${ID}?overwrite=true`, other)).statusCode).toBe(200);
    expect((await put(`${TASKS}/${ID}`, zip({ 'task.json': manifest(2), 'main.js': '' }))).statusCode).toBe(
      200,
    );
    const { value } = await box.json<Collection<WireTask>>('GET', TASKS);
    expect(value.map(({ version }) => version.patch)).toEqual([2, 1]);
    const fetched = await box.call('GET', `${TASKS}/${ID}/1.0.1`, { headers: { accept: 'application/zip' } });
    expect(fetched.rawPayload.equals(other)).toBe(true);
    expect((await box.call('DELETE', `${TASKS}/${ID}/1.0.1`)).statusCode).toBe(204);
    expect((await box.call('GET', `${TASKS}/${ID}/1.0.1`)).statusCode).toBe(404);
    const reader = await box.token('contributor');
    expect((await put(`${TASKS}/${ID}`, first, 'PUT', reader)).statusCode).toBe(403);
  });

  it('name the id of their task.json, and no other task has their name (TASK-7)', async () => {
    const elsewhere = ID.replace('0f', '1f');
    const wrong = await put(`${TASKS}/${elsewhere}`, zip({ 'task.json': manifest(3), 'main.js': '' }));
    expect(wrong.json<WireError>().message).toBe(`task.json says that its id is ${ID}.`);
    const twin = zip({ 'task.json': manifest(3, { id: elsewhere, name: 'GREET' }), 'main.js': '' });
    expect((await put(`${TASKS}/${elsewhere}`, twin)).statusCode).toBe(409);
  });

  it('are found by a version in the query, and removed all at once, as the clients do (REST §3.8)', async () => {
    for (const patch of [4, 5])
      await put(`${TASKS}/${ID}`, zip({ 'task.json': manifest(patch), 'main.js': '' }));
    const one = await box.call('GET', `${TASKS}/${ID}?versionString=1.0.4`);
    expect(one.json<WireTask>().version).toMatchObject({ patch: 4 });
    const accept = { headers: { accept: 'application/zip' } };
    const content = await box.call('GET', `${TASKS}/${ID}?versionString=1.0.5`, accept);
    expect(content.rawPayload.subarray(0, 2).toString()).toBe('PK');
    expect((await box.call('GET', `${TASKS}/${ID}?versionString=1.0.6`)).statusCode).toBe(404);
    expect((await box.call('DELETE', `${TASKS}/${ID}`)).statusCode).toBe(204);
    expect((await box.call('GET', `${TASKS}/${ID}`)).statusCode).toBe(404);
    expect((await box.call('DELETE', `${TASKS}/${ID}`)).statusCode).toBe(404);
  });

  it('keep secure files from everybody but jobs with a ticket (TASK-8)', async () => {
    const upload = (name: string) => put(`${FILES}?name=${name}`, Buffer.from('BEGIN KEY'), 'POST');
    const made = (await upload('key.pem')).json<WireSecureFile>();
    expect(made).toMatchObject({ name: 'key.pem', size: 9 });
    expect((await upload('KEY.pem')).json<WireError>()).toMatchObject({ code: 'name-taken' });
    expect((await upload('..%2Fkey')).statusCode).toBe(400);
    expect((await put(`${FILES}?name=empty`, Buffer.alloc(0), 'POST')).statusCode).toBe(400);
    const listed = await box.call('GET', FILES);
    expect(listed.body).toContain('key.pem');
    expect((await box.call('GET', `${FILES}/${made.id}?download=true&ticket=x`)).statusCode).toBe(403);
    expect((await box.call('DELETE', `${FILES}/${made.id}`)).statusCode).toBe(204);
    expect((await box.call('GET', `${FILES}/${made.id}`)).statusCode).toBe(404);
  });
});

describe('readTaskZip', () => {
  it.each([
    ['no zip', Buffer.from('not a zip'), 'The package cannot be read: '],
    ['no task.json', zip({ 'x/task.json': manifest(1) }), 'The zip has no task.json at its root.'],
    [
      'a file that leads out',
      zip({ 'task.json': manifest(1), '../main.js': '' }),
      'The package cannot be read: ',
    ],
    [
      'an absolute file',
      zip({ 'task.json': manifest(1), '/etc/main.js': '' }),
      'The package cannot be read: ',
    ],
    ['a missing handler', zip({ 'task.json': manifest(1) }), 'The package has no file "main.js"'],
  ])('refuses %s (TASK-1, TASK-7)', async (_, content, problem) => {
    const read = await readTaskZip(content);
    expect(read.ok ? '' : read.problems.join(' ')).toContain(problem);
  });
});

describe('the ticket of a secure file', () => {
  it('opens one file for one job under one lease (TASK-8)', () => {
    const sealer = {
      seal: (text: string) => `sealed ${text}`,
      open: (text: string) => text.replace('sealed ', ''),
    };
    const wanted = { file: 'A-1', pool: 1, request: 2, lease: 3 };
    const ticket = secureFileTicket(sealer, wanted);
    expect(ticketOpens(sealer, ticket, { ...wanted, file: 'a-1' })).toBe(true);
    for (const other of [{ file: 'a-2' }, { pool: 9 }, { request: 9 }, { lease: 9 }]) {
      expect(ticketOpens(sealer, ticket, { ...wanted, ...other })).toBe(false);
    }
    expect(ticketOpens(sealer, ticket.replace('sealed ', ''), wanted)).toBe(false);
  });
});
