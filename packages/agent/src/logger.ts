/** What the agent tells its operator: a static event name and fields. */
export interface AgentLogger {
  info(event: string, fields?: Readonly<Record<string, unknown>>): void;
  warn(event: string, fields?: Readonly<Record<string, unknown>>): void;
  error(event: string, fields?: Readonly<Record<string, unknown>>): void;
}

/** Says nothing. */
export const silentLogger: AgentLogger = { info() {}, warn() {}, error() {} };
