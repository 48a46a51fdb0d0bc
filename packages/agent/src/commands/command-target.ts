import type { StepDetail, StepIssue } from '@signalbox/api';
import type { NodeResult } from '@signalbox/model';
import type { JobFiles } from '../artifacts/job-files.ts';
import type { Masker } from '../masking/masker.ts';
import type { Endpoints } from '../variables/endpoints.ts';
import type { TaskVariables } from '../variables/task-variables.ts';
import type { VariableStore } from '../variables/variable-store.ts';
import type { LoggingCommand } from './parse-command.ts';
import type { Restrictions } from './restrictions.ts';

/** The two kinds of issue. */
export type IssueType = StepIssue['type'];

/** The place that an issue is about, as far as the step told it (LOG-10). */
export type IssuePlace = Omit<StepIssue, 'type' | 'message'>;

/** What a logging command may act on: the step that printed it, and its job. */
export interface CommandTarget {
  /** The step's reference name: outputs are stored under it (CTX-1). */
  readonly stepName: string;
  readonly variables: VariableStore;
  /** Seen by the parts of the step's own task only (LOG-16). */
  readonly taskVariables: TaskVariables;
  readonly endpoints: Endpoints;
  readonly masker: Masker;
  /** Folders for `PATH`, the latest first. */
  readonly prependPath: string[];
  /** What the step's `target` lets it tell its agent (LOG-40, LOG-41). */
  readonly restrictions: Restrictions;
  issue(type: IssueType, message: string, place?: IssuePlace): void;
  debug(text: string): void;
  /** Merges a result into the step's (LOG-14); `done` ends the step now. */
  complete(result: NodeResult, done: boolean): void;
  /** Publishes an output variable under `<step>.<name>`. */
  output(name: string, value: string, secret: boolean): void;
  /** How far the step is, 0 to 100, and what it does now (LOG-11). */
  progress(percent: number, operation: string): void;
  /** The child record that the step made under this id, lower case. */
  detail(id: string): StepDetail | undefined;
  /** Makes or replaces a child record (LOG-12); returns why that cannot be. */
  setDetail(detail: StepDetail): string | undefined;
  /** Gives the run another number, which is right by RNAME-5 (LOG-30). */
  runNumber(number: string): void;
  /** Adds a tag to the run (LOG-31). */
  tag(tag: string): void;
  /** The agent's time. */
  now(): number;
  /**
   * Does what takes longer than a line, one after the other in the order of output (LOG-5): the step waits for it. A
   * text that it answers, or an error that it throws, is why it could not, as with a `CommandHandler`.
   */
  afterwards(work: FileWork): void;
}

/** Work with the files of the job; the signal ends it. */
export type FileWork = (files: JobFiles, signal: AbortSignal) => Promise<string | undefined>;

/** Carries a command out; a returned text is why it could not: an error that fails the step (LOG-4). */
export type CommandHandler = (command: LoggingCommand, target: CommandTarget) => string | undefined;

/** A property that is true only for the text `true` (LOG-42). */
export function isTrue(command: LoggingCommand, key: string): boolean {
  return command.properties.get(key)?.toLowerCase() === 'true';
}
