/** The options of `signalbox up`; fixed, scripts rely on them. */
export interface UpOptions {
  readonly host: string;
  readonly port: number;
  readonly data?: string;
  readonly databaseUrl?: string;
  readonly organization: string;
  readonly publicUrl?: string;
  readonly allowOutbound?: readonly string[];
  readonly agents?: number;
  /** Seconds. */
  readonly agentLease?: number;
  readonly demo?: boolean;
}
