import type { JobSpecification } from '@signalbox/api';
import { mkdirSync, readdirSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { folderNumber } from './folder-numbers.ts';

/** The folders of one job (WS-1, WS-3). */
export interface WorkspaceLayout {
  readonly workFolder: string;
  /** `Pipeline.Workspace`. */
  readonly root: string;
  readonly sources: string;
  readonly artifacts: string;
  readonly binaries: string;
  readonly testResults: string;
  readonly temp: string;
  /** Where the Azure CLI has its settings for Azure DevOps; empty at the beginning of a job. */
  readonly azureDevOps: string;
  readonly tools: string;
}

/** Makes the folders of a job ready: cleaned as the job asks, staging and temporary ones empty (WS-2 … WS-4). */
export async function prepareWorkspace(
  workFolder: string,
  specification: Pick<JobSpecification, 'project' | 'definition' | 'repository' | 'clean'>,
): Promise<WorkspaceLayout> {
  const { project, definition, repository, clean } = specification;
  const key = `${project}/${definition.id}${repository === undefined ? '' : `/${repository.name}`}`;
  const layout = layoutOf(resolve(workFolder), folderNumber(workFolder, key));
  if (clean === 'all') await remove(layout.root);
  if (clean === 'resources') await remove(layout.sources);
  if (clean === 'outputs') await remove(layout.binaries);
  await Promise.all([empty(layout.artifacts), empty(layout.testResults), empty(layout.temp)]);
  // Each of these is a matter of microseconds; the detour through the thread pool costs a trivial job more.
  for (const folder of [layout.sources, layout.binaries, layout.tools])
    mkdirSync(folder, { recursive: true });
  return layout;
}

/** Empties the temporary folder after a job: scripts in it may hold secrets (WS-3). */
export async function clearTemp(layout: WorkspaceLayout): Promise<void> {
  await empty(layout.temp);
}

function layoutOf(workFolder: string, number: number): WorkspaceLayout {
  const root = join(workFolder, String(number));
  const temp = join(workFolder, '_temp');
  return {
    workFolder,
    root,
    sources: join(root, 's'),
    artifacts: join(root, 'a'),
    binaries: join(root, 'b'),
    testResults: join(root, 'TestResults'),
    temp,
    azureDevOps: join(temp, 'azure-devops'),
    tools: join(workFolder, '_tool'),
  };
}

async function empty(folder: string): Promise<void> {
  mkdirSync(folder, { recursive: true });
  await Promise.all(readdirSync(folder).map((entry) => remove(join(folder, entry))));
}

/** Links are removed, not followed. A process of the last job may be ending: hence the retries. */
async function remove(path: string): Promise<void> {
  await rm(path, { recursive: true, force: true, maxRetries: 3, retryDelay: 100 });
}
