import type { SplitLine } from '../process/line-splitter.ts';
import { runProcess, type LineSink } from '../process/run-process.ts';
import type { StepTry } from './step-handler.ts';

/** Transports that may be used; `ext::` and its like run commands (TH12). */
const PROTOCOLS = 'file:git:http:https:ssh';

/** How a git command ended. */
export interface GitEnd {
  readonly code: number;
  /** Its standard output. */
  readonly text: string;
  readonly message?: string;
}

/** How a git command is shown and run. */
export interface GitOptions {
  readonly folder: string;
  /** Its output is an answer for the agent and not part of the log. */
  readonly quiet?: boolean;
}

/**
 * Runs git in the step's folder. Its output is shown, but never read for logging commands: branch names and
 * commit messages are the author's text (TH9). It never asks for a password.
 */
export async function git(step: StepTry, args: readonly string[], options: GitOptions): Promise<GitEnd> {
  const { output } = step;
  const quiet = options.quiet === true;
  if (!quiet) output.info(`##[command]git ${args.join(' ')}`);
  const lines: string[] = [];
  const sink: LineSink = {
    line(line: SplitLine, pipe) {
      if (pipe === 'stdout') lines.push(line.text);
      if (!quiet) output.plainLine(line);
    },
    get congested() {
      return output.congested;
    },
    drained: () => output.drained(),
    lineLimit: () => output.lineLimit(),
  };
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
      },
      sink,
      stop: step.stop,
      kill: step.kill,
    },
    step.host,
  );
  const text = lines.join('\n');
  if (end.kind === 'exited') return { code: end.code, text };
  const message =
    end.kind === 'signalled'
      ? `git was ended by ${end.signal}.`
      : `git could not be started: ${end.message}. It has to be on the agent's PATH.`;
  return { code: -1, text, message };
}
