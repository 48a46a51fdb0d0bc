import type { RunYamlView, StageSourceView } from '@signalbox/api';
import { expandedYaml } from '@signalbox/compiler';
import type { Plan } from '@signalbox/model';
import type { Ask } from '../ask.ts';
import { checkOwnRun, findRun } from '../build/find-run.ts';
import { notFound } from '../problem.ts';

/** The pipeline of a run as it was expanded, and where each stage of it was written. */
export async function readRunYaml(ask: Ask): Promise<RunYamlView> {
  const { run } = await findRun(ask, 'runId', 'Run');
  checkOwnRun(ask, run);
  const plan = await ask.app.store.runs.plan(run.id);
  if (plan === undefined) throw notFound('Run', `The plan of run ${run.id}`);
  const yaml = expandedYaml(plan);
  return { yaml, stages: stageSources(plan, yaml) };
}

/** The expanded text has its stages in the order of the plan, each as an item of the list `stages` at its end. */
function stageSources({ stages }: Plan, yaml: string): readonly StageSourceView[] {
  const lines = yaml.split('\n');
  const begins = lines.flatMap((line, index) =>
    line.startsWith('  - ') && index > lines.indexOf('stages:') ? [index + 1] : [],
  );
  return stages.flatMap(({ name, source: { file, line: at } }, index) => {
    const line = begins[index];
    return line === undefined ? [] : [{ name, line, source: { file, line: at } }];
  });
}
