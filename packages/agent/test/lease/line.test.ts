import { describe, expect, it, onTestFinished } from 'vitest';
import { startAgent, type RunningAgent } from '../../src/index.ts';
import { bashStep, FakeServer, type FakeNumbers } from '../support/fake-server.ts';
import { eventually, temporaryFolder } from '../support/scene.ts';
import { TcpProxy } from '../support/tcp-proxy.ts';

interface FarScene {
  readonly server: FakeServer;
  readonly line: TcpProxy;
  readonly agent: RunningAgent;
  readonly events: string[];
}

/** An agent whose only way to the server is a line that can be cut. */
async function farScene(numbers: Partial<FakeNumbers>): Promise<FarScene> {
  const server = await new FakeServer(numbers).start();
  const line = await TcpProxy.start(Number(new URL(server.url).port));
  const events: string[] = [];
  const note = (event: string): number => events.push(event);
  const agent = await startAgent({
    serverUrl: `http://127.0.0.1:${line.port}/default`,
    token: 'pool-token-0123456789',
    pool: 'Default',
    name: 'far-1',
    version: '0.1.0',
    workFolder: await temporaryFolder(),
    stopTimings: { interruptMs: 300, terminateMs: 300, doneMs: 300 },
    environment: { PATH: process.env['PATH'], HOME: process.env['HOME'] },
    logger: { info: note, warn: note, error: note },
  });
  onTestFinished(async () => {
    line.set('open');
    await agent.stop({ graceful: false });
    await line.close();
    await server.kill();
  });
  return { server, line, agent, events };
}

const TALK = 'echo ready; for i in $(seq 1 10); do echo "line $i"; sleep 0.05; done';
const LINES = Array.from({ length: 10 }, (_, index) => `line ${index + 1}`);

describe('a line between agent and server (RELIABILITY F8)', () => {
  it.each(['cut', 'hole'] as const)(
    'that is a %s for a moment harms no job, and the log is whole',
    async (state) => {
      const { server, line, events } = await farScene({
        renewEveryMs: 100,
        leaseMs: 20_000,
        pollWaitMs: 500,
      });
      const job = server.enqueue([bashStep('a', TALK), bashStep('b', 'echo after')]);
      await eventually('the job talks', () => job.logOf('a').includes('ready'));
      line.set(state);
      await eventually('a renewal fails', () => events.includes('renew-failed'));
      line.set('open');
      expect((await job.finished).result).toBe('succeeded');
      expect(job.logOf('a').filter((text) => text.startsWith('line '))).toEqual(LINES);
      expect(job.problems).toEqual([]);
      expect(job.facts.filter(({ kind }) => kind === 'finished')).toHaveLength(1);
    },
  );

  it('that swallows everything for longer than the lease ends the job, which cleans up and says so (LAW-8, LAW-10)', async () => {
    const { server, line, events } = await farScene({ renewEveryMs: 100, leaseMs: 600, pollWaitMs: 500 });
    const job = server.enqueue([
      bashStep('a', 'echo ready; sleep 60'),
      bashStep('b', 'echo tidied', { condition: 'always()' }),
      bashStep('c', 'true'),
    ]);
    await eventually('the job is at work', () => job.logOf('a').includes('ready'));
    line.set('hole');
    await eventually('the lease expires', () => events.includes('lease-expired'));
    line.set('open');
    expect(await job.finished).toMatchObject({ result: 'canceled' });
    expect(job.results()).toMatchObject({ a: 'canceled', b: 'succeeded', c: 'skipped' });
  });

  it('that swallows the answer with a job until its lease is lost starts nothing (LAW-8, R17)', async () => {
    const { server, line, events } = await farScene({ renewEveryMs: 100, leaseMs: 400, pollWaitMs: 2_000 });
    line.set('hole');
    const job = server.enqueue([bashStep('a', 'true')]);
    server.revoke(job);
    const over = Date.now() + 500;
    await eventually('the lease is over', () => Date.now() > over);
    line.set('open');
    await eventually('the job is left alone', () => events.includes('job-left'));
    expect(job.facts).toEqual([]);
  });

  it('that is slow keeps the lease', async () => {
    const { server, line, events } = await farScene({ renewEveryMs: 100, leaseMs: 2_000, pollWaitMs: 500 });
    line.delayMs = 40;
    const job = server.enqueue([bashStep('a', TALK)]);
    expect((await job.finished).result).toBe('succeeded');
    expect(job.logOf('a').filter((text) => text.startsWith('line '))).toEqual(LINES);
    expect(events).not.toContain('lease-expired');
  });
});
