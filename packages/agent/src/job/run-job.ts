import type { AgentJob } from '@signalbox/api';
import type { NodeResult } from '@signalbox/model';
import { expiryLoop } from '../lease/expiry-loop.ts';
import type { CancelReason, JobControl } from '../lease/job-control.ts';
import { Lease } from '../lease/lease.ts';
import { renewLoop } from '../lease/renew-loop.ts';
import { waitLoop } from '../lease/wait-loop.ts';
import { SHUTDOWN_REPORT_MS } from '../limits.ts';
import { runningProcesses } from '../process/orphans.ts';
import { isCheckout } from '../steps/registry.ts';
import { setJobVariables } from './agent-variables.ts';
import { finalizeJob, initializeJob } from './implicit-steps.ts';
import { runStep } from './run-step.ts';
import { RunningJob, type JobHost } from './running-job.ts';

/** Runs one job from its first report to its last; returns when the server has them all or wants none. */
export async function runJob(job: AgentJob, host: JobHost, control: JobControl): Promise<void> {
  const run = new RunningJob(job, host, control);
  const lease = new Lease({
    ...host,
    control,
    request: job.request,
    number: job.lease,
    cancelBudgetMs: run.cancelBudgetMs,
    protected: job.specification.protected === true,
  });
  // All three end when the job is closed.
  const loops = Promise.all([renewLoop(lease), waitLoop(lease), expiryLoop(lease)]);
  try {
    registerSecrets(run);
    run.reports.push({ kind: 'started', at: host.clock.now() });
    await sendLastReports(run, await endOf(run));
  } finally {
    control.close();
    await loops;
  }
}

/** Before anything is said, everything that must not be said is known (SEC-1). */
function registerSecrets(run: RunningJob): void {
  const { job, masker, variables } = run;
  for (const secret of job.secrets) masker.add(secret);
  setJobVariables(variables, job);
  const { repository, repositories = [] } = job.specification;
  for (const { url } of repository === undefined ? repositories : [repository, ...repositories]) {
    const credentials = /^[a-z][a-z0-9+.-]*:\/\/([^/@]*)@/i.exec(url)?.[1];
    const password = credentials?.slice(credentials.indexOf(':') + 1) ?? '';
    masker.add(password);
    masker.add(decodeURIComponentSafely(password));
  }
}

function decodeURIComponentSafely(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** How a job ended, fixed when its last step has: what happens while that is being reported changes nothing. */
interface JobEnd {
  readonly result: NodeResult;
  readonly message?: string;
}

async function endOf(run: RunningJob): Promise<JobEnd> {
  try {
    await runSteps(run);
  } catch (error) {
    // What no rule foresees: the job fails with the reason, the agent goes on.
    const reason = run.masker.mask(error instanceof Error ? error.message : String(error));
    run.host.logger.error('job-crashed', { request: run.job.request, reason });
    return { result: 'failed', message: `The agent failed: ${reason}` };
  }
  const message = run.control.reason === undefined ? undefined : CANCEL_MESSAGES[run.control.reason];
  return { result: run.status, ...(message === undefined ? {} : { message }) };
}

async function runSteps(run: RunningJob): Promise<void> {
  const { steps } = run.job.specification;
  const processesBefore = runningProcesses();
  let order = 1;
  const layout = await initializeJob(run, order);
  if (layout !== undefined) {
    const checkouts = steps.filter(({ task }) => isCheckout(task)).length;
    for (const step of steps) {
      order += 1;
      await runStep(run, { step, order, layout, checkouts });
    }
  }
  await finalizeJob(run, { order: order + 1, layout, processesBefore });
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
