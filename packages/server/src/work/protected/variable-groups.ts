import { fold, isGroup, type JobPlan, type Plan, type VariableEntry } from '@signalbox/model';
import type { VariableGroupRow } from '@signalbox/store';

/** The groups of a project that a plan names, by folded name. */
export type KnownGroups = ReadonlyMap<string, VariableGroupRow>;

/**
 * The plan with the variables of its groups in their places (VARD-5): the values that the groups have now, secrets
 * sealed. The file was compiled before, so no template expression saw them (VARD-9). Every group must be known.
 */
export function withGroups(plan: Plan, groups: KnownGroups): Plan {
  const put = (entries: readonly VariableEntry[]): readonly VariableEntry[] =>
    entries.flatMap((entry) => (isGroup(entry) ? variablesOf(groups.get(fold(entry.group))) : [entry]));
  return {
    ...plan,
    variables: put(plan.variables),
    stages: plan.stages.map((stage) => ({
      ...stage,
      variables: put(stage.variables),
      jobs: stage.jobs.map((job): JobPlan => ({ ...job, variables: put(job.variables) })),
    })),
  };
}

function variablesOf(group: VariableGroupRow | undefined): readonly VariableEntry[] {
  return Object.entries(group?.variables ?? {}).map(([name, { value, secret }]) => ({
    name,
    value,
    readonly: false,
    ...(secret && { secret }),
  }));
}
