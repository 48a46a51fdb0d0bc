import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createClient, type Client } from '@signalbox/api';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';

/** In a fresh checkout the first command builds what it needs. */
const BUILD_MS = 300_000;

vi.setConfig({ testTimeout: 240_000, hookTimeout: BUILD_MS + 60_000 });

const CLI = fileURLToPath(new URL('../bin/signalbox.js', import.meta.url));

const TOKEN = 'a-token-for-this-test-only-0001';

/** A real process of the command line, with what it has said so far. */
interface Process {
  readonly child: ChildProcess;
  said(): string;
  readonly over: Promise<number | null>;
}

describe('signalbox lock run', () => {
  const folder = mkdtempSync(join(tmpdir(), 'signalbox-lock-'));
  const running: ChildProcess[] = [];
  let url = '';
  let client: Client;

  beforeAll(async () => {
    const server = start(['up', '--port', '0', '--agents', '0', '--data', join(folder, 'data')]);
    await vi.waitFor(() => expect(server.said()).toMatch(/http:\/\/127/), { timeout: BUILD_MS });
    const [origin = ''] = /http:\/\/127\.0\.0\.1:\d+/.exec(server.said()) ?? [];
    url = `${origin}/default`;
    client = createClient({ baseUrl: url, token: TOKEN, fetch: (to, init) => fetch(to, init) });
    await client.createProject({ name: 'Demo' });
    await client.createLock('Demo', { resource: { type: 'named', name: 'prod' }, behavior: 'sequential' });
  });

  afterAll(async () => {
    for (const child of running.filter(
      ({ exitCode, signalCode }) => exitCode === null && signalCode === null,
    )) {
      child.kill('SIGTERM');
      await once(child, 'exit');
    }
    rmSync(folder, { recursive: true, force: true });
  });

  function start(args: readonly string[]): Process {
    const env = { ...process.env, SIGNALBOX_TOKEN: TOKEN, SIGNALBOX_ADMIN_TOKEN: TOKEN, SIGNALBOX_URL: url };
    const child = spawn(process.execPath, [CLI, ...args], { env, stdio: ['ignore', 'pipe', 'pipe'] });
    running.push(child);
    let said = '';
    child.stdout.on('data', (data: Buffer) => (said += data.toString()));
    child.stderr.on('data', (data: Buffer) => (said += data.toString()));
    const over = once(child, 'close').then(([code]) => code as number | null);
    return { child, said: () => said, over };
  }

  const locked = (args: readonly string[], script: string): Process =>
    start(['lock', 'run', '--lock', 'prod', ...args, '--', process.execPath, '-e', script]);

  it('runs the command with the token of the lock, and keeps its exit code', async () => {
    const run = locked([], 'console.log("token", process.env.SIGNALBOX_LOCK_TOKEN); process.exit(7)');
    expect([await run.over, run.said()]).toEqual([7, expect.stringMatching(/Holds prod[^]*token \d+/)]);
    const [lock] = (await client.listLocks('Demo')).items;
    expect(lock?.holders).toEqual([]);
  });

  it('waits in the queue, says why, and runs when the lock is free', async () => {
    const first = locked(['--caller', 'first'], 'console.log("going"); setInterval(() => {}, 1000)');
    await vi.waitFor(() => expect(first.said()).toMatch(/going/), { timeout: 60_000 });
    const second = locked([], 'console.log("mine")');
    await vi.waitFor(() => expect(second.said()).toMatch(/number 1 at prod[^]*held by first/), {
      timeout: 60_000,
    });
    expect(second.said()).not.toMatch(/mine/);
    first.child.kill('SIGTERM');
    expect(await first.over).toBe(143);
    expect([await second.over, second.said()]).toEqual([0, expect.stringMatching(/mine/)]);
  });

  it('passes signals on, so that the command can clean up', async () => {
    const script =
      'process.on("SIGINT", () => process.exit(9)); console.log("up"); setInterval(() => {}, 1000)';
    const run = locked([], script);
    await vi.waitFor(() => expect(run.said()).toMatch(/up/), { timeout: 60_000 });
    run.child.kill('SIGINT');
    expect(await run.over).toBe(9);
  });

  it('gives up waiting after its time, at once if that is none, and leaves the queue (R22)', async () => {
    const holder = await client.acquireLease('Demo', {
      requestId: 'holder',
      locks: ['prod'],
      leaseSeconds: 600,
    });
    expect(holder.status).toBe('inUse');
    const run = locked(['--wait-timeout', '0'], 'console.log("never")');
    expect([await run.over, run.said()]).toEqual([1, expect.stringMatching(/Nothing was run/)]);
    const cancelled = locked([], 'console.log("never")');
    await vi.waitFor(() => expect(cancelled.said()).toMatch(/Waits/), { timeout: 60_000 });
    cancelled.child.kill('SIGTERM');
    expect(await cancelled.over).toBe(143);
    const [lock] = (await client.listLocks('Demo')).items;
    expect(lock?.waitersTotal).toBe(0);
    await client.releaseLease('Demo', 'holder', 'succeeded');
  });

  it('ends the command when the lease is lost', async () => {
    const run = locked(
      ['--lease', '6', '--caller', 'lost'],
      'console.log("up"); setInterval(() => {}, 1000)',
    );
    await vi.waitFor(() => expect(run.said()).toMatch(/up/), { timeout: 60_000 });
    const [lock] = (await client.listLocks('Demo')).items;
    const requestId = lock?.holders[0]?.nodeName ?? '';
    await client.releaseLease('Demo', requestId, 'succeeded');
    expect([await run.over, run.said()]).toEqual([143, expect.stringMatching(/locks are lost[^]*Ending/)]);
  });

  it('only warns when it is told so', async () => {
    const told = join(folder, 'told');
    const script = `console.log("up"); setInterval(() => fs.existsSync(${JSON.stringify(told)}) && process.exit(5), 50)`;
    const run = locked(['--lease', '6', '--on-lost', 'warn'], script);
    await vi.waitFor(() => expect(run.said()).toMatch(/up/), { timeout: 60_000 });
    const [lock] = (await client.listLocks('Demo')).items;
    await client.releaseLease('Demo', lock?.holders[0]?.nodeName ?? '', 'succeeded');
    await vi.waitFor(() => expect(run.said()).toMatch(/locks are lost/), { timeout: 60_000 });
    writeFileSync(told, '');
    expect(await run.over).toBe(5);
  });

  it('says that a lock does not exist, and runs nothing', async () => {
    const run = start(['lock', 'run', '--lock', 'nowhere', '--', 'echo', 'never']);
    expect([await run.over, run.said()]).toEqual([5, expect.stringMatching(/lock nowhere does not exist/)]);
    expect(run.said()).not.toMatch(/^never/m);
  });
});
