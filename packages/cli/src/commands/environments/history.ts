import type { Context } from '../../context.ts';
import { ago, span } from '../../output/age.ts';
import { print } from '../../output/print.ts';
import { projectOf } from '../options.ts';
import { environmentOf } from './environment-of.ts';

const DEFAULT_TOP = 20;

/** `signalbox environments history`: the deployment records, newest first (DEP-11). */
export async function history(
  context: Context,
  name: string,
  options: { readonly project?: string; readonly top?: number },
): Promise<void> {
  const project = await projectOf(context, options.project);
  const { id } = await environmentOf(context, project, name);
  const { items } = await context.client().listDeployments(project, id, { top: options.top ?? DEFAULT_TOP });
  const machines = items.some(({ resourceId }) => resourceId !== undefined)
    ? (await context.client().listMachines(project, id)).items
    : [];
  const names = new Map(machines.map((machine) => [machine.id, machine.name]));
  print(context.terminal, context.format(), {
    rows: items,
    columns: [
      { title: 'RUN', text: ({ owner }) => `${owner.id} (${owner.name})` },
      { title: 'PIPELINE', text: ({ definition }) => definition.name },
      { title: 'STAGE', text: ({ stageName, stageAttempt }) => attempt(stageName, stageAttempt) },
      { title: 'JOB', text: ({ jobName }) => jobName },
      {
        title: 'ON',
        text: ({ resourceId }) =>
          resourceId === undefined ? '' : (names.get(resourceId) ?? `machine ${resourceId}`),
      },
      { title: 'RESULT', text: ({ result }) => result },
      { title: 'ENDED', text: ({ finishTime }) => ago(finishTime, context.now()) },
      { title: 'TOOK', text: took },
      { title: 'FOR', text: ({ requestedFor }) => requestedFor?.displayName ?? '' },
    ],
    empty: `Nothing was deployed to ${name} yet.`,
  });
}

function attempt(stage: string, number: number): string {
  return number > 1 ? `${stage} (attempt ${number})` : stage;
}

function took({
  startTime,
  finishTime,
}: {
  readonly startTime?: string;
  readonly finishTime: string;
}): string {
  return startTime === undefined ? '' : span(Date.parse(finishTime) - Date.parse(startTime));
}
