import type { JobPlan, PoolPlan, StagePlan, VariableEntry, YamlLockBehavior } from '@signalbox/model';
import type { MappingNode, Node, ScalarNode } from '../../read/node.ts';
import { rangeOf } from '../../read/source-file.ts';
import type { Span } from '../../read/source-file.ts';
import { conditionKey } from '../condition.ts';
import { dependsOnKey } from '../graph/depends-on.ts';
import type { Dependency } from '../graph/graph.ts';
import { givenName } from '../graph/names.ts';
import { nameNode } from '../jobs/job-draft.ts';
import { readJobs } from '../jobs/jobs.ts';
import { readFields, startOf, valueOf } from '../key.ts';
import type { KeyTable, Scope } from '../key.ts';
import { lockBehaviorKey } from '../lock-behavior.ts';
import { poolKey } from '../pools/pool.ts';
import { JOBS } from '../shape.ts';
import { booleanKey, choiceKey, given, nodeKey, textKey } from '../values.ts';
import { variablesKey } from '../variables.ts';

const keys = {
  stage: textKey('The name of the stage.'),
  displayName: textKey('What people see.'),
  group: textKey('A path under which the stage is shown; nothing runs by it.'),
  pool: poolKey,
  dependsOn: dependsOnKey,
  condition: conditionKey('stageCondition'),
  variables: variablesKey('stage'),
  jobs: nodeKey('What the stage does.', { required: true, shape: JOBS }),
  lockBehavior: lockBehaviorKey,
  trigger: choiceKey('`manual`: a person starts the stage.', ['manual', 'automatic']),
  isSkippable: booleanKey('False forbids to leave the stage out of a run.'),
  templateContext: nodeKey('Data for templates; nothing runs by it.'),
};

/** The keys of a stage (YAML-20). */
export const stageKeys: KeyTable = keys;

/** What a stage takes over from the pipeline (YAML-7). */
export interface Inherited {
  readonly pool: PoolPlan;
  readonly lockBehavior: YamlLockBehavior | undefined;
}

/** A stage before its siblings are known. */
export interface StageDraft {
  readonly name: ScalarNode | undefined;
  readonly at: Span;
  /** Absent: the stage depends on the one before it (YAML-21). */
  readonly dependsOn: readonly Dependency[] | undefined;
  readonly manual: boolean;
  readonly finish: (name: string, dependsOn: readonly string[]) => StagePlan;
}

/** Reads an item of `stages`. */
export function readStage(item: MappingNode, inherited: Inherited, scope: Scope): StageDraft {
  const fields = readFields(item, keys, 'a stage', scope) ?? {};
  const name = nameNode(item, 'stage', scope);
  const ownName = givenName(name);
  const manual = fields.trigger === 'manual';
  if (manual && fields.dependsOn !== undefined && fields.dependsOn.length > 0) {
    const at = valueOf(item, 'dependsOn')?.at ?? item.at;
    scope.report(
      'manual-stage-depends',
      at,
      '`dependsOn` has no effect on a manual stage: it can be started at any time.',
    );
  }
  const jobs = jobsOf(fields.jobs, fields.pool ?? inherited.pool, scope);
  const lockBehavior = fields.lockBehavior ?? inherited.lockBehavior;
  return {
    name,
    at: name?.at ?? startOf(item),
    dependsOn: manual ? [] : fields.dependsOn,
    manual,
    finish: (final, dependsOn) => ({
      ...stageBasis(final, fields.displayName ?? ownName, { variables: fields.variables, jobs, at: item.at }),
      dependsOn,
      ...given({ group: fields.group, condition: fields.condition, lockBehavior }),
      ownLock: ownName !== undefined && fields.lockBehavior !== undefined,
      manual,
      isSkippable: fields.isSkippable ?? true,
    }),
  };
}

/** The stage that a pipeline with `jobs` or `steps` at its root implies (YAML-5). */
export function implicitStage(inherited: Inherited, jobs: readonly JobPlan[], at: Span): StageDraft {
  const { lockBehavior } = inherited;
  return {
    name: undefined,
    at,
    dependsOn: [],
    manual: false,
    finish: (name) => ({
      ...stageBasis(name, undefined, { variables: undefined, jobs, at }),
      ...(lockBehavior === undefined ? {} : { lockBehavior }),
    }),
  };
}

interface Contents {
  readonly variables: readonly VariableEntry[] | undefined;
  readonly jobs: readonly JobPlan[];
  readonly at: Span;
}

function stageBasis(
  name: string,
  displayName: string | undefined,
  { variables, jobs, at }: Contents,
): StagePlan {
  return {
    name,
    displayName: displayName ?? name,
    dependsOn: [],
    variables: variables ?? [],
    ownLock: false,
    manual: false,
    isSkippable: true,
    jobs,
    source: rangeOf(at),
  };
}

function jobsOf(node: Node | undefined, pool: PoolPlan, scope: Scope): readonly JobPlan[] {
  return node === undefined ? [] : readJobs(node, pool, scope);
}
