import type { AgentFact, AgentJob, ConnectResponse, PollResponse, RenewResponse } from '@signalbox/api';
import type { LightMyRequestResponse } from 'fastify';
import type { TestServer } from './test-server.ts';

const BASE = '/_apis/signalbox/agent/v1';

/** An agent that runs nothing and says what it is told to say, through the real protocol. */
export interface FakeAgent {
  readonly id: number;
  readonly token: string;
  poll(): Promise<AgentJob | undefined>;
  report(job: AgentJob, sequence: number, facts: readonly AgentFact[]): Promise<LightMyRequestResponse>;
  log(
    job: AgentJob,
    step: number,
    firstLine: number,
    lines: readonly string[],
  ): Promise<LightMyRequestResponse>;
  renew(job: AgentJob): Promise<LightMyRequestResponse>;
  wait(job: AgentJob): Promise<RenewResponse>;
  /** Says that its process ends. */
  leave(): Promise<LightMyRequestResponse>;
  /** Says that the job started and, with one step, succeeded. */
  finish(job: AgentJob, result?: 'succeeded' | 'failed' | 'canceled'): Promise<void>;
}

/** Connects an agent to a pool. */
export async function connectAgent(
  box: TestServer,
  options: {
    readonly pool?: string;
    readonly name?: string;
    readonly capabilities?: Record<string, string>;
    /** Of a machine; then `token` is its environment's. */
    readonly environment?: { readonly name: string; readonly tags?: readonly string[] };
    readonly token?: string;
  } = {},
): Promise<FakeAgent> {
  const pool = options.pool ?? 'Default';
  const token = options.token ?? (await box.agentToken(pool));
  const session = `session-${Math.random()}`;
  const post = (path: string, body: unknown): Promise<LightMyRequestResponse> =>
    box.call('POST', `${BASE}/${path}`, { token, body });
  const connected = await post(`pools/${pool}/connect`, {
    protocol: 1,
    name: options.name ?? 'agent-1',
    version: '0.1.0',
    session,
    capabilities: options.capabilities ?? { 'Agent.OS': 'Linux' },
    ...(options.environment !== undefined && { environment: options.environment }),
  });
  if (connected.statusCode !== 200) throw new Error(`connect: ${connected.statusCode} ${connected.body}`);
  const id = connected.json<ConnectResponse>().agent;
  const agent: FakeAgent = {
    id,
    token,
    async poll() {
      const response = await post(`agents/${id}/poll`, { session });
      if (response.statusCode !== 200) throw new Error(`poll: ${response.statusCode} ${response.body}`);
      return response.json<PollResponse>().job;
    },
    report: (job, sequence, facts) =>
      post(`jobs/${job.request}/report`, { lease: job.lease, sequence, facts }),
    log: (job, step, firstLine, lines) =>
      post(`jobs/${job.request}/log`, { lease: job.lease, step, firstLine, lines }),
    renew: (job) => post(`jobs/${job.request}/renew`, { lease: job.lease }),
    async wait(job) {
      return (await post(`jobs/${job.request}/wait`, { lease: job.lease })).json<RenewResponse>();
    },
    leave: () => post(`agents/${id}/leave`, { session }),
    async finish(job, result = 'succeeded') {
      const at = Date.now();
      const step = { order: 1, name: 'one', displayName: 'One', state: 'completed', result } as const;
      const times = { startTime: at, finishTime: at, issues: [], errorCount: 0, warningCount: 0, log: 1 };
      await agent.log(job, 1, 0, ['first line', 'second line']);
      const response = await agent.report(job, 1, [
        { kind: 'started', at },
        { kind: 'step', step: { ...step, ...times } },
        { kind: 'finished', at, result },
      ]);
      if (response.statusCode !== 204) throw new Error(`report: ${response.statusCode} ${response.body}`);
    },
  };
  return agent;
}
