import { describe, expect, it } from 'vitest';
import { startAgent, type AgentOptions } from '../../src/index.ts';
import { FakeServer, script } from '../support/fake-server.ts';
import { eventually, scene, temporaryFolder } from '../support/scene.ts';

async function options(serverUrl: string): Promise<AgentOptions> {
  return {
    serverUrl,
    token: 'pool-token-0123456789',
    pool: 'Default',
    name: 'agent-1',
    version: '0.1.0',
    workFolder: await temporaryFolder(),
    environment: { PATH: process.env['PATH'] },
  };
}

describe('connecting', () => {
  it.each([
    [401, 'token-refused'],
    [403, 'token-refused'],
    [404, 'pool-unknown'],
    [409, 'agent-version'],
    [400, 'refused'],
  ])('is final when the answer is %i', async (status, code) => {
    const server = await new FakeServer().start();
    server.intercept = () => status;
    await expect(startAgent(await options(server.url))).rejects.toMatchObject({
      name: 'AgentRefusedError',
      code,
    });
    await server.kill();
  });

  it('waits for a server that is not there yet', async () => {
    const server = await new FakeServer().start();
    await server.kill();
    const starting = startAgent(await options(server.url));
    await new Promise((resolve) => setTimeout(resolve, 300));
    await server.restart();
    const agent = await starting;
    expect(server.connects).toHaveLength(1);
    expect(server.connects[0]).toMatchObject({ protocol: 1, name: 'agent-1', version: '0.1.0' });
    await agent.stop({ graceful: true });
    await server.kill();
  });

  it('can be given up', async () => {
    const giveUp = new AbortController();
    const starting = startAgent({ ...(await options('http://127.0.0.1:1/default')), signal: giveUp.signal });
    giveUp.abort();
    await expect(starting).rejects.toMatchObject({ code: 'aborted' });
  });

  it("tells the capabilities: detected, the user's own above them, nothing private (AGENT-3)", async () => {
    const { server } = await scene({
      agent: {
        capabilities: { gpu: '', NODE: 'mine' },
        environment: {
          PATH: process.env['PATH'],
          JAVA_HOME: '/jdk',
          MY_API_KEY: 'abc',
          SIGNALBOX_TOKEN: 'xyz',
        },
      },
    });
    const capabilities = server.connects[0]?.capabilities ?? {};
    expect(capabilities).toMatchObject({
      gpu: '',
      NODE: 'mine',
      JAVA_HOME: '/jdk',
      'Agent.Name': 'agent-1',
      MY_API_KEY: '***',
    });
    expect(capabilities['bash']).toMatch(/\/bash$/);
    expect(capabilities).not.toHaveProperty('node');
    expect(JSON.stringify(capabilities)).not.toContain('xyz');
  });
});

describe('the poll loop', () => {
  it.each([
    [401, 'tokenRefused'],
    [409, 'sessionReplaced'],
    [400, 'agentRefused'],
  ])('ends when the answer is %i', async (status, reason) => {
    const { server, agent } = await scene({ numbers: { pollWaitMs: 50 } });
    server.intercept = (path) => (path.endsWith('/poll') ? status : undefined);
    expect(await agent.ended).toBe(reason);
  });

  it('connects again, as the same session, when the server has forgotten the agent', async () => {
    const { server } = await scene({ numbers: { pollWaitMs: 50 } });
    server.intercept = (path) => (path.endsWith('/poll') && server.connects.length < 2 ? 404 : undefined);
    await eventually('a second connect', () => server.connects.length === 2);
    expect(server.connects[1]?.session).toBe(server.connects[0]?.session);
    const job = server.enqueue([script('s', 'true')]);
    expect((await job.finished).result).toBe('succeeded');
  });

  it('goes on when the server was away', async () => {
    const { server, events } = await scene({ numbers: { pollWaitMs: 50 } });
    await server.kill();
    await eventually('a poll fails', () => events.includes('poll-failed'));
    await server.restart();
    const job = server.enqueue([script('s', 'true')]);
    expect((await job.finished).result).toBe('succeeded');
  });

  it('does one job at a time (AGENT-2, INV-50), and as many as it was asked for', async () => {
    const { server, agent } = await scene({ agent: { maxJobs: 2 } });
    const jobs = [1, 2, 3].map(() => server.enqueue([script('s', 'date +%s%N; sleep 0.2; date +%s%N')]));
    expect(await agent.ended).toBe('jobsDone');
    expect(server.left).toBe(1);
    const times = jobs.slice(0, 2).flatMap((job) => job.logOf('s').filter((line) => /^\d+$/.test(line)));
    expect([...times].sort()).toEqual(times);
    expect(times).toHaveLength(4);
    expect(jobs[2]?.facts).toEqual([]);
  });
});
