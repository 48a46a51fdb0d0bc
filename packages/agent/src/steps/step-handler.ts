import type { JobRepository, JobSecureFile, JobStep } from '@signalbox/api';
import type { TaskDefinition, TaskRestrictions } from '@signalbox/model';
import type { JobFiles } from '../artifacts/job-files.ts';
import type { ProcessEnd, ProcessHost } from '../process/run-process.ts';
import type { StepOutput } from '../report/step-output.ts';
import type { WorkspaceLayout } from '../workspace/layout.ts';
import type { StepInputs } from './inputs.ts';
import type { StepPlace } from './step-place.ts';

/** One try of a step, as its handler sees it. */
export interface StepTry {
  /** Completed where the handler has a definition of its task. */
  readonly inputs: StepInputs;
  /** The inputs as the step has them: macros stand as they are. */
  readonly given: Readonly<Record<string, string>>;
  /** The secure files of the job. */
  readonly secureFiles: readonly JobSecureFile[];
  /** The content of one of them; throws with the reason when it cannot be had. */
  secureFile(file: JobSecureFile): Promise<Uint8Array>;
  /** The whole environment of the step's processes. */
  readonly environment: Readonly<Record<string, string>>;
  readonly output: StepOutput;
  readonly layout: WorkspaceLayout;
  /** Sends and gets the files of the job: artifacts and caches. */
  readonly files: JobFiles;
  readonly repository: JobRepository | undefined;
  /** The other repositories that the job may check out. */
  readonly otherRepositories: readonly JobRepository[];
  /** The aliases that the job checks out, step by step: with several, each gets a folder of its own (CO-1). */
  readonly checkouts: readonly string[];
  /** Where its processes run: the agent itself, or a container (STEPY-7). */
  readonly place: StepPlace;
  /** Stops the step by signals (CANCEL-7). */
  readonly stop: AbortSignal;
  /** Ends it at once. */
  readonly kill: AbortSignal;
  readonly host: ProcessHost;
}

/** How a try ended by its own account; commands and cancels are merged by the runner. */
export type StepEnd =
  | { readonly kind: 'succeeded' }
  /** The message is the error that the step shows. */
  | { readonly kind: 'failed'; readonly message: string };

/** Carries out the steps of one task. */
export interface StepHandler {
  /** As its log introduces it. */
  readonly title: string;
  /** With it, inputs have the names and the defaults of the task; without, they are those of the step. */
  readonly definition?: TaskDefinition;
  /** What the task may not tell the agent, whatever the target of its step says (LOG-40, LOG-41). */
  readonly restrictions?: TaskRestrictions;
  /** It works on the agent itself, whatever the target of its step says; absent: it goes where the step goes. */
  readonly onAgent?: true;
  run(step: StepTry): Promise<StepEnd>;
  /** What the task does before and after the steps of the job; absent: nothing (STEP-2). */
  parts?(step: JobStep): StepParts;
}

/** The parts of a task beside its main one. All post-job parts run in the reverse order of their steps. */
export interface StepParts {
  /** Before all steps, also before the sources are there. */
  readonly preJob?: StepPart;
  /** After all steps, whether or not its own step ran. */
  readonly postJob?: StepPart;
}

/** One part; its inputs, environment and commands are those of the step. */
export interface StepPart {
  /** Absent: the step's own before the job, `always()` after it. */
  readonly condition?: string;
  run(step: StepTry): Promise<StepEnd>;
}

/** A failed try. */
export function failed(message: string): StepEnd {
  return { kind: 'failed', message };
}

/** A try that did what it should. */
export const SUCCEEDED: StepEnd = { kind: 'succeeded' };

/** The end of a script by its process's end and its error stream (STEPY-5). */
export function scriptEnd(program: string, end: ProcessEnd, step: StepTry): StepEnd {
  switch (end.kind) {
    case 'notStarted':
      return failed(`${program} could not be started: ${end.message}`);
    case 'signalled':
      return failed(`${program} was ended by ${end.signal}.`);
    case 'exited':
      if (end.code !== 0) return failed(`${program} exited with code '${end.code}'.`);
      return step.inputs.isTrue('failOnStderr') && step.output.stderrLines > 0
        ? failed(`${program} wrote one or more lines to the standard error stream.`)
        : SUCCEEDED;
  }
}
