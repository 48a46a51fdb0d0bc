import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CONTENT_TYPE, type WireSecretKeys } from '@signalbox/api';
import { openStore, type Store } from '@signalbox/store';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  createEngine,
  ensureAdministrator,
  KeyError,
  startServer,
  type RunningServer,
} from '../src/index.ts';
import { createSealer } from '../src/auth/sealer.ts';
import { diskBlobs } from '../src/blobs/disk-blobs.ts';
import { addOwnKey, ownKeys, removeOwnKey } from '../src/secrets/key-source.ts';
import { watchShapes } from './support/shapes/watch-shapes.ts';
import { createRotation, type Rotation, type RotationState } from '../src/secrets/rotation.ts';

const ADMIN = 'administrator-token-for-tests-0001';
const LEASES = { renewEveryMs: 500, leaseMs: 5000, marginMs: 200, silentMs: 5000 };

describe('rotation of the keys of secrets', () => {
  let folder: string;
  let store: Store;
  let server: RunningServer;
  const problems: (readonly string[])[] = [];

  const open = async (): Promise<void> => {
    store = await openStore({ kind: 'sqlite', folder, engine: createEngine(LEASES) });
    await ensureAdministrator(store, ADMIN);
    server = await startServer({
      store,
      organization: 'default',
      host: '127.0.0.1',
      dataFolder: folder,
      leasePolicy: LEASES,
      logLevel: 'silent',
    });
    problems.push(watchShapes(server.http));
  };
  const close = async (): Promise<void> => {
    await server.close();
    await store.close();
    expect(problems.flat()).toEqual([]);
  };
  const call = async (method: string, path: string, body?: unknown, type = 'application/json') =>
    server.http.inject({
      method: method as 'GET',
      url: `/default${path}`,
      headers: { host: '127.0.0.1', authorization: `Bearer ${ADMIN}`, 'content-type': type },
      ...(body !== undefined && { payload: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
  const keys = async (): Promise<WireSecretKeys> =>
    (await call('GET', '/_apis/signalbox/secrets/keys')).json();

  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'signalbox-rotation-'));
    await open();
    await call('POST', '/_apis/projects', { name: 'Demo' });
    for (let group = 0; group < 5; group += 1) {
      const variables = { word: { value: `hidden ${group}`, isSecret: true }, open: { value: 'seen' } };
      await call('POST', '/Demo/_apis/distributedtask/variablegroups', {
        name: `g${group}`,
        type: 'Vsts',
        variables,
      });
    }
    const upload = '/Demo/_apis/distributedtask/securefiles?name=a.key';
    expect((await call('POST', upload, 'a certificate', CONTENT_TYPE)).statusCode).toBeLessThan(300);
  });

  afterEach(async () => {
    await close();
    rmSync(folder, { recursive: true, force: true });
  });

  /** What the store has of secrets, as the newest key alone opens it. */
  async function secretsByNewestKey(): Promise<readonly string[]> {
    const [newest = ''] = readFileSync(join(folder, 'secret.key'), 'utf8').split('\n');
    const sealer = createSealer({ kind: 'environment', name: 'newest', text: newest });
    const groups = await store.variableGroups.list(1);
    const files = await store.secureFiles.list(1);
    const blobs = diskBlobs(join(folder, 'blobs'), Date.now);
    const contents: string[] = [];
    for (const { sha256 } of files) {
      const parts: Buffer[] = [];
      for await (const part of (await blobs.open(sha256))!) parts.push(part as Buffer);
      contents.push(Buffer.from(sealer.open(Buffer.concat(parts).toString()), 'base64').toString());
    }
    return [...groups.map(({ variables }) => sealer.open(variables['word']?.value ?? '')), ...contents];
  }

  const ALL = ['hidden 0', 'hidden 1', 'hidden 2', 'hidden 3', 'hidden 4', 'a certificate'];

  async function finished(): Promise<WireSecretKeys> {
    for (;;) {
      const now = await keys();
      if (now.rotation?.state === 'finished') return now;
      await new Promise((done) => setImmediate(done));
    }
  }

  it('seals everything anew while the server works, and lets the old key go when nothing needs it', async () => {
    const [old] = (await keys()).keys;
    expect((await call('DELETE', `/_apis/signalbox/secrets/keys/${old?.id}`)).statusCode).toBe(409);
    const begun = (await call('POST', '/_apis/signalbox/secrets/rotation', {})).json<WireSecretKeys>();
    expect(begun).toMatchObject({ source: 'own', keys: [{ active: true }, { id: old?.id, active: false }] });
    const done = await finished();
    expect(done.rotation).toMatchObject({ to: begun.keys[0]?.id, round: 2, resealed: 7 });
    expect(await secretsByNewestKey()).toEqual(ALL);
    expect((await call('DELETE', `/_apis/signalbox/secrets/keys/${old?.id}`)).statusCode).toBe(204);
    expect((await keys()).keys).toEqual([{ id: begun.keys[0]?.id, active: true }]);
    expect((await call('DELETE', `/_apis/signalbox/secrets/keys/${old?.id}`)).statusCode).toBe(404);
    await close();
    await open();
    expect(await secretsByNewestKey()).toEqual(ALL);
  });

  it('goes on where it was killed, after any step', async () => {
    const source = ownKeys(folder);
    if (source.kind !== 'own') throw new Error('not the own file');
    const [old] = (await keys()).keys;
    addOwnKey(source.file);
    let steps = 0;
    let state: RotationState | undefined;
    do {
      // Each step in a process of its own, as far as the rotation can tell: nothing is handed on but the database.
      await close();
      await open();
      const rotation = rotationOf();
      if (steps === 0) await begun(rotation);
      await rotation.step();
      state = await rotation.state();
      await rotation.stop();
      steps += 1;
    } while (state?.finishedAt === undefined && steps < 20);
    await close();
    await open();
    const done = await finished();
    expect(done.rotation).toMatchObject({ resealed: 7 });
    removeOwnKey(source.file, old?.id ?? '');
    expect(await secretsByNewestKey()).toEqual(ALL);
  });

  it('does not serve a database with keys that open nothing of it', async () => {
    const source = ownKeys(folder);
    if (source.kind !== 'own') throw new Error('not the own file');
    const [right] = (await keys()).keys;
    await close();
    addOwnKey(source.file);
    const both = readFileSync(source.file, 'utf8');
    removeOwnKey(source.file, right?.id ?? '');
    await expect(open()).rejects.toThrow(KeyError);
    await store.close();
    writeFileSync(source.file, both);
    await open();
    expect((await keys()).keys).toHaveLength(2);
  });

  it('does not let a key go that seals something still, although a rotation is over', async () => {
    const before = createSealer(ownKeys(folder));
    const [old] = (await keys()).keys;
    const late = before.seal('late');
    await call('POST', '/_apis/signalbox/secrets/rotation', {});
    await finished();
    await store.settings.set('written.late', late);
    expect((await call('DELETE', `/_apis/signalbox/secrets/keys/${old?.id}`)).statusCode).toBe(409);
    expect((await keys()).keys).toHaveLength(2);
  });

  function rotationOf(): Rotation {
    const blobs = diskBlobs(join(folder, 'blobs'), Date.now);
    const fail = (error: unknown): never => {
      throw error;
    };
    return createRotation({ store, blobs, sealer: createSealer(ownKeys(folder)), clock: Date.now }, fail);
  }

  async function begun(rotation: Rotation): Promise<void> {
    await rotation.begin();
    await rotation.stop();
  }
});
