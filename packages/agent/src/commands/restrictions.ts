import type { JobStepTarget } from '@signalbox/api';
import { fold, type FoldedName } from '@signalbox/model';
import type { LoggingCommand } from './parse-command.ts';

/** Commands of the area `task` that reach nothing beyond the step and its job (LOG-40). */
const ALLOWED: ReadonlySet<string> = new Set([
  'task.logdetail',
  'task.logissue',
  'task.issue',
  'task.complete',
  'task.setprogress',
  'task.setsecret',
  'task.setvariable',
  'task.settaskvariable',
  'task.debug',
  'task.prependpath',
  'telemetry.publish',
]);

/** What a step may tell its agent: everything, unless its `target` says otherwise. */
export class Restrictions {
  readonly #restricted: boolean;
  readonly #settable: ReadonlySet<FoldedName> | undefined;

  constructor(target: JobStepTarget | undefined) {
    this.#restricted = target?.commands === 'restricted';
    this.#settable = target?.settableVariables && new Set(target.settableVariables.map(fold));
  }

  /** Why a command is refused in restricted mode; undefined when it is allowed (LOG-40). */
  refuse({ area, event }: LoggingCommand): string | undefined {
    if (!this.#restricted || ALLOWED.has(`${area}.${event}`)) return undefined;
    return `The logging command ${area}.${event} is ignored: the target of this step has "commands: restricted".`;
  }

  /** Why a variable, or `PATH`, stays as it is; undefined when the step may set it (LOG-41). */
  refuseVariable(name: string): string | undefined {
    if (this.#settable === undefined || this.#settable.has(fold(name))) return undefined;
    return `The variable "${name}" is not set: it is not among the "settableVariables" of this step's target.`;
  }
}
