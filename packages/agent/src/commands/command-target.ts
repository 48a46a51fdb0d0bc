import type { NodeResult } from '@signalbox/model';
import type { Masker } from '../masking/masker.ts';
import type { VariableStore } from '../variables/variable-store.ts';
import type { LoggingCommand } from './parse-command.ts';

/** The two kinds of issue. */
export type IssueType = 'error' | 'warning';

/** What a logging command may act on: the step that printed it, and its job. */
export interface CommandTarget {
  /** The step's reference name: outputs are stored under it (CTX-1). */
  readonly stepName: string;
  readonly variables: VariableStore;
  readonly masker: Masker;
  /** Folders for `PATH`, the latest first. */
  readonly prependPath: string[];
  issue(type: IssueType, message: string): void;
  debug(text: string): void;
  /** Merges a result into the step's (LOG-14); `done` ends the step now. */
  complete(result: NodeResult, done: boolean): void;
  /** Publishes an output variable under `<step>.<name>`. */
  output(name: string, value: string, secret: boolean): void;
}

/** Carries a command out; a returned text is why it could not: an error that fails the step (LOG-4). */
export type CommandHandler = (command: LoggingCommand, target: CommandTarget) => string | undefined;

/** A property that is true only for the text `true` (LOG-42). */
export function isTrue(command: LoggingCommand, key: string): boolean {
  return command.properties.get(key)?.toLowerCase() === 'true';
}
