import { compareVersions } from './resolve-task.ts';

/**
 * The service's agent whose protocol tasks find here: they compare `Agent.Version` with what they need, and our own
 * number says nothing to them.
 */
export const TASK_AGENT_VERSION = '4.260.0';

/** True when a task wants an agent that is newer than what it finds here. */
export function needsNewerAgent(minimum: string | undefined): boolean {
  return minimum !== undefined && compareVersions(minimum, TASK_AGENT_VERSION) > 0;
}
