import type { CheckRun } from '../check/check-run.ts';
import type { CheckFacts, TemplatePlace } from '../check/kind.ts';
import { protectionsOf, type Turn } from './turn.ts';

/**
 * What a check may know of the run. Whether the pipeline may use the resource is asked only by the gate that wants to
 * know it; undefined, and noted as lacking, while it is not known. Nobody may use what was deleted (CHK-54).
 */
export function factsFor(turn: Turn, { configuration }: CheckRun): CheckFacts | undefined {
  if (configuration.settings.kind !== 'authorization') return factsOf(turn, true);
  const [found] = protectionsOf(turn, [configuration.resource]) ?? [];
  return found === undefined ? undefined : factsOf(turn, !found.forbidden && !found.gone);
}

function factsOf(turn: Turn, permitted: boolean): CheckFacts {
  const { state, view } = turn;
  const { branch, commit } = state;
  const { repositories, resources } = view.plan;
  return {
    branch,
    commit,
    project: state.projectName,
    repositories,
    pipelines: resources?.pipelines ?? [],
    extended: templatesOf(turn),
    requesters: requestersOf(state),
    permitted,
  };
}

/** A template of the pipeline's own repository was read at the run's branch. */
function templatesOf({ state, view }: Turn): readonly TemplatePlace[] {
  const { branch, repository = { type: 'git', name: 'self' } } = state;
  const own = { type: repository.type, name: repository.name, ref: branch };
  return (view.plan.extends ?? []).map(({ repository: other = own, path }) => ({ ...other, path }));
}

/** For whom the run was started, and who started it (GAP-20). */
export function requestersOf({ requestedBy, requestedFor }: Turn['state']): readonly string[] {
  return [requestedFor, requestedBy];
}
