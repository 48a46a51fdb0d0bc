import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished, vi } from 'vitest';
import { startAgent, type AgentLogger, type AgentOptions, type RunningAgent } from '../../src/index.ts';
import { FakeServer, type FakeNumbers } from './fake-server.ts';

// Real processes on a machine that may be busy with other things.
vi.setConfig({ testTimeout: 120_000 });

/** A server, an agent, and a folder for it; all gone when the test ends. */
export interface Scene {
  readonly server: FakeServer;
  readonly agent: RunningAgent;
  readonly workFolder: string;
  /** What the agent told its operator, as `event` names. */
  readonly events: string[];
}

export interface SceneOptions {
  readonly numbers?: Partial<FakeNumbers>;
  readonly agent?: Partial<AgentOptions>;
}

/** The agents of tests stop processes faster than real ones. */
const FAST = { interruptMs: 300, terminateMs: 300, doneMs: 300 };

export async function scene(options: SceneOptions = {}): Promise<Scene> {
  const { close, ...opened } = await openScene(await temporaryFolder(), options);
  onTestFinished(close);
  return opened;
}

/** A scene for all tests of a file, which close it. */
export async function openScene(
  workFolder: string,
  options: SceneOptions = {},
): Promise<Scene & { readonly close: () => Promise<void> }> {
  const server = await new FakeServer(options.numbers).start();
  const events: string[] = [];
  const note = (event: string): number => events.push(event);
  const logger: AgentLogger = { info: note, warn: note, error: note };
  const agent = await startAgent({
    serverUrl: server.url,
    token: 'pool-token-0123456789',
    pool: 'Default',
    name: 'agent-1',
    version: '0.1.0',
    workFolder,
    stopTimings: FAST,
    environment: { PATH: process.env['PATH'], HOME: process.env['HOME'] },
    logger,
    ...options.agent,
  });
  const close = async (): Promise<void> => {
    await agent.stop({ graceful: false });
    await server.kill();
  };
  return { server, agent, workFolder, events, close };
}

export async function temporaryFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'signalbox-agent-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

/** Waits until it is true; the story fails with the name of what did not happen. */
export async function eventually(what: string, test: () => boolean, ms = 60_000): Promise<void> {
  const end = Date.now() + ms;
  while (!test()) {
    if (Date.now() > end) throw new Error(`Did not happen within ${ms} ms: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}
