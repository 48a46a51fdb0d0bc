import type { BUILD_STATUS, DEFINITION_QUEUE_STATUS, STAGE_UPDATE } from '../enums.ts';
import type { WireVariable } from './build.ts';

/** A definition to make, or to put in the place of one; what it has besides comes back as it was sent. */
export interface WrittenDefinition {
  readonly name: string;
  /** A folder: `\\team`; absent: the root. */
  readonly path?: string;
  readonly process: { readonly type?: number; readonly yamlFilename: string };
  readonly repository: {
    /** An https or ssh address, or a path on the server; `id` is taken where it is absent. */
    readonly url?: string;
    readonly id?: string;
    readonly type?: string;
    readonly name?: string;
    /** Absent: the repository is asked. */
    readonly defaultBranch?: string | null;
  };
  /** The queue that it uses by default, by number or by name. */
  readonly queue?: { readonly id?: number; readonly name?: string } | null;
  /** A secret whose value is `null` keeps the one that it has. */
  readonly variables?: Readonly<Record<string, Partial<WireVariable>>>;
  readonly queueStatus?: keyof typeof DEFINITION_QUEUE_STATUS;
}

/** A run to queue. */
export interface NewBuild {
  /** Its number; the query may have it instead. */
  readonly definition?: { readonly id: number };
  /** By id or by name, where the address names none. */
  readonly project?: { readonly id?: string; readonly name?: string };
  /** Absent: the default branch. */
  readonly sourceBranch?: string | null;
  /** A commit of the branch; absent: its newest. */
  readonly sourceVersion?: string | null;
  /** Variables by name, as JSON in a text. */
  readonly parameters?: string | null;
  /** Values of the parameters of the file: texts, or what they are as JSON. */
  readonly templateParameters?: Readonly<Record<string, unknown>>;
  readonly requestedFor?: { readonly displayName?: string } | null;
}

/** What can be changed of a run. */
export interface BuildChange {
  /** `cancelling`; another word must be the one that it has. */
  readonly status?: keyof typeof BUILD_STATUS;
  /** Whether it is kept from being deleted. */
  readonly keepForever?: boolean;
}

/** What is done with a stage of a run. */
export interface StageChange {
  readonly state: keyof typeof STAGE_UPDATE;
  /** With `retry`: all its jobs, not only those that failed. */
  readonly forceRetryAllJobs?: boolean;
  /** With `retry`: false leaves the stages that depend on it as they are. */
  readonly retryDependencies?: boolean;
}

/** A pipeline file. */
export interface WireYaml {
  readonly yaml: string;
}
