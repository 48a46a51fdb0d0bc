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
  /** Jobs that may run at once in all pools together; absent: as many as there are agents. */
  readonly parallelJobs?: number;
  /** Seconds. */
  readonly poll?: number;
  /** False: nothing starts by itself. */
  readonly triggers: boolean;
  /** Artifacts of finished runs that are older go; absent: they live as long as their runs. */
  readonly artifactDays?: number;
  /** Requests of one token or browser in a second, over a while; absent: 500. */
  readonly requestRate?: number;
  readonly secretKeyFile?: string;
  /** A JSON list: a program and its arguments. */
  readonly secretKeyCommand?: string;
  readonly demo?: boolean;
  readonly oidcIssuer?: string;
  readonly oidcClientId?: string;
  readonly oidcClientSecretFile?: string;
  readonly oidcLabel?: string;
  /** Separated by spaces. */
  readonly oidcScopes?: string;
  readonly oidcNameClaim?: string;
  readonly oidcGroupsClaim?: string;
  readonly oidcAllowDomain?: readonly string[];
  readonly oidcAllowGroup?: readonly string[];
  /** Each `THEIRS=OURS`. */
  readonly oidcGroup?: readonly string[];
  readonly oidcNewcomerRole?: string;
}
