import type { Clock } from '../clock.ts';
import type { StopTimings } from '../limits.ts';
import type { AgentLogger } from '../logger.ts';
import type { Fetch } from '@signalbox/api';

/** How to start an agent. */
export interface AgentOptions {
  /** The server's address, organisation included: `http://host:8080/default`. */
  readonly serverUrl: string;
  /** A token whose scope is the pool. */
  readonly token: string;
  /** Name or number of the pool. */
  readonly pool: string;
  /** It is a machine of this environment, and serves no pool that has a name (DEP-12). */
  readonly environmentResource?: { readonly name: string; readonly tags?: readonly string[] };
  /** Unique in its pool: a later agent of that name replaces this one. */
  readonly name: string;
  /** Where workspaces are kept; belongs to this agent alone. */
  readonly workFolder: string;
  /** The version this agent reports. */
  readonly version: string;
  /** The user's own capabilities; they win over detected ones (AGENT-3). */
  readonly capabilities?: Readonly<Record<string, string>>;
  /** The agent ends after so many jobs. */
  readonly maxJobs?: number;
  readonly logger?: AgentLogger;
  /** The environment for capabilities and steps; `process.env` when absent. */
  readonly environment?: Readonly<Record<string, string | undefined>>;
  /** Gives up connecting. */
  readonly signal?: AbortSignal;
  readonly fetch?: Fetch;
  readonly clock?: Clock;
  readonly stopTimings?: StopTimings;
}

/** Why an agent ended. */
export type EndReason =
  /** It was told to. */
  | 'stopped'
  /** It has done the jobs it was started for. */
  | 'jobsDone'
  /** Another agent of its name has connected. */
  | 'sessionReplaced'
  /** Its token is not accepted any more. */
  | 'tokenRefused'
  /** The server does not know it any more, and does not want it back. */
  | 'agentRefused';

/** How to stop an agent. */
export interface StopOptions {
  /** True: the job at hand is finished first. False: it is cancelled at once (AGENT-10). */
  readonly graceful: boolean;
}

/** An agent that is connected. */
export interface RunningAgent {
  readonly id: number;
  readonly pool: string;
  readonly capabilities: Readonly<Record<string, string>>;
  /** Settles when the agent has ended, for whatever reason; never rejects. */
  readonly ended: Promise<EndReason>;
  /** Takes no further job; resolves when the agent has ended. A second, not graceful call cuts a graceful one short. */
  stop(options: StopOptions): Promise<void>;
}

/** Connecting was refused for a reason that trying again does not change. */
export class AgentRefusedError extends Error {
  override readonly name = 'AgentRefusedError';
  readonly code: 'agent-version' | 'token-refused' | 'pool-unknown' | 'refused' | 'aborted';

  constructor(code: AgentRefusedError['code'], message: string) {
    super(message);
    this.code = code;
  }
}
