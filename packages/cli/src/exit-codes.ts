/** What the process's exit code says; documented in `docs/reference/cli.md`. */
export const EXIT = {
  ok: 0,
  failed: 1,
  usage: 2,
  unreachable: 3,
  denied: 4,
  notFound: 5,
  environment: 6,
} as const;

/** What the reference page and scripts may rely on, one sentence for each exit code. */
export const EXIT_MEANINGS: Readonly<Record<keyof typeof EXIT, string>> = {
  ok: 'It worked.',
  failed: 'It came to a bad end: the file is not valid, the run failed or was canceled, the server refused.',
  usage: 'The command line is wrong.',
  unreachable: 'The server is not there, or does not answer.',
  denied: 'The token is missing, wrong, or not allowed to do this.',
  notFound: 'What was named does not exist, or exists already.',
  environment: 'The port, the data folder or the database cannot be used.',
};

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

/** The end of a command that we ran for the user: its exit code is ours, and it has said what it had to say. */
export class CommandExit extends Error {
  readonly code: number;

  constructor(code: number) {
    super(`The command ended with ${code}.`);
    this.name = 'CommandExit';
    this.code = code;
  }
}
