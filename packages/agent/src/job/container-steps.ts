import type { EngineCalls } from '../containers/container-engine.ts';
import { JobContainers } from '../containers/job-containers.ts';
import type { WorkspaceLayout } from '../workspace/layout.ts';
import type { RunningJob } from './running-job.ts';
import { StepRecord } from './step-record.ts';

/** True when the job has anything to start before its steps. */
export function hasContainers({ job }: RunningJob): boolean {
  const { containers = [], services = [] } = job.specification;
  return containers.length + services.length > 0;
}

/**
 * "Initialize containers": pulls images, starts services and the containers of steps (CONT-2, CONT-3). Undefined
 * when that failed: then no step runs, whatever its condition says (STEP-6), and nothing stays.
 */
export async function startContainers(
  run: RunningJob,
  layout: WorkspaceLayout,
  order: number,
): Promise<JobContainers | undefined> {
  const record = new StepRecord(run, {
    order,
    name: 'initializeContainers',
    displayName: 'Initialize containers',
  });
  record.begin();
  const calls = callsOf(run, record, layout);
  if ('problem' in calls) {
    endFailed(run, record, calls.problem);
    return undefined;
  }
  const { mark, variables, job } = run;
  const containers = new JobContainers({ calls, specification: job.specification, layout, variables, mark });
  try {
    await containers.start();
    record.end('succeeded');
    return containers;
  } catch (error) {
    await containers.stop({ ...calls, stop: run.control.killed });
    endFailed(run, record, error instanceof Error ? error.message : String(error));
    return undefined;
  }
}

/** "Stop containers": after all steps, also those of a cancelled job (CONT-4). */
export async function stopContainers(
  run: RunningJob,
  containers: JobContainers,
  { layout, order }: { readonly layout: WorkspaceLayout; readonly order: number },
): Promise<void> {
  const record = new StepRecord(run, { order, name: 'stopContainers', displayName: 'Stop containers' });
  record.begin();
  const calls = callsOf(run, record, layout);
  // Also a job that is killed leaves none behind.
  const never = new AbortController().signal;
  if (!('problem' in calls)) await containers.stop({ ...calls, stop: never, kill: never });
  record.end('succeeded');
}

function callsOf(
  run: RunningJob,
  { output }: StepRecord,
  { temp }: WorkspaceLayout,
): EngineCalls | { readonly problem: string } {
  const { host, control } = run;
  const engine = host.containerEngine;
  if (engine === undefined) {
    return {
      problem:
        'The job has containers, but neither "docker info" nor "podman info" answered when this agent started.',
    };
  }
  return {
    engine,
    host,
    output,
    environment: host.environment,
    folder: temp,
    stop: control.cancelled,
    kill: control.killed,
  };
}

function endFailed(run: RunningJob, record: StepRecord, problem: string): void {
  if (run.control.cancelled.aborted) {
    record.output.issue('error', 'The operation was canceled.');
    record.end('canceled');
    return;
  }
  record.output.issue('error', problem);
  run.merge('failed');
  record.end('failed');
}
