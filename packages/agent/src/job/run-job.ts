import type { AgentJob, JobStep } from '@signalbox/api';
import { fold, type FoldedName, type NodeResult } from '@signalbox/model';
import { repositorySecrets } from '../checkout/credentials.ts';
import { expiryLoop } from '../lease/expiry-loop.ts';
import type { CancelReason, JobControl } from '../lease/job-control.ts';
import { Lease } from '../lease/lease.ts';
import { renewLoop } from '../lease/renew-loop.ts';
import { waitLoop } from '../lease/wait-loop.ts';
import { SHUTDOWN_REPORT_MS } from '../limits.ts';
import { runningProcesses } from '../process/orphans.ts';
import { isCheckout } from '../steps/registry.ts';
import type { StepHandler } from '../steps/step-handler.ts';
import { hostPlace, type StepPlace } from '../steps/step-place.ts';
import { taskHandler } from '../tasks/job-packages.ts';
import type { WorkspaceLayout } from '../workspace/layout.ts';
import { setJobVariables } from './agent-variables.ts';
import { hasContainers, startContainers, stopContainers } from './container-steps.ts';
import { finalizeJob, initializeJob } from './implicit-steps.ts';
import { jobPlaces } from './job-places.ts';
import { runStep } from './run-step.ts';
import { RunningJob, type JobHost } from './running-job.ts';
import { stepTurns } from './step-order.ts';

/**
 * Runs one job from its first report to its last; returns when the server has them all or wants none. False: its lease
 * was over or unsure before anything began, and nothing was done (LAW-8).
 */
export async function runJob(job: AgentJob, host: JobHost, control: JobControl): Promise<boolean> {
  const run = new RunningJob(job, host, control);
  const lease = new Lease({
    ...host,
    control,
    request: job.request,
    number: job.lease,
    cancelBudgetMs: run.cancelBudgetMs,
    protected: job.specification.protected === true,
  });
  if (!(await lease.confirm())) {
    control.close();
    return false;
  }
  // All three end when the job is closed.
  const loops = Promise.all([renewLoop(lease), waitLoop(lease), expiryLoop(lease)]);
  try {
    registerSecrets(run);
    run.reports.push({ kind: 'started', at: host.clock.now() });
    await sendLastReports(run, await endOf(run));
    return true;
  } finally {
    control.close();
    await loops;
  }
}

/** Before anything is said, everything that must not be said is known (SEC-1). */
function registerSecrets(run: RunningJob): void {
  const { job, masker, variables } = run;
  for (const secret of job.secrets) masker.add(secret);
  for (const { ticket } of job.secureFiles ?? []) masker.add(ticket);
  setJobVariables(variables, job);
  const { repository, repositories = [], containers = [], services = [] } = job.specification;
  for (const one of repository === undefined ? repositories : [repository, ...repositories]) {
    for (const secret of repositorySecrets(one)) masker.add(secret);
  }
  for (const { registry } of [...containers, ...services.map(({ container }) => container)]) {
    if (registry !== undefined) masker.add(registry.password);
  }
}

/** How a job ended, fixed when its last step has: what happens while that is being reported changes nothing. */
interface JobEnd {
  readonly result: NodeResult;
  readonly message?: string;
}

async function endOf(run: RunningJob): Promise<JobEnd> {
  try {
    await runWhole(run);
  } catch (error) {
    // What no rule foresees: the job fails with the reason, the agent goes on.
    const reason = run.masker.mask(error instanceof Error ? error.message : String(error));
    run.host.logger.error('job-crashed', { request: run.job.request, reason });
    return { result: 'failed', message: `The agent failed: ${reason}` };
  }
  const message = run.control.reason === undefined ? undefined : CANCEL_MESSAGES[run.control.reason];
  return { result: run.status, ...(message === undefined ? {} : { message }) };
}

async function runWhole(run: RunningJob): Promise<void> {
  const processesBefore = runningProcesses();
  let order = 1;
  const layout = await initializeJob(run, order);
  if (layout !== undefined) order = await runTurns(run, layout, order);
  await finalizeJob(run, { order: order + 1, layout, processesBefore });
}

/** Containers around the turns of the job, if it has any; numbered on from `order`; the last number. */
async function runTurns(run: RunningJob, layout: WorkspaceLayout, order: number): Promise<number> {
  if (!hasContainers(run)) return runSteps(run, { layout, order, containers: new Map() });
  const containers = await startContainers(run, layout, order + 1);
  if (containers === undefined) return order + 1;
  const last = await runSteps(run, { layout, order: order + 1, containers: containers.places });
  await stopContainers(run, containers, { layout, order: last + 1 });
  return last + 1;
}

interface Turns {
  readonly layout: WorkspaceLayout;
  readonly order: number;
  readonly containers: ReadonlyMap<FoldedName, StepPlace>;
}

/** All the turns of the job; the last number. */
async function runSteps(run: RunningJob, { layout, order, containers }: Turns): Promise<number> {
  const { steps, container } = run.job.specification;
  const places = jobPlaces(hostPlace(run.host, run.host.environment), containers, container);
  const setting = { layout, checkouts: checkedOut(steps), places };
  let last = order;
  for (const turn of stepTurns(steps, ({ task }) => handlerOf(run, task))) {
    last += 1;
    await runStep(run, { ...turn, order: last }, setting);
  }
  return last;
}

function handlerOf(run: RunningJob, task: JobStep['task']): StepHandler | undefined {
  const handler = taskHandler(run, task);
  return 'problem' in handler ? undefined : handler;
}

/** `checkout: none` is a step that never runs (REC-165). */
function checkedOut(steps: readonly JobStep[]): readonly string[] {
  return steps
    .filter(({ task }) => isCheckout(task))
    .map(({ inputs }) => inputs['repository'] ?? 'self')
    .filter((alias) => fold(alias) !== 'none');
}

/** The log first: with the last report the lease is closed, and lines that come later are refused. */
async function sendLastReports(run: RunningJob, end: JobEnd): Promise<void> {
  const { control, host, reports, logs } = run;
  const giveUp = (): void =>
    void host.clock.sleep(SHUTDOWN_REPORT_MS, control.closed).then(() => run.silence());
  if (control.shutdown.aborted) giveUp();
  else control.shutdown.addEventListener('abort', giveUp, { once: true });
  await logs.flush();
  reports.push({ kind: 'finished', at: host.clock.now(), ...end });
  await reports.flush();
}

const CANCEL_MESSAGES: Readonly<Record<CancelReason, string | undefined>> = {
  requested: undefined,
  leaseRefused: undefined,
  leaseExpired: 'The agent could not reach the server in time, so it cancelled the job.',
  shutdown: 'The agent was stopped while the job ran.',
};
