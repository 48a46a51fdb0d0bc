import type { SplitLine } from '../process/line-splitter.ts';
import { runProcess, type LineSink, type ProcessEnd } from '../process/run-process.ts';
import type { StepTry } from '../steps/step-handler.ts';

/** Transports that may be used; `ext::` and its like run commands (TH12). */
const PROTOCOLS = 'file:git:http:https:ssh';

/** Lines of its standard error that are kept to tell why a command failed. */
const ERROR_LINES = 40;

/** How a git command ended. */
export interface GitEnd {
  readonly code: number;
  /** Its standard output. */
  readonly text: string;
  /** The last lines of its standard error. */
  readonly errors: string;
  /** What the step shows instead of the exit code. */
  readonly message?: string;
}

/** How a git command is shown and run. */
export interface GitOptions {
  readonly folder: string;
  /** Its output is an answer for the agent and not part of the log. */
  readonly quiet?: boolean;
  /** Settings for this command alone: by environment, so that credentials are in no command line and no log (SEC-1). */
  readonly config?: Readonly<Record<string, string>>;
  /** Further environment of the command. */
  readonly environment?: Readonly<Record<string, string>>;
}

/**
 * Runs git on the agent. Its output is shown, but never read for logging commands: branch names and
 * commit messages are the author's text (TH9). It never asks for a password.
 */
export async function git(step: StepTry, args: readonly string[], options: GitOptions): Promise<GitEnd> {
  const quiet = options.quiet === true;
  if (!quiet) step.output.info(`##[command]git ${args.join(' ')}`);
  const said = new GitOutput(step, quiet);
  const end = await runProcess(
    {
      file: 'git',
      // A job before this one may have left hooks in the repository's folder.
      args: ['-c', 'core.hooksPath=/dev/null', '-c', 'advice.detachedHead=false', ...args],
      cwd: options.folder,
      env: {
        ...step.environment,
        GIT_ALLOW_PROTOCOL: PROTOCOLS,
        GIT_TERMINAL_PROMPT: '0',
        GCM_INTERACTIVE: 'Never',
        ...options.environment,
        ...configEnvironment(options.config ?? {}),
      },
      sink: said,
      stop: step.stop,
      kill: step.kill,
    },
    step.host,
  );
  return said.end(end);
}

/** Takes git's output: part of the log, or an answer. */
class GitOutput implements LineSink {
  readonly #step: StepTry;
  readonly #quiet: boolean;
  readonly #lines: string[] = [];
  readonly #errors: string[] = [];

  constructor(step: StepTry, quiet: boolean) {
    this.#step = step;
    this.#quiet = quiet;
  }

  line(line: SplitLine, pipe: 'stdout' | 'stderr'): void {
    if (pipe === 'stdout') this.#lines.push(line.text);
    else if (this.#errors.push(line.text) > ERROR_LINES) this.#errors.shift();
    if (!this.#quiet) this.#step.output.plainLine(line);
  }

  get congested(): boolean {
    return this.#step.output.congested;
  }

  drained(): Promise<void> {
    return this.#step.output.drained();
  }

  lineLimit(): number {
    return this.#step.output.lineLimit();
  }

  end(end: ProcessEnd): GitEnd {
    const said = { text: this.#lines.join('\n'), errors: this.#errors.join('\n') };
    if (end.kind === 'exited') return { code: end.code, ...said };
    const message =
      end.kind === 'signalled'
        ? `git was ended by ${end.signal}.`
        : `git could not be started: ${end.message}. It has to be on the agent's PATH.`;
    return { code: -1, ...said, message };
  }
}

/** A command that was never run, because something is wrong before. */
export function gitProblem(message: string): GitEnd {
  return { code: -1, text: '', errors: '', message };
}

/** A command that had nothing to do. */
export const GIT_DONE: GitEnd = { code: 0, text: '', errors: '' };

/** git reads numbered pairs of such variables as settings of the command line. */
function configEnvironment(config: Readonly<Record<string, string>>): Record<string, string> {
  const entries = Object.entries(config);
  if (entries.length === 0) return {};
  const environment: Record<string, string> = { GIT_CONFIG_COUNT: String(entries.length) };
  for (const [index, [key, value]] of entries.entries()) {
    environment[`GIT_CONFIG_KEY_${index}`] = key;
    environment[`GIT_CONFIG_VALUE_${index}`] = value;
  }
  return environment;
}
