import type { Plan, StagePlan, YamlLockBehavior } from '@signalbox/model';
import { stringify } from 'yaml';
import { nameNodes } from '../plan/graph/names.ts';
import { DEFAULT_RUN_NUMBER } from '../plan/run-number.ts';
import { writeJob } from './write-job.ts';
import { writeResources } from './write-resources.ts';
import { writePullRequest, writePush, writeSchedules } from './write-triggers.ts';
import { literal, mapping, unless, writeVariables } from './writing.ts';
import type { Written } from './writing.ts';

/**
 * The final YAML of a plan (REC-160): everything that was inherited or implied is written where it holds, shortcuts
 * stay shortcuts, and compiling it gives the same plan again but for the places in files.
 */
export function expandedYaml(plan: Plan): string {
  const rootLock = rootLockBehavior(plan.stages);
  const written = mapping([
    ['name', unless(plan.name, DEFAULT_RUN_NUMBER)],
    ['appendCommitMessageToRunName', plan.appendCommitMessageToRunName],
    ['trigger', writePush(plan.triggers?.push)],
    ['pr', writePullRequest(plan.triggers?.pullRequest)],
    ['schedules', writeSchedules(plan.triggers?.schedules ?? [])],
    ['resources', writeResources(plan)],
    ['variables', writeVariables(plan.variables)],
    ['lockBehavior', rootLock],
    ['stages', plan.stages.map((stage, index) => writeStage(stage, plan.stages[index - 1], rootLock))],
  ]);
  return stringify(literal(written), { lineWidth: 0, aliasDuplicateObjects: false });
}

/**
 * The pipeline's `lockBehavior` that the stages show. A stage without a lock of its own has its value either from
 * there or, unnamed, from itself (YAML-26); the plan does not say which, so the first reading that fits is taken.
 */
function rootLockBehavior(stages: readonly StagePlan[]): YamlLockBehavior | undefined {
  const readings = ['sequential', 'runLatest'] as const;
  return readings.find((value) => {
    const unsaid = stages.some(({ ownLock, lockBehavior }) => !ownLock && lockBehavior === undefined);
    const used = stages.some(({ ownLock, lockBehavior }) => !ownLock && lockBehavior === value);
    return used && !unsaid && namesStay(stages, value);
  });
}

function namesStay(stages: readonly StagePlan[], rootLock: YamlLockBehavior): boolean {
  const given = stages.map((stage) => ({ name: isUnnamed(stage, rootLock) ? undefined : stage.name }));
  const names = nameNodes(
    given.map(({ name }) => ({ name: name === undefined ? undefined : { text: name } })),
    'Stage',
  );
  return names.every((name, index) => name === stages[index]?.name);
}

/** True for a stage whose value can only be its own although it has no lock. */
function isUnnamed({ ownLock, lockBehavior }: StagePlan, rootLock: YamlLockBehavior | undefined): boolean {
  return !ownLock && lockBehavior !== undefined && lockBehavior !== rootLock;
}

function writeStage(
  stage: StagePlan,
  before: StagePlan | undefined,
  rootLock: YamlLockBehavior | undefined,
): Written {
  const unnamed = isUnnamed(stage, rootLock);
  return mapping([
    ['stage', unnamed ? '' : stage.name],
    ['displayName', unless(stage.displayName, stage.name)],
    ['group', stage.group],
    ['trigger', stage.manual ? 'manual' : undefined],
    ['isSkippable', stage.isSkippable ? undefined : false],
    ['dependsOn', impliesDependencies(stage, before) ? undefined : stage.dependsOn],
    ['condition', stage.condition],
    ['lockBehavior', unnamed || stage.ownLock ? stage.lockBehavior : undefined],
    ['variables', writeVariables(stage.variables)],
    ['jobs', stage.jobs.map(writeJob)],
  ]);
}

/** True when the stage would have its dependencies without saying so (YAML-21, MAN-1). */
function impliesDependencies({ dependsOn, manual }: StagePlan, before: StagePlan | undefined): boolean {
  if (manual || before === undefined) return dependsOn.length === 0;
  return dependsOn.length === 1 && dependsOn[0] === before.name;
}
