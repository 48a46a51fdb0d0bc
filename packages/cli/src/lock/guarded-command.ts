import { spawn } from 'node:child_process';
import { constants } from 'node:os';

/** A command that runs while its locks are held. */
export interface GuardedCommand {
  /** The exit code; 128 and the signal's number when a signal ended it, as shells say it. */
  readonly over: Promise<number>;
  /** Sends a signal to the command, and to what it started where that is possible. */
  signal(name: NodeJS.Signals): void;
}

/** Signals that are passed on. */
export const PASSED_SIGNALS: readonly NodeJS.Signals[] = ['SIGINT', 'SIGTERM', 'SIGHUP'];

/**
 * Starts the command on our own streams. Without a terminal it leads a process group of its own, so that signals
 * reach what it started, too; at a terminal it stays in ours, for Ctrl-C reaches the whole group there.
 */
export function startGuarded(
  [command, ...args]: readonly [string, ...string[]],
  environment: Readonly<Record<string, string>>,
): GuardedCommand {
  const ownGroup = process.stdin.isTTY !== true && process.platform !== 'win32';
  const child = spawn(command, args, {
    stdio: 'inherit',
    env: { ...process.env, ...environment },
    detached: ownGroup,
  });
  const signal = (name: NodeJS.Signals): void => {
    if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
    if (ownGroup) process.kill(-child.pid, name);
    // At a terminal Ctrl-C has reached the command already; twice would mean "at once" to many.
    else if (name !== 'SIGINT') child.kill(name);
  };
  const over = new Promise<number>((done, failed) => {
    child.once('error', failed);
    child.once('exit', (code, by) => done(code ?? 128 + (by === null ? 0 : constants.signals[by])));
  });
  return { over, signal };
}
