/** The options of `signalbox run`. */
export interface RunOptions {
  readonly parameter?: Readonly<Record<string, string>>;
  readonly repository?: Readonly<Record<string, string>>;
  readonly variable?: Readonly<Record<string, string>>;
  readonly capability?: Readonly<Record<string, string>>;
  readonly quiet?: boolean;
}
