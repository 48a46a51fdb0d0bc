/** What the process's exit code says; documented in `docs/reference/cli.md`. */
export const EXIT = {
  /** It worked. */
  ok: 0,
  /** The pipeline, run or command came to a bad end: invalid YAML, a failed or canceled run. */
  failed: 1,
  /** The command line is wrong. */
  usage: 2,
  /** The server is not there, or does not answer. */
  unreachable: 3,
  /** The token is missing, wrong, or not allowed to do this. */
  denied: 4,
  /** What was named does not exist, or exists already. */
  notFound: 5,
  /** The server's own prerequisites are missing: port in use, data folder in use, database not there. */
  environment: 6,
} as const;

/** One of the documented exit codes. */
export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

/** A failure the user is told in one sentence, with what to do; never a stack trace. */
export class CliError extends Error {
  readonly exitCode: ExitCode;

  constructor(exitCode: ExitCode, message: string) {
    super(message);
    this.name = 'CliError';
    this.exitCode = exitCode;
  }
}
