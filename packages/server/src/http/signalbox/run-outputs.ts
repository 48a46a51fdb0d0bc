import type { Collection, OutputView } from '@signalbox/api';
import { partName, phaseName, type RunState } from '@signalbox/engine';
import type { Ask } from '../ask.ts';
import { checkOwnRun, findRun } from '../build/find-run.ts';
import { collection } from '../shape/common.ts';

/** The outputs of the newest attempt of each stage (CTX-1); a secret one is named, and its value stays here (CTX-10). */
export async function readRunOutputs(ask: Ask): Promise<Collection<OutputView>> {
  const { run } = await findRun(ask, 'runId', 'Run');
  checkOwnRun(ask, run);
  return collection(outputViews(run));
}

function outputViews({ stages }: RunState): readonly OutputView[] {
  return stages.flatMap((stage) =>
    stage.jobs.flatMap((job) =>
      job.instances.flatMap((instance) => {
        const part = partName(instance);
        return Object.entries(instance.outputs).map(([name, { value, secret }]) => ({
          stage: stage.name,
          job: phaseName(job.name),
          ...(part !== '__default' && { part }),
          name,
          value: secret ? null : value,
        }));
      }),
    ),
  );
}
