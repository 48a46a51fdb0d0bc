import { randomUUID } from 'node:crypto';
import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import {
  runProcess,
  type ProcessEnd,
  type ProcessHost,
  type ProcessOptions,
} from '../process/run-process.ts';
import type { StepPlace } from '../steps/step-place.ts';
import type { ContainerEngine } from './container-engine.ts';
import { CONTAINER_NODE } from './create-container.ts';
import { environmentFile } from './environment-file.ts';

/** A container that runs, and how steps get into it. */
export interface RunningContainer {
  readonly alias: string;
  readonly id: string;
  readonly engine: ContainerEngine;
  readonly host: ProcessHost;
  /** The environment of the agent: the engine's own settings are in it. */
  readonly agentEnvironment: Readonly<Record<string, string>>;
  /** What every step finds in its environment, such as the `PATH` of the image. */
  readonly base: Readonly<Record<string, string>>;
  /** `--user` and its value; empty: the user of the container. */
  readonly user: readonly string[];
  /** The agent's temporary folder, which the container has, too. */
  readonly temp: string;
}

/** Its number goes into a file, so that signals find it: the engine's client passes none on. */
const KEEP_NUMBER = '{ echo $$ > "$0"; } 2> /dev/null; exec "$@"';

/** The whole group, or, where it has none of its own, the process. */
const SEND_SIGNAL = 'kill -s "$1" -- "-$0" 2> /dev/null || kill -s "$1" "$0"';

/** A container as the place of steps: each process is a command that the engine runs inside of it (CONT-2). */
export function containerPlace(container: RunningContainer): StepPlace {
  return {
    container: container.alias,
    base: container.base,
    node: CONTAINER_NODE,
    program: (name) => name,
    run: (options) => runInside(container, options),
  };
}

async function runInside(container: RunningContainer, options: ProcessOptions): Promise<ProcessEnd> {
  if (options.stop.aborted) return { kind: 'signalled', signal: 'SIGINT' };
  const { engine, host, temp, agentEnvironment } = container;
  const file = environmentFile(options.env, temp);
  const numberFile = join(temp, `${randomUUID()}.pid`);
  const over = new AbortController();
  const client = new AbortController();
  const stop = obeySignals(container, options, { numberFile, over: over.signal, client });
  try {
    return await runProcess(
      {
        ...options,
        file: engine.file,
        args: [
          'exec',
          '--workdir',
          options.cwd,
          ...container.user,
          ...file.args,
          container.id,
          'sh',
          '-c',
          KEEP_NUMBER,
          numberFile,
          options.file,
          ...options.args,
        ],
        cwd: temp,
        env: { ...agentEnvironment, ...file.environment },
        // Only when the process itself has been told: ending the client leaves the process running.
        stop: client.signal,
        kill: client.signal,
      },
      host,
    );
  } finally {
    over.abort();
    stop();
    file.remove();
    rmSync(numberFile, { force: true });
  }
}

interface Inside {
  readonly numberFile: string;
  /** Aborted when the process has ended. */
  readonly over: AbortSignal;
  /** Ends the engine's client. */
  readonly client: AbortController;
}

/** CANCEL-7 inside of the container; returns what disconnects the signals. */
function obeySignals(
  container: RunningContainer,
  { stop, kill }: ProcessOptions,
  inside: Inside,
): () => void {
  const onStop = (): void => void stopInside(container, inside);
  const onKill = (): void => void killInside(container, inside);
  stop.addEventListener('abort', onStop, { once: true });
  kill.addEventListener('abort', onKill, { once: true });
  return () => {
    stop.removeEventListener('abort', onStop);
    kill.removeEventListener('abort', onKill);
  };
}

async function stopInside(container: RunningContainer, inside: Inside): Promise<void> {
  const { clock, timings } = container.host;
  for (const [signal, pause] of [
    ['INT', timings.interruptMs],
    ['TERM', timings.terminateMs],
  ] as const) {
    if (inside.over.aborted) return;
    await send(container, inside, signal);
    await clock.sleep(pause, inside.over);
  }
  await killInside(container, inside);
}

async function killInside(container: RunningContainer, inside: Inside): Promise<void> {
  if (inside.over.aborted) return;
  await send(container, inside, 'KILL');
  inside.client.abort();
}

async function send(
  { engine, host, id, temp, agentEnvironment }: RunningContainer,
  { numberFile, over }: Inside,
  signal: string,
): Promise<void> {
  const number = numberIn(numberFile);
  if (number === undefined) return;
  const never = new AbortController().signal;
  await runProcess(
    {
      file: engine.file,
      args: ['exec', '--user', '0', id, 'sh', '-c', SEND_SIGNAL, number, signal],
      cwd: temp,
      env: agentEnvironment,
      sink: { line() {}, congested: false, drained: () => Promise.resolve(), lineLimit: () => 1_000 },
      stop: never,
      kill: over,
    },
    host,
  );
}

/** Undefined while the process is not there yet. */
function numberIn(file: string): string | undefined {
  try {
    return /^\d+/.exec(readFileSync(file, 'utf8'))?.[0];
  } catch {
    return undefined;
  }
}
