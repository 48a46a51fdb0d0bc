import type { RunView } from '@signalbox/api';
import type { InstanceKey, RunState } from '@signalbox/engine';
import { fold, type PoolId } from '@signalbox/model';
import type { Ask } from '../ask.ts';
import { JobWaits } from '../distributed-task/job-waits.ts';

/** A run as people see it, with what each of its waiting jobs waits for. */
export async function withWaitingJobs(ask: Ask, run: RunState, view: RunView): Promise<RunView> {
  const queued = queuedOf(run);
  if (queued.length === 0) return view;
  const waits = new JobWaits(ask);
  const said = new Map<string, string>();
  for (const { pool, instance } of queued) {
    const need = { need: 'requestOf', run: run.id, instance } as const;
    const [answer] = await ask.app.store.poolWork.answer(pool, [need]);
    const [request] = answer?.requests ?? [];
    const text = request && (await waits.textOf(pool, request));
    if (text !== undefined) said.set(keyOf(instance.stage, instance), text);
  }
  return {
    ...view,
    stages: view.stages.map((stage) => ({
      ...stage,
      jobs: stage.jobs.map((job) => {
        const waiting = said.get(keyOf(stage.name, { ...job, job: job.name }));
        return job.state === 'queued' && waiting !== undefined ? { ...job, waiting } : job;
      }),
    })),
  };
}

interface Queued {
  readonly pool: PoolId;
  readonly instance: InstanceKey;
}

function queuedOf({ stages }: RunState): readonly Queued[] {
  return stages.flatMap((stage) =>
    stage.jobs.flatMap((job) =>
      job.instances.flatMap(({ phase, pool, hook, leg }) => {
        const instance = {
          stage: stage.name,
          stageAttempt: stage.attempt,
          job: job.name,
          jobAttempt: job.attempt,
          ...(hook !== undefined && { hook }),
          ...(leg !== undefined && { leg }),
        };
        return phase === 'queued' ? [{ pool, instance }] : [];
      }),
    ),
  );
}

type Part = Pick<InstanceKey, 'job'> & {
  readonly hook?: string | undefined;
  readonly leg?: string | undefined;
};

function keyOf(stage: string, { job, hook, leg }: Part): string {
  return JSON.stringify([fold(stage), fold(job), hook ?? null, leg ?? null]);
}
