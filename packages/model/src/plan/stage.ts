import type { SourceRange } from '../source.ts';
import type { JobPlan } from './job.ts';
import type { MacroText, Value } from './value.ts';
import type { VariableEntry } from './variable.ts';

/** The lock behaviours that YAML can name (YAML-26). */
export type YamlLockBehavior = 'sequential' | 'runLatest';

/** A stage, its jobs, and what it locks. */
export interface StagePlan {
  readonly name: string;
  readonly displayName: MacroText;
  /** A path under which the stage is shown, with `\`; nothing runs by it (YAML-23). */
  readonly group?: MacroText;
  /** Names of stages, the implied predecessor included (YAML-21). */
  readonly dependsOn: readonly string[];
  readonly condition?: string;
  readonly variables: readonly VariableEntry[];
  /** The stage's own value, else the pipeline's; absent: each lock's own policy decides (LOCK-8). */
  readonly lockBehavior?: YamlLockBehavior;
  /** True when a named stage says `lockBehavior` itself: it then has a lock of its own (YAML-26, LOCK-5, GAP-15). */
  readonly ownLock: boolean;
  /** `trigger: manual`: the stage waits until a person starts it (MAN-1). */
  readonly manual: boolean;
  /** False forbids deselecting the stage when a run is queued (YAML-25). */
  readonly isSkippable: boolean;
  /** Never empty (YAML-27). */
  readonly jobs: readonly JobPlan[];
  readonly source: SourceRange;
}

/** The kinds of protected resource (GLOSS-5). */
export type ProtectedResourceType =
  'environment' | 'endpoint' | 'variablegroup' | 'repository' | 'securefile' | 'queue';

/** A protected resource that a stage can reach, and where the file names it first (CHK-1, LOCK-10). */
export interface ResourceReference {
  readonly type: ProtectedResourceType;
  /** Its name; macros and run-time expressions are only known when the stage starts. */
  readonly name: Value;
  readonly source: SourceRange;
}
