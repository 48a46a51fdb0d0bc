import {
  runProcess,
  type ProcessEnd,
  type ProcessHost,
  type ProcessOptions,
} from '../process/run-process.ts';
import { findProgram } from './find-program.ts';

type Environment = Readonly<Record<string, string>>;

/** Where the processes of a step run: on the agent itself, or in a container (STEPY-7). */
export interface StepPlace {
  /** The alias of the container; undefined: the agent itself. */
  readonly container: string | undefined;
  /** What every process there has in its environment before the job adds to it. */
  readonly base: Environment;
  /** The Node.js that runs tasks there. */
  readonly node: string;
  /** How a program is started by name: its full path, undefined where there is none; a container's own `PATH` finds it. */
  program(name: string, environment: Environment): string | undefined;
  /** Runs a process there to its end, with everything that `runProcess` promises. */
  run(options: ProcessOptions): Promise<ProcessEnd>;
}

/** The agent itself. */
export function hostPlace(host: ProcessHost, environment: Environment): StepPlace {
  return {
    container: undefined,
    base: environment,
    node: process.execPath,
    program: findProgram,
    run: (options) => runProcess(options, host),
  };
}
