import type { AgentJob, ConnectResponse } from '@signalbox/api';
import type { Millis } from '@signalbox/model';
import { randomUUID } from 'node:crypto';
import { mkdir } from 'node:fs/promises';
import { resolve } from 'node:path';
import { detectCapabilities } from '../capabilities/capabilities.ts';
import { systemClock } from '../clock.ts';
import { containerEngine, type ContainerEngine } from '../containers/container-engine.ts';
import { runJob } from '../job/run-job.ts';
import { JobControl } from '../lease/job-control.ts';
import { LEAVE_MS, STOP_TIMINGS } from '../limits.ts';
import { silentLogger } from '../logger.ts';
import { startReaper } from '../process/reaper.ts';
import { serverCalls } from '../wire/server-calls.ts';
import type { AgentOptions, EndReason, RunningAgent, StopOptions } from './agent-options.ts';
import { connect } from './connect.ts';
import { pollLoop } from './poll-loop.ts';

/** What an agent is made of. */
interface AgentParts {
  readonly options: AgentOptions;
  readonly environment: Readonly<Record<string, string>>;
  readonly stopping: AbortController;
  /** The job at hand. */
  current: JobControl | undefined;
}

/**
 * Starts an agent: connects, however long that takes, and then does the jobs it is given until it is stopped.
 * Throws an AgentRefusedError when the server does not want it.
 */
export async function startAgent(options: AgentOptions): Promise<RunningAgent> {
  const parts: AgentParts = {
    options,
    environment: definedOnly(options.environment ?? process.env),
    stopping: new AbortController(),
    current: undefined,
  };
  const giveUp = (): void => parts.stopping.abort();
  options.signal?.addEventListener('abort', giveUp, { once: true });
  if (options.signal?.aborted === true) giveUp();
  await mkdir(options.workFolder, { recursive: true });
  const capabilities = await detectCapabilities(
    { name: options.name, version: options.version, homeDirectory: resolve(options.workFolder) },
    parts.environment,
    options.capabilities ?? {},
  );
  const session = randomUUID();
  const reconnect = (): Promise<ConnectResponse> => connectAs(parts, session, capabilities);
  const connection = await reconnect();
  options.signal?.removeEventListener('abort', giveUp);
  const engine = containerEngine(capabilities);
  const ended = work(parts, { session, connection, reconnect, ...(engine && { containerEngine: engine }) });
  return {
    id: connection.agent,
    pool: connection.pool,
    capabilities,
    ended,
    stop: (how) => stop(parts, ended, how),
  };
}

function connectAs(
  { options, stopping }: AgentParts,
  session: string,
  capabilities: Readonly<Record<string, string>>,
): Promise<ConnectResponse> {
  return connect({
    client: clientOf(options),
    clock: options.clock ?? systemClock,
    logger: options.logger ?? silentLogger,
    signal: stopping.signal,
    pool: options.pool,
    request: {
      name: options.name,
      version: options.version,
      session,
      capabilities,
      ...(options.environmentResource !== undefined && { environment: options.environmentResource }),
    },
  });
}

function clientOf({ serverUrl, token, fetch }: AgentOptions): ReturnType<typeof serverCalls> {
  return serverCalls({ serverUrl, token, fetch: fetch ?? globalThis.fetch });
}

/** What one life of the process has. */
interface Session {
  readonly session: string;
  readonly connection: ConnectResponse;
  readonly reconnect: () => Promise<ConnectResponse>;
  /** Absent: neither Docker nor Podman answered. */
  readonly containerEngine?: ContainerEngine;
}

async function work(parts: AgentParts, session: Session): Promise<EndReason> {
  const { options, stopping } = parts;
  const clock = options.clock ?? systemClock;
  const logger = options.logger ?? silentLogger;
  const client = clientOf(options);
  const reaper = startReaper();
  const host = {
    client,
    clock,
    logger,
    reaper,
    timings: options.stopTimings ?? STOP_TIMINGS,
    environment: parts.environment,
    workFolder: options.workFolder,
    ...(session.containerEngine && { containerEngine: session.containerEngine }),
  };
  const { name, version, workFolder } = options;
  const run = async (job: AgentJob, connection: ConnectResponse, askedAt: Millis): Promise<boolean> => {
    const { request, lease } = job;
    const agent = { id: connection.agent, name, version, homeDirectory: resolve(workFolder) };
    const { renewEveryMs, leaseMs, pollWaitMs } = connection;
    const control = new JobControl(clock);
    parts.current = control;
    logger.info('job-started', { request, lease });
    const ran = await runJob(job, { ...host, agent, renewEveryMs, leaseMs, pollWaitMs, askedAt }, control);
    logger.info('job-ended', { request, lease, reason: control.reason });
    parts.current = undefined;
    return ran;
  };
  try {
    const maxJobs = options.maxJobs ?? Number.POSITIVE_INFINITY;
    const reason = await pollLoop({
      ...session,
      client,
      clock,
      logger,
      maxJobs,
      stopping: stopping.signal,
      runJob: run,
    });
    logger.info('agent-ended', { reason });
    // So that the server gives back at once what a broken poll may have been answered with.
    if (reason === 'stopped' || reason === 'jobsDone') {
      await client.leave(session.connection.agent, { session: session.session }, { timeoutMs: LEAVE_MS });
    }
    return reason;
  } finally {
    reaper.close();
  }
}

async function stop(parts: AgentParts, ended: Promise<EndReason>, { graceful }: StopOptions): Promise<void> {
  parts.stopping.abort();
  if (!graceful) {
    const { interruptMs, terminateMs } = parts.options.stopTimings ?? STOP_TIMINGS;
    parts.current?.shutDown(interruptMs + terminateMs);
  }
  await ended;
}

function definedOnly(environment: Readonly<Record<string, string | undefined>>): Record<string, string> {
  const defined: Record<string, string> = {};
  for (const [name, value] of Object.entries(environment)) if (value !== undefined) defined[name] = value;
  return defined;
}
