import { killOrphans } from '../process/orphans.ts';
import { preparePackages } from '../tasks/job-packages.ts';
import { clearTemp, prepareWorkspace, type WorkspaceLayout } from '../workspace/layout.ts';
import { setAgentVariables, setFolderVariables } from './agent-variables.ts';
import { writeAzureDefaults } from './azure-defaults.ts';
import type { RunningJob } from './running-job.ts';
import { StepRecord } from './step-record.ts';

/** "Initialize job": folders and variables (STEP-2). Undefined when that failed: then no step runs (STEP-6). */
export async function initializeJob(run: RunningJob, order: number): Promise<WorkspaceLayout | undefined> {
  const { agent, workFolder } = run.host;
  const record = new StepRecord(run, { order, name: 'initialize', displayName: 'Initialize job' });
  const { output } = record;
  record.begin();
  output.info(`Agent name: '${agent.name}'\nAgent version: '${agent.version}'`);
  try {
    const layout = await prepareWorkspace(workFolder, run.job.specification);
    setAgentVariables(run.variables, agent);
    setFolderVariables(run.variables, layout);
    writeAzureDefaults(layout, run.variables);
    output.info(`Workspace: '${layout.root}'`);
    await preparePackages(run, output);
    record.end('succeeded');
    return layout;
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    output.issue('error', `The job could not be prepared: ${reason}`);
    run.merge('failed');
    record.end('failed');
    return undefined;
  }
}

/** What "Finalize Job" cleans up. */
export interface JobRemains {
  readonly order: number;
  readonly layout: WorkspaceLayout | undefined;
  readonly processesBefore: ReadonlySet<string>;
}

/** "Finalize Job": no process and no temporary file of the job remains (TH20, WS-3). */
export async function finalizeJob(run: RunningJob, remains: JobRemains): Promise<void> {
  const record = new StepRecord(run, {
    order: remains.order,
    name: 'finalize',
    displayName: 'Finalize Job',
  });
  record.begin();
  const orphans = killOrphans(run.mark, remains.processesBefore);
  // Where processes cannot be listed, their groups are all there is to go by.
  run.host.reaper.endAll();
  if (orphans.length > 0) record.output.info(`Terminated orphan processes: ${orphans.join(', ')}`);
  try {
    if (remains.layout !== undefined) await clearTemp(remains.layout);
  } catch (error) {
    // The next job empties the folder anyway, and fails if it cannot.
    const reason = error instanceof Error ? error.message : String(error);
    record.output.issue('warning', `The temporary folder could not be emptied: ${reason}`);
  }
  record.end('succeeded');
}
