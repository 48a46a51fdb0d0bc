import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openStore, type Store } from '@signalbox/store';
import { afterEach, describe, expect, it } from 'vitest';
import { createEngine, ensureAdministrator, startServer, type RunningServer } from '../src/index.ts';
import { readAllowed } from '../src/outbound/address-rules.ts';
import { httpReceiver, type HttpReceiver } from './support/http-receiver.ts';
import { gitRepository } from './support/repository.ts';
import { ONE_JOB } from './support/project.ts';

const ADMIN = 'administrator-token-for-tests-0001';

describe('a server that is killed while it tells something', () => {
  const folders: string[] = [];
  const servers: RunningServer[] = [];
  const stores: Store[] = [];
  let receiver: HttpReceiver | undefined;
  let now = 1_800_000_000_000;

  afterEach(async () => {
    for (const server of servers.splice(0)) await server.close();
    for (const store of stores.splice(0)) await store.close();
    for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
    await receiver?.close();
  });

  async function start(folder: string, target: string): Promise<{ server: RunningServer; store: Store }> {
    const clock = (): number => now;
    const store = await openStore({ kind: 'sqlite', folder, engine: createEngine(), clock });
    await ensureAdministrator(store, ADMIN);
    const server = await startServer({
      store,
      organization: 'default',
      host: '127.0.0.1',
      port: 0,
      dataFolder: folder,
      logLevel: 'silent',
      clock,
      outbound: { allowed: [readAllowed(target)].flatMap((one) => one ?? []) },
    });
    stores.push(store);
    servers.push(server);
    return { server, store };
  }

  async function post<T>(server: RunningServer, path: string, body: object): Promise<T> {
    const answer = await server.http.inject({
      method: 'POST',
      url: `/default${path}`,
      headers: { host: '127.0.0.1', authorization: `Bearer ${ADMIN}` },
      payload: body,
    });
    if (answer.statusCode >= 300) throw new Error(`${path}: ${answer.body}`);
    return answer.json<T>();
  }

  it('tells it when it is back, under the same id, and what nobody had read as well', async () => {
    const box = (receiver = await httpReceiver());
    const folder = mkdtempSync(join(tmpdir(), 'signalbox-crash-'));
    folders.push(folder);
    const first = await start(folder, box.target);
    await post(first.server, '/_apis/projects', { name: 'Demo' });
    const url = gitRepository({ 'azure-pipelines.yml': ONE_JOB });
    const { id } = await post<{ id: number }>(first.server, '/Demo/_apis/build/definitions', {
      name: 'one',
      process: { type: 2, yamlFilename: 'azure-pipelines.yml' },
      repository: { type: 'Git', url },
    });
    const target = { kind: 'webhook', url: `${box.url}/in` };
    const events = ['run.stateChanged'];
    await post(first.server, '/Demo/_apis/signalbox/notifications', { name: 'all', events, target });
    const queue = (server: RunningServer): Promise<unknown> =>
      post(server, '/Demo/_apis/build/builds', { definition: { id } });
    // The receiver has it and does not answer: that is when the server dies.
    const arrived = new Promise<void>((done) => {
      box.answer = () => {
        done();
        return new Promise(() => undefined);
      };
    });
    await queue(first.server);
    await arrived;
    await queue(first.server);
    // From now on nothing of it reaches the database, as if it had been killed here.
    await first.store.close();
    box.answer = () => ({ status: 200 });
    // Longer than a delivery is left to whoever has it.
    now += 61_000;
    const second = await start(folder, box.target);
    await second.server.settle();
    const ids = box.received.map(({ headers }) => String(headers['x-signalbox-delivery']));
    expect(ids).toHaveLength(3);
    expect(ids[1]).toBe(ids[0]);
    expect(ids[2]).not.toBe(ids[0]);
    const attempts = box.received.map(({ headers }) => headers['x-signalbox-attempt']);
    expect(attempts).toEqual(['1', '2', '1']);
  });
});
