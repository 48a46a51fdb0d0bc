import type { AgentJob, ConnectResponse } from '@signalbox/api';
import type { Millis } from '@signalbox/model';
import type { Clock } from '../clock.ts';
import { EARLY_ANSWER_MS, POLL_MARGIN_MS } from '../limits.ts';
import type { AgentLogger } from '../logger.ts';
import type { ServerCalls } from '../wire/server-calls.ts';
import { isUnauthorised, type Refused } from '../wire/answer.ts';
import { untilAnswered } from '../wire/retry.ts';
import { AgentRefusedError, type EndReason } from './agent-options.ts';

/** What the loop needs. */
export interface PollLoopOptions {
  readonly client: ServerCalls;
  readonly clock: Clock;
  readonly logger: AgentLogger;
  readonly session: string;
  readonly connection: ConnectResponse;
  readonly maxJobs: number;
  /** Aborted when no further job is to be taken. */
  readonly stopping: AbortSignal;
  readonly reconnect: () => Promise<ConnectResponse>;
  /** `askedAt`: when the job was asked for, on the monotonic clock. False: it was left alone. */
  readonly runJob: (job: AgentJob, connection: ConnectResponse, askedAt: Millis) => Promise<boolean>;
}

/**
 * Asks for work, does it, asks again. A loop of its own, because one job at a time is the agent's promise
 * (AGENT-2, INV-50): while a job runs nothing is asked for.
 */
export async function pollLoop(options: PollLoopOptions): Promise<EndReason> {
  const { client, clock, logger, session, stopping } = options;
  let { connection } = options;
  for (let jobs = 0; jobs < options.maxJobs;) {
    const { agent, pollWaitMs } = connection;
    const ask = { timeoutMs: pollWaitMs + POLL_MARGIN_MS, signal: stopping };
    const askedAt = clock.monotonic();
    const answer = await untilAnswered(() => client.poll(agent, { session }, ask), {
      clock,
      signal: stopping,
      onUnreachable: (message, tries) => logger.warn('poll-failed', { tries, message }),
    });
    if (answer === undefined) return 'stopped';
    if (answer.kind === 'ok') {
      const { job } = answer.value;
      if (job === undefined) {
        // A server that is shutting down answers at once; asking again at once would be a tight loop.
        if (clock.monotonic() - askedAt < pollWaitMs / 2) await clock.sleep(EARLY_ANSWER_MS, stopping);
        continue;
      }
      if (await options.runJob(job, connection, askedAt)) jobs += 1;
      continue;
    }
    logger.warn('poll-refused', { status: answer.status, message: answer.message });
    const next = await afterRefusal(answer, options);
    if (typeof next === 'string') return next;
    connection = next;
  }
  return 'jobsDone';
}

/** A server that has forgotten the agent is asked to take it back; every other refusal is the end. */
async function afterRefusal(answer: Refused, options: PollLoopOptions): Promise<EndReason | ConnectResponse> {
  if (isUnauthorised(answer)) return 'tokenRefused';
  if (answer.status === 409) return 'sessionReplaced';
  if (answer.status !== 404) return 'agentRefused';
  try {
    return await options.reconnect();
  } catch (error) {
    if (!(error instanceof AgentRefusedError)) throw error;
    if (error.code === 'aborted') return 'stopped';
    return error.code === 'token-refused' ? 'tokenRefused' : 'agentRefused';
  }
}
