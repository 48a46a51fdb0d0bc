/** What a task is given, as its definition has it (`inputs` of task.json). */
export interface TaskInput {
  readonly name: string;
  /** Other names that mean the same. */
  readonly aliases: readonly string[];
  /** In lower case: `string`, `boolean`, `filepath`, `picklist`, `multiline`, `connectedservice:…`, `securefile` … */
  readonly type: string;
  readonly label: string;
  /** May hold macros. */
  readonly defaultValue: string;
  readonly required: boolean;
  /** It counts only under a rule of the editor, which nothing here evaluates. */
  readonly conditional: boolean;
  /** The values to choose from; empty: anything. */
  readonly options: readonly string[];
}

/** How one part of a task is carried out: a handler of task.json. */
export interface TaskHandler {
  /** As task.json has it: `Node20_1`, `PowerShell3` … */
  readonly kind: string;
  /** A file of the package, seen from its root. */
  readonly target: string;
  readonly workingDirectory?: string;
}

/** The parts of a task: before the job's steps, in its own place, and after them. */
export type TaskPart = 'preJob' | 'main' | 'postJob';

/** What a task may not do, whatever its step says (`restrictions` of task.json). */
export interface TaskRestrictions {
  readonly commands?: 'any' | 'restricted';
  readonly settableVariables?: readonly string[];
}

/** What a task does and takes, whether it is built in or comes as a package. */
export interface TaskDefinition {
  /** A GUID in lower case. */
  readonly id: string;
  readonly name: string;
  /** `major.minor.patch`. */
  readonly version: string;
  readonly title: string;
  readonly description: string;
  readonly inputs: readonly TaskInput[];
}

/** A task as its package describes it (task.json). */
export interface TaskManifest extends TaskDefinition {
  readonly author: string;
  /** In lower case; empty: everywhere. */
  readonly runsOn: readonly string[];
  /** The Azure agent that it needs; absent: any. */
  readonly minimumAgentVersion?: string;
  /** Demands in the words of a pool: `npm`, `Agent.OS -equals Linux` (POOL-3). */
  readonly demands: readonly string[];
  readonly restrictions: TaskRestrictions;
  readonly handlers: Readonly<Record<TaskPart, readonly TaskHandler[]>>;
}

/** A task that is built in. */
export interface BuiltInTask extends TaskDefinition {
  /** Inputs of the service's task that are taken and have no effect here. */
  readonly ignored: readonly string[];
  /** It only calls a program, and our own tests know that program as a stand-in. */
  readonly wraps?: string;
}

/** What an input of a built-in task has besides its name. */
export type InputMore = Partial<Omit<TaskInput, 'name'>>;

/** A text input. */
export function textInput(name: string, more: InputMore = {}): TaskInput {
  return {
    name,
    aliases: [],
    type: 'string',
    label: '',
    defaultValue: '',
    required: false,
    conditional: false,
    options: [],
    ...more,
  };
}

/** An input that is true only for the text `true`. */
export function flagInput(name: string, defaultValue: 'true' | 'false', more: InputMore = {}): TaskInput {
  return textInput(name, { type: 'boolean', defaultValue, ...more });
}

/** An input whose value is one of a list; the first is the default unless another is named. */
export function choiceInput(name: string, options: readonly string[], more: InputMore = {}): TaskInput {
  return textInput(name, { type: 'picklist', options, defaultValue: options[0] ?? '', ...more });
}
