import type { PoolMessage } from '@signalbox/engine';
import { createAgentToken } from '@signalbox/server';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { EXIT } from '../src/exit-codes.ts';
import { runProgram } from '../src/program.ts';
import { recordingTerminal } from './support.ts';
import { startTestServer, type TestServer } from './test-server.ts';

const POOL = { kind: 'pool', id: 1 } as const;
const INSTANCE = { stage: 'Deploy', stageAttempt: 1, job: 'Ship', jobAttempt: 1 };

describe('signalbox agents and pools', () => {
  let box: TestServer;
  let key = 0;

  beforeAll(async () => {
    box = await startTestServer();
    await run('pools', 'create', 'Linux');
    await tell({
      type: 'AgentConnected',
      name: 'build-1',
      version: '1',
      session: 's',
      capabilities: { bash: '' },
    });
    await tell({
      type: 'AgentConnected',
      name: 'build-2',
      version: '1',
      session: 't',
      capabilities: { bash: '' },
    });
  });

  afterAll(() => box.stop());

  async function tell(body: PoolMessage): Promise<void> {
    key += 1;
    const reply = await box.store.inbox.execute({ to: POOL, body }, `key ${key}`);
    if (!reply.ok) throw new Error(reply.refusal.message);
  }

  async function run(...args: readonly string[]): Promise<{ code: number; out: string; said: string }> {
    const terminal = recordingTerminal();
    const code = await runProgram([...args, ...box.access], terminal);
    return { code, out: terminal.printed(), said: terminal.said() };
  }

  const agents = (...args: readonly string[]): ReturnType<typeof run> =>
    run('agents', ...args, '--pool', 'linux');

  /** What the server answers to an agent that connects. */
  async function connect(token: string, protocol: number): Promise<{ status: number; text: string }> {
    const url = `${box.server.baseUrl}/_apis/signalbox/agent/v1/pools/Linux/connect`;
    const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
    const body = JSON.stringify({ protocol, name: 'far', version: '9.9.9', session: 'f', capabilities: {} });
    const answer = await fetch(url, { method: 'POST', headers, body });
    return { status: answer.status, text: await answer.text() };
  }

  it('lists agents, and says of a job that waits what it waits for (JOB-4)', async () => {
    const ready = {
      type: 'JobReady',
      run: 7,
      instance: INSTANCE,
      readyAt: 0,
      cancelTimeoutMs: 1000,
    } as const;
    await tell({ ...ready, demands: [{ capability: 'bash' }] });
    const { code, out, said } = await agents('list');
    expect(code).toBe(EXIT.ok);
    expect(out).toMatch(/Linux +build-1 +1 +idle/);
    expect(said).toMatch(
      /^Deploy\.Ship of run 7: Waits for an agent to ask for work.* since 1970-01-01 00:00 UTC; build-1 is free; build-2 is free\.$/m,
    );
  });

  it('drains: waits for the job at hand, and takes no other (AGENT-2)', async () => {
    await tell({ type: 'AgentPolled', agent: 1, session: 's' });
    const terminal = recordingTerminal();
    const draining = runProgram(['agents', 'drain', 'build-1', '--pool', 'Linux', ...box.access], terminal);
    await expect.poll(() => terminal.said(), { timeout: 20_000 }).toContain('Waits for');
    await tell({ type: 'JobOver', run: 7, instance: INSTANCE, lease: 1 });
    expect(await draining).toBe(EXIT.ok);
    expect(terminal.said()).toBe(
      'Waits for build-1 (Deploy.Ship of run 7).\nDrained: no job is left on 1 of the agents of Linux.\n',
    );
    expect((await agents('list')).out).toMatch(/build-1 +1 +disabled, idle/);
    expect((await agents('enable', 'BUILD-1')).said).toBe('build-1 is enabled.\n');
  });

  it('says what an agent can do, and who said so (AGENT-3)', async () => {
    expect((await agents('capability', 'build-2', '--set', 'SqlPackage', '--set', 'region=eu')).out).toBe(
      'sqlpackage\nregion=eu\n',
    );
    expect((await agents('show', 'build-2')).out).toMatch(/bash +the agent[^]*sqlpackage +a person/);
    expect((await agents('capability', 'build-2', '--unset', 'sqlpackage')).out).toBe('region=eu\n');
    const { code, said } = await agents('capability', 'build-2', '--unset', 'bash');
    expect([code, said]).toEqual([
      EXIT.notFound,
      'Nobody said that build-2 has bash; what it says itself stays.\n',
    ]);
  });

  it('limits the parallel jobs of a pool (AGENT-6)', async () => {
    expect((await run('pools', 'limit', 'Linux', '3')).out).toMatch(/Linux +2 +3/);
    expect((await run('pools', 'limit', 'Linux', 'none')).out).toMatch(/Linux +2 +no limit/);
    expect((await run('pools', 'limit', 'Linux', '0')).code).toBe(EXIT.usage);
  });

  it('forgets an agent, and names those there are when one is not found', async () => {
    expect((await agents('remove', 'build-2')).said).toBe('The pool Linux has no agent build-2 any more.\n');
    const { code, said } = await agents('show', 'build-2');
    expect([code, said]).toEqual([EXIT.notFound, 'The pool Linux has no agent build-2. It has: build-1.\n']);
  });

  it('refuses an agent of another version with the release to install, and one with the token of another pool', async () => {
    const token = await createAgentToken(box.store, { pool: 'Linux', name: 'agents' });
    const old = await connect(token, 99);
    expect(old.status).toBe(409);
    expect(old.text).toMatch(
      /the agent, Signalbox 9\.9\.9, speaks version 99\. Install Signalbox [\d.]+ on the machine/,
    );
    const other = await createAgentToken(box.store, { pool: 'Windows', name: 'others' });
    expect((await connect(other, 1)).status).toBe(403);
  });
});
