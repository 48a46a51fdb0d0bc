import { ProgramOutput } from '../process/program-output.ts';
import { runProcess, type ProcessEnd } from '../process/run-process.ts';
import type { StepTry } from '../steps/step-handler.ts';

/** Transports that may be used; `ext::` and its like run commands (TH12). */
const PROTOCOLS = 'file:git:http:https:ssh';

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

/** Runs git on the agent. It never asks for a password. */
export async function git(step: StepTry, args: readonly string[], options: GitOptions): Promise<GitEnd> {
  const quiet = options.quiet === true;
  if (!quiet) step.output.info(`##[command]git ${args.join(' ')}`);
  const said = new ProgramOutput(step.output, quiet);
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
  return endOf(end, said);
}

function endOf(end: ProcessEnd, { text, errors }: ProgramOutput): GitEnd {
  if (end.kind === 'exited') return { code: end.code, text, errors };
  const message =
    end.kind === 'signalled'
      ? `git was ended by ${end.signal}.`
      : `git could not be started: ${end.message}. It has to be on the agent's PATH.`;
  return { code: -1, text, errors, message };
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
