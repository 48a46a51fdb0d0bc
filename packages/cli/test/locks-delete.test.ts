import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { EXIT } from '../src/exit-codes.ts';
import { runProgram } from '../src/program.ts';
import { recordingTerminal } from './support.ts';
import { startTestServer, type TestServer } from './test-server.ts';

describe('signalbox locks delete', () => {
  let box: TestServer;

  beforeAll(async () => {
    box = await startTestServer();
    await box.client.createProject({ name: 'Shop' });
    await locks('create', '--named', 'nightly', '--behavior', 'sequential');
    await locks('create', '--environment', 'production');
  });

  afterAll(() => box.stop());

  async function locks(...args: readonly string[]): Promise<{ code: number; said: string }> {
    const terminal = recordingTerminal();
    const code = await runProgram(['locks', ...args, ...box.access], terminal);
    return { code, said: terminal.said() };
  }

  it('refuses a lock that somebody holds, and says who has it', async () => {
    await box.client.acquireLease('Shop', { requestId: 'one', caller: 'backup', locks: ['nightly'] });
    const { code, said } = await locks('delete', 'nightly');
    expect(code).not.toBe(EXIT.ok);
    expect(said).toMatch(/nightly is held by backup, request one/);
    await box.client.releaseLease('Shop', 'one', 'succeeded');
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
