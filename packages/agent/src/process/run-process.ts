import { spawn, type ChildProcess } from 'node:child_process';
import type { Readable } from 'node:stream';
import type { Clock } from '../clock.ts';
import { AFTER_EXIT_BYTES, OUTPUT_GRACE_MS, type StopTimings } from '../limits.ts';
import { LineSplitter, type SplitLine } from './line-splitter.ts';
import { groupLives, signalGroup, stopGroup } from './process-group.ts';
import type { Reaper } from './reaper.ts';

/** Which pipe a line came from. */
export type Pipe = 'stdout' | 'stderr';

/** A place that takes lines and may ask for a pause. */
export interface LineSink {
  line(line: SplitLine, pipe: Pipe): void;
  /** True while the process should be held back. */
  readonly congested: boolean;
  drained(): Promise<void>;
  /** Characters of a line that are worth keeping. */
  lineLimit(): number;
}

/** A process to run: a program and its arguments, never a shell line. */
export interface ProcessOptions {
  readonly file: string;
  readonly args: readonly string[];
  readonly cwd: string;
  readonly env: Readonly<Record<string, string>>;
  readonly sink: LineSink;
  /** Stops it step by step (CANCEL-7). */
  readonly stop: AbortSignal;
  /** Ends it at once. */
  readonly kill: AbortSignal;
}

/** What belongs to the agent and not to the one process. */
export interface ProcessHost {
  readonly clock: Clock;
  readonly reaper: Reaper;
  readonly timings: StopTimings;
}

/** How a process ended. */
export type ProcessEnd =
  | { readonly kind: 'exited'; readonly code: number }
  | { readonly kind: 'signalled'; readonly signal: string }
  | { readonly kind: 'notStarted'; readonly message: string };

/**
 * Runs a process in a group of its own, line by line into the sink, and returns when it has ended and its output is
 * read. What it left running in the background stays for later steps, as on Azure, and ends with the job; a process
 * that was stopped takes its whole group with it.
 */
export async function runProcess(options: ProcessOptions, host: ProcessHost): Promise<ProcessEnd> {
  const child = spawn(options.file, options.args, {
    cwd: options.cwd,
    env: options.env,
    detached: process.platform !== 'win32',
    stdio: ['ignore', 'pipe', 'pipe'],
    windowsHide: true,
  });
  const { pid } = child;
  const exited = new AbortController();
  const exit = exitOf(child).finally(() => exited.abort());
  if (pid === undefined) return exit;
  host.reaper.watch(pid);
  const release = obeySignals(child, options, host, exited.signal);
  const source = { sink: options.sink, exited: exited.signal };
  const reads = [read(child.stdout, 'stdout', source), read(child.stderr, 'stderr', source)];
  const end = await exit;
  if (options.stop.aborted || options.kill.aborted) signalGroup(child, 'SIGKILL');
  await settled(child, reads, host.clock);
  release();
  // An empty group's number may be given to another process: it must not be watched any longer.
  if (!groupLives(pid)) host.reaper.release(pid);
  return end;
}

function exitOf(child: ChildProcess): Promise<ProcessEnd> {
  return new Promise((resolve) => {
    child.once('error', (error) => resolve({ kind: 'notStarted', message: error.message }));
    child.once('exit', (code, signal) =>
      resolve(code === null ? { kind: 'signalled', signal: signal ?? 'unknown' } : { kind: 'exited', code }),
    );
  });
}

/** Connects the two signals with the process; returns what disconnects them. */
function obeySignals(
  child: ChildProcess,
  { stop, kill }: ProcessOptions,
  { clock, timings }: ProcessHost,
  exited: AbortSignal,
): () => void {
  const onStop = (): void => void stopGroup(child, { clock, timings, exited });
  const onKill = (): void => signalGroup(child, 'SIGKILL');
  for (const [signal, react] of [
    [stop, onStop],
    [kill, onKill],
  ] as const) {
    if (signal.aborted) react();
    else signal.addEventListener('abort', react, { once: true });
  }
  return () => {
    stop.removeEventListener('abort', onStop);
    kill.removeEventListener('abort', onKill);
  };
}

/** Where what is read goes, and whether its writer still runs. */
interface Source {
  readonly sink: LineSink;
  readonly exited: AbortSignal;
}

/**
 * Reads a pipe to its end. While the sink is congested nothing is read, so the process itself has to wait. Once
 * it has exited there is no one to hold back: what is left in the pipe is taken, so that a server that is away
 * does not keep the clean-up steps waiting.
 */
async function read(pipe: Readable, name: Pipe, { sink, exited }: Source): Promise<void> {
  const splitter = new LineSplitter(() => sink.lineLimit());
  const gone = new Promise<void>((resolve) => {
    exited.addEventListener('abort', () => resolve(), { once: true });
  });
  let after = 0;
  try {
    for await (const chunk of pipe) {
      const bytes = chunk as Uint8Array;
      for (const line of splitter.push(bytes)) sink.line(line, name);
      if (exited.aborted) after += bytes.length;
      else if (sink.congested) await Promise.race([sink.drained(), gone]);
      // More than any pipe holds: written by a daemon, which could go on for ever.
      if (after > AFTER_EXIT_BYTES) break;
    }
  } catch {
    // Destroyed below: what came until then counts.
  }
  for (const line of splitter.end()) sink.line(line, name);
}

/** Waits for the pipes, but not for ever: a daemon that left the group may hold them. */
async function settled(child: ChildProcess, reads: readonly Promise<void>[], clock: Clock): Promise<void> {
  const closed = new AbortController();
  const done = Promise.all(reads).then(() => closed.abort());
  await clock.sleep(OUTPUT_GRACE_MS, closed.signal);
  child.stdout?.destroy();
  child.stderr?.destroy();
  await done;
}
