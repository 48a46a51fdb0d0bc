import { execFile } from 'node:child_process';
import { GIT_TIMEOUT_MS } from '../limits.ts';

/** Why a repository cannot be used: one sentence for the person who queued the run. */
export class RepositoryError extends Error {
  constructor(message: string, options?: { readonly cause?: unknown }) {
    super(message, options);
    this.name = 'RepositoryError';
  }
}

/** Bounds of one call of git. */
export interface GitOptions {
  /** The bare mirror to work on. */
  readonly directory?: string;
  /** Protocols that it may use, in git's words; `ext` never is among them (TH12). */
  readonly protocols: readonly string[];
  readonly maxBytes?: number;
  readonly timeoutMs?: number;
}

// No questions, no configuration of this machine, no helper programs: what git does depends on its arguments alone.
function environment(protocols: readonly string[]): NodeJS.ProcessEnv {
  const { PATH, HOME, SSH_AUTH_SOCK, SSL_CERT_FILE, HTTPS_PROXY, NO_PROXY } = process.env;
  return {
    ...(PATH !== undefined && { PATH }),
    ...(HOME !== undefined && { HOME }),
    ...(SSH_AUTH_SOCK !== undefined && { SSH_AUTH_SOCK }),
    ...(SSL_CERT_FILE !== undefined && { SSL_CERT_FILE }),
    ...(HTTPS_PROXY !== undefined && { HTTPS_PROXY }),
    ...(NO_PROXY !== undefined && { NO_PROXY }),
    GIT_ALLOW_PROTOCOL: protocols.join(':'),
    GIT_TERMINAL_PROMPT: '0',
    GIT_ASKPASS: 'true',
    GIT_SSH_COMMAND: 'ssh -oBatchMode=yes',
    GIT_CONFIG_NOSYSTEM: '1',
    LC_ALL: 'C',
  };
}

/** Runs the git program, never a shell, and answers what it printed. */
export function git(args: readonly string[], options: GitOptions): Promise<Buffer> {
  const place = options.directory === undefined ? [] : ['--git-dir', options.directory];
  const settings = [
    '-c',
    'core.hooksPath=/dev/null',
    '-c',
    'protocol.ext.allow=never',
    '-c',
    'safe.directory=*',
  ];
  return new Promise((resolve, reject) => {
    execFile(
      'git',
      [...place, ...settings, ...args],
      {
        env: environment(options.protocols),
        timeout: options.timeoutMs ?? GIT_TIMEOUT_MS,
        killSignal: 'SIGKILL',
        maxBuffer: options.maxBytes ?? 16 * 1024 * 1024,
        encoding: 'buffer',
        windowsHide: true,
      },
      (error, stdout, stderr) => {
        if (error === null) resolve(stdout);
        else reject(new RepositoryError(explain(error, String(stderr)), { cause: error }));
      },
    );
  });
}

/** The exit code of the git that failed; undefined when it did not run to its end. */
export function exitCodeOf({ cause }: RepositoryError): number | undefined {
  return cause instanceof Error && 'code' in cause && typeof cause.code === 'number' ? cause.code : undefined;
}

function explain(
  error: Error & { readonly code?: unknown; readonly killed?: boolean },
  stderr: string,
): string {
  if (error.code === 'ENOENT') return 'The program "git" is not installed on the server.';
  if (error.killed === true) return 'git did not answer in time.';
  if (error.code === 'ERR_CHILD_PROCESS_STDIO_MAXBUFFER') return 'The file is too large.';
  const lines = stderr.split('\n').filter((line) => /^(fatal|error):/.test(line));
  return withoutPassword(lines.at(0)?.replace(/^(fatal|error): /, '') ?? 'git failed.');
}

/** A text without the users and passwords of addresses in it: git repeats addresses (INV-61). */
export function withoutPassword(text: string): string {
  return text.replaceAll(/\/\/[^/@\s]+@/g, '//***@').slice(0, 500);
}
