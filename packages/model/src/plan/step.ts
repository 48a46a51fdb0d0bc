import type { SourceRange } from '../source.ts';
import type { MacroText } from './value.ts';

/** A step: every shortcut is already its task (STEPY-3). */
export interface StepPlan {
  /** Reference name, unique in its job ignoring case (NAME-4). */
  readonly name: string;
  readonly displayName: MacroText;
  readonly task: TaskReference;
  /** Inputs by name, all text (STEPY-3). */
  readonly inputs: Readonly<Record<string, MacroText>>;
  readonly env: Readonly<Record<string, MacroText>>;
  /** Absent means `succeeded()` (EXPR-7). */
  readonly condition?: string;
  readonly continueOnError: boolean;
  /** Minutes; 0 means no limit (STEPY-1). */
  readonly timeoutInMinutes: number;
  readonly retryCountOnTaskFailure: number;
  /** Absent: where the job runs (STEPY-7). */
  readonly target?: StepTarget;
  readonly source: SourceRange;
}

/** Which task runs a step, for example CmdLine@2 (STEPY-6). */
export interface TaskReference {
  readonly name: string;
  readonly version: string;
  /** The package that a run was given when it was queued (RUN-5); absent: the task is built in, or not looked up yet. */
  readonly package?: TaskPackageReference;
}

/** A task package at one version, for good. */
export interface TaskPackageReference {
  readonly id: string;
  /** Of its zip, in hexadecimal: agents fetch it by this name, and check it. */
  readonly sha256: string;
  readonly size: number;
  /** What its inputs name of the library: the input's name and its aliases, in lower case. */
  readonly resources?: Readonly<Record<string, 'endpoint' | 'securefile'>>;
}

/** Where a step runs and what it may tell the agent (STEPY-7). */
export interface StepTarget {
  /** `host` or the alias of a container; absent: where the job runs. */
  readonly container?: string;
  /** `restricted` allows few logging commands; absent means `any`. */
  readonly commands?: 'any' | 'restricted';
  /** The variables it may set; the empty list means none, absent means all. */
  readonly settableVariables?: readonly string[];
}
