import { completionKey, takesCompletion, type RunState, type SourceRun } from '@signalbox/engine';
import { fold, type PipelineResourcePlan } from '@signalbox/model';
import type { DefinitionRow, NewOccasion } from '@signalbox/store';
import { defaultBranchOf, repositoryUrlOf } from '../work/source.ts';
import { pipelineVariables } from './pipeline-variables.ts';
import { ignore, type Decision, type Matter } from './decision.ts';
import { newOccasion, type Occasion } from './occasion.ts';

/** The occasions that a run gives to a pipeline which follows it, once for each set of filters (TRIG-41, TRIG-46, GAP-31). */
export function completions(
  consumer: DefinitionRow,
  resources: readonly PipelineResourcePlan[],
  { run, tags }: { readonly run: RunState; readonly tags: readonly string[] },
): readonly NewOccasion[] {
  return resources.flatMap(({ alias, trigger }) => {
    if (trigger === undefined || !takesCompletion(trigger, sourceRun(run, tags))) return [];
    const key = `completion:${run.id}:${fold(alias)}:${completionKey(trigger)}`;
    const body: Occasion = { kind: 'completion', source: run.id, alias };
    return [newOccasion(consumer, { key, lane: 'completion', body })];
  });
}

function sourceRun({ branch, result, stages }: RunState, tags: readonly string[]): SourceRun {
  const over = stages.flatMap((stage) =>
    stage.phase === 'completed' ? [{ name: stage.name, result: stage.result }] : [],
  );
  return { branch, tags, stages: over, ...(result !== undefined && { result }) };
}

/** What the end of another pipeline's run comes to (TRIG-43 … TRIG-45). */
export async function judgeCompletion({
  app,
  definition,
  occasion,
}: Matter<Extract<Occasion, { readonly kind: 'completion' }>>): Promise<Decision> {
  const run = await app.store.runs.get(occasion.source);
  if (run === undefined) return ignore('The run is gone.');
  const producer = await app.store.definitions.get(run.project, run.definition.id);
  const isShared = producer !== undefined && repositoryUrlOf(producer) === repositoryUrlOf(definition);
  const { alias } = occasion;
  return {
    kind: 'start',
    start: {
      // One repository: the same branch and commit; otherwise the newest of the own default branch (TRIG-43).
      ...(isShared ? { branch: run.branch, commit: run.commit } : { branch: defaultBranchOf(definition) }),
      reason: 'resourceTrigger',
      requestedFor: run.requestedFor,
      cause: {
        info: {
          alias,
          pipelineId: String(run.definition.id),
          source: run.definition.name,
          version: run.number,
          runId: String(run.id),
        },
        variables: {
          'Resources.TriggeringAlias': alias,
          'Resources.TriggeringCategory': 'pipeline',
          ...(await pipelineVariables(app.store, alias, run)),
        },
      },
    },
  };
}
