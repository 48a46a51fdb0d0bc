import type { JobStep } from '@signalbox/api';
import { fold } from '@signalbox/model';
import { downloadBuildArtifacts } from '../artifacts/download-build-artifacts.ts';
import { downloadPipelineArtifact } from '../artifacts/download-pipeline-artifact.ts';
import { download } from '../artifacts/download.ts';
import { publishBuildArtifacts } from '../artifacts/publish-build-artifacts.ts';
import { publishPipelineArtifact } from '../artifacts/publish-pipeline-artifact.ts';
import { checkout } from '../checkout/checkout.ts';
import { bash } from './bash.ts';
import { commandLine } from './command-line.ts';
import { powerShell } from './powershell.ts';
import type { StepHandler } from './step-handler.ts';

/** The tasks this agent runs, by name and major version. */
const HANDLERS: ReadonlyMap<string, StepHandler> = new Map([
  ['cmdline@2', commandLine],
  ['bash@3', bash],
  ['powershell@2', powerShell],
  ['checkout@1', checkout],
  ['publishpipelineartifact@1', publishPipelineArtifact],
  ['download@1', download],
  ['downloadpipelineartifact@2', downloadPipelineArtifact],
  ['publishbuildartifacts@1', publishBuildArtifacts],
  ['downloadbuildartifacts@0', downloadBuildArtifacts('0')],
  ['downloadbuildartifacts@1', downloadBuildArtifacts('1')],
]);

/** Tasks are also named by their ids, as the service's final YAML does (REC-165). */
const NAMES_BY_ID: ReadonlyMap<string, string> = new Map([
  ['d9bafed4-0b18-4f58-968d-86655b4d2ce9', 'CmdLine'],
  ['6c731c3c-3c68-459a-a5c9-bde6e6595b5b', 'Bash'],
  ['e213ff0f-5d5c-4791-802d-52ea3e7be1f1', 'PowerShell'],
  ['6d15af64-176c-496d-b583-fd2ae21d4df4', 'Checkout'],
  ['ecdc45f6-832d-4ad9-b52b-ee49e94659be', 'PublishPipelineArtifact'],
  ['30f35852-3f7e-4c0c-9a88-e127b4f97211', 'Download'],
]);

/** Tasks of the service that later versions will run. */
const LATER = new Set(['DownloadPackage', 'ReviewApp'].map(fold));

/** The task's name, whichever way the step names it. */
function taskName(task: JobStep['task']): string {
  return NAMES_BY_ID.get(fold(task.name)) ?? task.name;
}

/** The handler of a step's task, or why there is none. */
export function findHandler(task: JobStep['task']): StepHandler | { readonly problem: string } {
  const name = taskName(task);
  const major = task.version.split('.')[0] ?? '';
  const handler = HANDLERS.get(`${fold(name)}@${major}`);
  if (handler !== undefined) return handler;
  if (LATER.has(fold(name))) return { problem: `The task ${name}@${major} is not supported yet.` };
  return {
    problem: `There is no task ${name}@${major} on this agent. Known are ${[...HANDLERS.keys()].join(', ')}.`,
  };
}

/** True for the task that gets the sources. */
export function isCheckout(task: JobStep['task']): boolean {
  return fold(taskName(task)) === 'checkout';
}
