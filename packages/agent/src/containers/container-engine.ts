import { ProgramOutput } from '../process/program-output.ts';
import { runProcess, type ProcessHost } from '../process/run-process.ts';
import type { StepOutput } from '../report/step-output.ts';

/** The program that starts containers on this machine; it answered when the agent started. */
export interface ContainerEngine {
  readonly name: 'docker' | 'podman';
  readonly file: string;
}

/** The capability that tells which engine there is; jobs with containers demand it. */
export const CONTAINER_CAPABILITY = 'Agent.ContainerEngine';

/** The engine among the capabilities of an agent; undefined: it has none. */
export function containerEngine(capabilities: Readonly<Record<string, string>>): ContainerEngine | undefined {
  const name = capabilities[CONTAINER_CAPABILITY];
  if (name !== 'docker' && name !== 'podman') return undefined;
  return { name, file: capabilities[name] ?? name };
}

/** Why containers could not be started; the message is the error that the step shows. */
export class ContainerError extends Error {
  override readonly name = 'ContainerError';
}

/** How a command of the engine ended. */
export interface EngineEnd {
  readonly code: number;
  readonly text: string;
  readonly errors: string;
}

/** Runs commands of the engine on behalf of one step of the job. */
export interface EngineCalls {
  readonly engine: ContainerEngine;
  readonly host: ProcessHost;
  readonly output: StepOutput;
  /** The environment of the agent: the engine's own settings are in it, such as `DOCKER_HOST`. */
  readonly environment: Readonly<Record<string, string>>;
  readonly folder: string;
  readonly stop: AbortSignal;
  readonly kill: AbortSignal;
}

/** How one command is shown and run. */
export interface EngineCall {
  /** What it says is an answer for the agent and not part of the log. */
  readonly quiet?: boolean;
  /** Values of variables that the command line only names. */
  readonly environment?: Readonly<Record<string, string>>;
}

/** Runs one command of the engine. */
export async function callEngine(
  calls: EngineCalls,
  args: readonly string[],
  { quiet = false, environment = {} }: EngineCall = {},
): Promise<EngineEnd> {
  const { engine, output } = calls;
  if (!quiet) output.info(`##[command]${engine.file} ${args.join(' ')}`);
  const said = new ProgramOutput(output, quiet);
  const end = await runProcess(
    {
      file: engine.file,
      args,
      cwd: calls.folder,
      env: { ...calls.environment, ...environment },
      sink: said,
      stop: calls.stop,
      kill: calls.kill,
    },
    calls.host,
  );
  const code = end.kind === 'exited' ? end.code : -1;
  const errors = end.kind === 'notStarted' ? end.message : said.errors;
  return { code, text: said.text, errors };
}
