import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createClient, type Client } from '@signalbox/api';
import { createEngine, ensureAdministrator, startServer, type RunningServer } from '@signalbox/server';
import { openStore, type Store } from '@signalbox/store';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { EXIT } from '../src/exit-codes.ts';
import { runProgram } from '../src/program.ts';
import { recordingTerminal } from './support.ts';

describe('signalbox locks delete', () => {
  const folder = mkdtempSync(join(tmpdir(), 'signalbox-delete-'));
  let store: Store;
  let server: RunningServer;
  let client: Client;
  let secret = '';

  beforeAll(async () => {
    store = await openStore({ kind: 'memory', engine: createEngine() });
    ({ secret } = await ensureAdministrator(store));
    const listen = { host: '127.0.0.1', port: 0, organization: 'default' };
    server = await startServer({ store, ...listen, dataFolder: folder, logLevel: 'silent' });
    client = createClient({ baseUrl: server.baseUrl, token: secret, fetch: server.fetch });
    await client.createProject({ name: 'Shop' });
    await locks('create', '--named', 'nightly', '--behavior', 'sequential');
    await locks('create', '--environment', 'production');
  });

  afterAll(async () => {
    await server.close();
    await store.close();
    rmSync(folder, { recursive: true, force: true });
  });

  async function locks(...args: readonly string[]): Promise<{ code: number; said: string }> {
    const terminal = recordingTerminal();
    const code = await runProgram(['locks', ...args, '--url', server.baseUrl, '--token', secret], terminal);
    return { code, said: terminal.said() };
  }

  it('refuses a lock that somebody holds, and says who has it', async () => {
    await client.acquireLease('Shop', { requestId: 'one', caller: 'backup', locks: ['nightly'] });
    const { code, said } = await locks('delete', 'nightly');
    expect(code).not.toBe(EXIT.ok);
    expect(said).toMatch(/nightly is held by backup, request one/);
    await client.releaseLease('Shop', 'one', 'succeeded');
  });

  it('takes a free one away, and knows it no more', async () => {
    expect(await locks('delete', 'NIGHTLY')).toEqual({ code: EXIT.ok, said: 'Deleted the lock nightly.\n' });
    expect((await locks('delete', 'nightly')).said).toMatch(/There is no lock nightly in Shop/);
  });

  it('leaves the lock of an environment to the environment', async () => {
    const { code, said } = await locks('delete', 'production');
    expect([code === EXIT.ok, said]).toEqual([false, expect.stringMatching(/delete that, or set "enabled"/)]);
  });
});
