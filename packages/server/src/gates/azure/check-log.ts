import type { ProjectId } from '@signalbox/model';
import type { CallerDesk } from '../../callers/desk.ts';
import { callAzure } from './azure-call.ts';
import type { AzureCheck } from './check.ts';

/** A line in the log of a check (HOOK-6). It is a courtesy: when it does not arrive, nothing depends on it. */
export async function sayInCheckLog(
  desk: CallerDesk,
  project: ProjectId,
  { check, line }: { readonly check: AzureCheck; readonly line: string },
): Promise<void> {
  const { hubName, planId, timelineId, jobId } = check;
  const path =
    `_apis/distributedtask/hubs/${hubName}/plans/${planId}/timelines/${timelineId}` +
    `/records/${jobId}/feed?api-version=4.1`;
  const body = { value: [`Signalbox: ${line}`], count: 1 };
  await callAzure(desk, project, { check, call: { method: 'POST', path, body } });
}
