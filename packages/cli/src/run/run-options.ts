/** The options of `signalbox run`. */
export interface RunOptions {
  readonly variable?: Readonly<Record<string, string>>;
  readonly capability?: Readonly<Record<string, string>>;
  readonly quiet?: boolean;
}
