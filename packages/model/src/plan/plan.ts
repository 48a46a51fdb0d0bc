import type { RepositoryPlan, ResourcesPlan } from './resources.ts';
import type { StagePlan } from './stage.ts';
import type { TriggersPlan } from './triggers.ts';
import type { MacroText } from './value.ts';
import type { VariableEntry } from './variable.ts';

/** A template that a pipeline extends; included ones are not among them (CHK-60). */
export interface ExtendedTemplate {
  /** The declared repository where it lies; absent: the pipeline's own. */
  readonly repository?: Pick<RepositoryPlan, 'type' | 'name' | 'ref'>;
  /** From the root of the repository, with `/`. */
  readonly path: string;
}

/**
 * What a pipeline file compiles to: immutable, plain JSON, frozen into each run (RUN-5, INV-45).
 * `${{ }}` is gone; run-time expressions and macros are still text.
 */
export interface Plan {
  readonly version: 1;
  /** Run-number format (RNAME-1); the default is filled in. */
  readonly name: MacroText;
  /** Whether people see the commit's message after the run number; absent means yes (RNAME-7). */
  readonly appendCommitMessageToRunName?: boolean;
  /** Pipeline-level variables in order. */
  readonly variables: readonly VariableEntry[];
  readonly repositories: readonly RepositoryPlan[];
  /** Absent: the pipeline uses repositories only. */
  readonly resources?: ResourcesPlan;
  /** Absent: the file says nothing of them. */
  readonly triggers?: TriggersPlan;
  /** The templates that the file extends, the one that it names itself first (TPL-4); absent: none. */
  readonly extends?: readonly ExtendedTemplate[];
  /** In the order of the file; never empty; acyclic; dependencies exist. */
  readonly stages: readonly StagePlan[];
}
