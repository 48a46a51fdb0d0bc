import { AGENT_PROTOCOL_VERSION, type ConnectRequest, type ConnectResponse } from '@signalbox/api';
import type { Clock } from '../clock.ts';
import type { AgentLogger } from '../logger.ts';
import type { ServerCalls } from '../wire/server-calls.ts';
import { isUnauthorised, type Refused } from '../wire/answer.ts';
import { untilAnswered } from '../wire/retry.ts';
import { AgentRefusedError } from './agent-options.ts';

/** Who connects, and with what. */
export interface ConnectOptions {
  readonly client: ServerCalls;
  readonly clock: Clock;
  readonly logger: AgentLogger;
  readonly signal: AbortSignal;
  readonly pool: string;
  readonly request: Omit<ConnectRequest, 'protocol'>;
}

/** Connects, however long the server is away; throws an AgentRefusedError when the server says no. */
export async function connect(options: ConnectOptions): Promise<ConnectResponse> {
  const { client, clock, logger, signal, pool, request } = options;
  const body = { protocol: AGENT_PROTOCOL_VERSION, ...request };
  const answer = await untilAnswered(() => client.connect(pool, body, { signal }), {
    clock,
    signal,
    onUnreachable: (message, tries) => logger.warn('connect-failed', { tries, message }),
  });
  if (answer === undefined) throw new AgentRefusedError('aborted', 'Connecting was given up.');
  if (answer.kind === 'refused') throw refusal(answer, pool);
  logger.info('connected', { agent: answer.value.agent, pool: answer.value.pool });
  return answer.value;
}

function refusal(answer: Refused, pool: string): AgentRefusedError {
  const detail = answer.message === '' ? '' : ` ${answer.message}`;
  if (isUnauthorised(answer)) {
    return new AgentRefusedError('token-refused', `The server does not accept the agent's token.${detail}`);
  }
  if (answer.status === 404) {
    return new AgentRefusedError('pool-unknown', `There is no pool "${pool}" at this address.${detail}`);
  }
  if (answer.status === 409) {
    return new AgentRefusedError(
      'agent-version',
      detail === ''
        ? "The server refuses this version of the agent: install the server's version."
        : detail.trim(),
    );
  }
  return new AgentRefusedError('refused', `The server refused the agent (${answer.status}).${detail}`);
}
