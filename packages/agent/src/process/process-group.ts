import { spawn, type ChildProcess } from 'node:child_process';
import type { Clock } from '../clock.ts';
import type { StopTimings } from '../limits.ts';

const onWindows = process.platform === 'win32';

/**
 * Sends a signal to a child and everything it started that stayed in its group. The child must have been
 * spawned detached, so that its group has its id; a group that is gone is no error.
 */
export function signalGroup(child: ChildProcess, signal: NodeJS.Signals): void {
  if (child.pid === undefined) return;
  if (onWindows) {
    // Windows has no groups and no SIGINT for others: the tree is ended at once.
    spawn('taskkill', ['/pid', String(child.pid), '/t', '/f'], { stdio: 'ignore', windowsHide: true });
    return;
  }
  try {
    process.kill(-child.pid, signal);
  } catch {
    // ESRCH: nobody is left.
  }
}

/** True while a process of the group runs. */
export function groupLives(group: number): boolean {
  if (onWindows) return false;
  try {
    process.kill(-group, 0);
    return true;
  } catch (error) {
    // EPERM: it lives, but changed its user.
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

/** What a stop needs. */
export interface StopGroupOptions {
  readonly clock: Clock;
  readonly timings: StopTimings;
  /** Aborted when the child has exited. */
  readonly exited: AbortSignal;
}

/** CANCEL-7: SIGINT, then SIGTERM, then SIGKILL; each only while the child still runs. */
export async function stopGroup(child: ChildProcess, options: StopGroupOptions): Promise<void> {
  const { clock, timings, exited } = options;
  const steps: readonly [NodeJS.Signals, number][] = [
    ['SIGINT', timings.interruptMs],
    ['SIGTERM', timings.terminateMs],
    ['SIGKILL', 0],
  ];
  for (const [signal, pause] of steps) {
    if (exited.aborted) return;
    signalGroup(child, signal);
    await clock.sleep(pause, exited);
  }
}
