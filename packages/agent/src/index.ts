export type { Clock } from './clock.ts';
export type { StopTimings } from './limits.ts';
export { silentLogger, type AgentLogger } from './logger.ts';
export {
  AgentRefusedError,
  type AgentOptions,
  type EndReason,
  type RunningAgent,
  type StopOptions,
} from './session/agent-options.ts';
export { startAgent } from './session/start-agent.ts';
