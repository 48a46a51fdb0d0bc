import { constants } from 'node:os';
import type { Client, LeaseView, NewLease } from '@signalbox/api';
import type { Terminal } from '../output/terminal.ts';
import { acquire, type Acquired } from './acquire.ts';
import { PASSED_SIGNALS, startGuarded, type GuardedCommand } from './guarded-command.ts';
import { keepLease } from './lease-keeper.ts';
import { tokenEnvironment } from './token-environment.ts';

/** What `signalbox lock run` was told. */
export interface RunLocked {
  readonly client: Client;
  readonly terminal: Terminal;
  readonly project: string;
  readonly request: NewLease;
  /** Minutes; absent: the wait time-out of the locks counts alone. */
  readonly waitMinutes?: number;
  readonly onLost: 'kill' | 'warn';
  readonly command: readonly [string, ...string[]];
}

/**
 * Waits for the locks, runs the command while it holds them, and gives them back whatever happens. Answers with
 * the exit code of the command; 128 and the signal's number when a signal ended the waiting.
 */
export async function runLocked(options: RunLocked): Promise<number> {
  const { client, project, request, terminal } = options;
  const giveUp = new AbortController();
  let command: GuardedCommand | undefined;
  let stopped: NodeJS.Signals | undefined;
  const passOn = (name: NodeJS.Signals): void => {
    stopped ??= name;
    if (command === undefined) giveUp.abort();
    else command.signal(name);
  };
  for (const name of PASSED_SIGNALS) process.on(name, passOn);
  let code: number | undefined;
  try {
    const held = await waitForLocks(options, giveUp.signal);
    terminal.err(`${heldText(held.lease)}\n`);
    command = startGuarded(options.command, tokenEnvironment(held.lease));
    code = await guard(options, held, command);
    return code;
  } catch (error) {
    if (stopped !== undefined && giveUp.signal.aborted) return 128 + constants.signals[stopped];
    throw error;
  } finally {
    for (const name of PASSED_SIGNALS) process.off(name, passOn);
    // Told that it failed, the locks follow `onFailure`; a server that is away frees them when the lease is over.
    const result = code === 0 ? 'succeeded' : 'failed';
    await client.releaseLease(project, request.requestId, result).catch(() => undefined);
  }
}

function waitForLocks(
  { client, project, request, waitMinutes, terminal }: RunLocked,
  signal: AbortSignal,
): Promise<Acquired> {
  const clock = (): number => performance.now();
  const until = waitMinutes === undefined ? Infinity : clock() + waitMinutes * 60_000;
  return acquire({
    client,
    project,
    request,
    clock,
    until,
    signal,
    say: (text) => terminal.err(`${text}\n`),
  });
}

/** Runs to the end of the command; when the lease is lost it says so, and ends the command unless told to warn only. */
async function guard(
  { client, project, onLost, terminal }: RunLocked,
  { lease, since }: Acquired,
  command: GuardedCommand,
): Promise<number> {
  let kill: NodeJS.Timeout | undefined;
  const clock = (): number => performance.now();
  const keeper = keepLease({
    client,
    project,
    lease,
    since,
    clock,
    onLost: (why, end) => {
      terminal.err(`The locks are lost. ${why}\n`);
      if (onLost === 'warn') return;
      terminal.err('Ending the command, before somebody else has them.\n');
      command.signal('SIGTERM');
      kill = setTimeout(() => command.signal('SIGKILL'), Math.max(0, end - clock()));
    },
  });
  try {
    return await command.over;
  } finally {
    keeper.stop();
    clearTimeout(kill);
  }
}

function heldText({ locks }: LeaseView): string {
  return `Holds ${locks.map(({ name, token }) => `${name} (token ${token ?? '?'})`).join(', ')}.`;
}
