/** The options of `signalbox run`. */
export interface RunOptions {
  readonly parameter?: Readonly<Record<string, string>>;
  readonly repository?: Readonly<Record<string, string>>;
  readonly variable?: Readonly<Record<string, string>>;
  readonly capability?: Readonly<Record<string, string>>;
  /** The stages to run; absent: all. */
  readonly stage?: readonly string[];
  /** The jobs to run, `Job` or `Stage.Job`; absent: all. */
  readonly job?: readonly string[];
  /** Files of `NAME=VALUE` lines by the name of the variable group that they stand in for. */
  readonly group?: Readonly<Record<string, string>>;
  /** Folders or zips of task packages. */
  readonly task?: readonly string[];
  /** Files by the name of the secure file that they stand in for. */
  readonly secureFile?: Readonly<Record<string, string>>;
  /** Approvals that are asked for are given at once. */
  readonly skipChecks?: boolean;
  readonly quiet?: boolean;
}
