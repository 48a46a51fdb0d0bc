import type { Instant } from '@signalbox/model';
import type { DeploymentRecordEffect } from '../outcome.ts';
import { planOf } from './instance.ts';
import { jobResult } from './roll-up.ts';
import type { InstanceState, JobState } from './state.ts';
import { jobOf, keyOf, stageOf, type Turn } from './turn.ts';

/**
 * The environment's history gets a line for every deployment that started, whatever became of it, and one for each of
 * its machines that was reached (DEP-11, X-28).
 */
export function recordDeployment(turn: Turn, stageName: string, jobName: string): void {
  const stage = stageOf(turn.state, stageName);
  const job = stage === undefined ? undefined : jobOf(stage, jobName);
  if (stage === undefined || job?.phase !== 'completed' || job.startTime === undefined) return;
  const { plan } = planOf(turn, keyOf(stage, job)).job;
  if (plan.kind !== 'deployment') return;
  const { id: run, project } = turn.state;
  for (const line of linesOf(job, job.startTime)) {
    const { leg, ...fields } = line;
    const machine = leg === undefined ? '' : `:${leg}`;
    turn.effects.push({
      key: `deployment:${run}:${stage.name}:${stage.attempt}:${job.name}:${job.attempt}${machine}`,
      kind: 'deploymentRecord',
      environment: plan.environment.name,
      project,
      run,
      stage: stage.name,
      stageAttempt: stage.attempt,
      job: job.name,
      finishTime: job.finishTime,
      ...fields,
    });
  }
}

type Line = Pick<DeploymentRecordEffect, 'resource' | 'queueTime' | 'startTime' | 'result'> & {
  readonly leg?: string;
};

function linesOf(job: Extract<JobState, { phase: 'completed' }>, queueTime: Instant): readonly Line[] {
  const lines = (job.expansion?.legs ?? []).flatMap(({ name: leg, machine }) => {
    const own = job.instances.filter((one) => one.leg === leg);
    if (own.length === 0 || machine === undefined) return [];
    const result = jobResult(own, false, true);
    return [{ leg, resource: machine.id, queueTime, startTime: firstStart(own), result }];
  });
  return lines.length > 0 ? lines : [{ queueTime, startTime: firstStart(job.instances), result: job.result }];
}

function firstStart(instances: readonly InstanceState[]): Instant | undefined {
  const [first] = instances.flatMap((one) => (one.phase === 'queued' ? [] : [one.startTime ?? []])).flat();
  return first;
}
