import type { JobStep } from '@signalbox/api';
import { builtInTask, fold } from '@signalbox/model';
import { downloadBuildArtifacts } from '../artifacts/download-build-artifacts.ts';
import { downloadPipelineArtifact } from '../artifacts/download-pipeline-artifact.ts';
import { download } from '../artifacts/download.ts';
import { publishBuildArtifacts } from '../artifacts/publish-build-artifacts.ts';
import { publishPipelineArtifact } from '../artifacts/publish-pipeline-artifact.ts';
import { archiveFiles } from '../built-in/archive-files.ts';
import { azureCli } from '../built-in/azure-cli.ts';
import { copyFiles } from '../built-in/copy-files.ts';
import { deleteFiles } from '../built-in/delete-files.ts';
import { docker } from '../built-in/docker.ts';
import { downloadSecureFile } from '../built-in/download-secure-file.ts';
import { extractFiles } from '../built-in/extract-files.ts';
import { kubernetes } from '../built-in/kubernetes.ts';
import { npm } from '../built-in/npm.ts';
import { useDotNet } from '../built-in/use-dot-net.ts';
import { nodeTool, useNode } from '../built-in/use-node.ts';
import { usePythonVersion } from '../built-in/use-python-version.ts';
import { cache } from '../cache/cache.ts';
import { publishCodeCoverage } from '../results/publish-code-coverage.ts';
import { publishTestResults } from '../results/publish-test-results.ts';
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
  ['publishpipelineartifact@0', publishPipelineArtifact('0')],
  ['publishpipelineartifact@1', publishPipelineArtifact('1')],
  ['download@1', download],
  ['downloadpipelineartifact@0', downloadPipelineArtifact('0')],
  ['downloadpipelineartifact@1', downloadPipelineArtifact('1')],
  ['downloadpipelineartifact@2', downloadPipelineArtifact('2')],
  ['publishbuildartifacts@1', publishBuildArtifacts],
  ['downloadbuildartifacts@0', downloadBuildArtifacts('0')],
  ['downloadbuildartifacts@1', downloadBuildArtifacts('1')],
  ['publishtestresults@2', publishTestResults],
  ['publishcodecoverageresults@1', publishCodeCoverage(1)],
  ['publishcodecoverageresults@2', publishCodeCoverage(2)],
  ['cache@2', cache],
  ['copyfiles@2', copyFiles],
  ['deletefiles@1', deleteFiles],
  ['archivefiles@2', archiveFiles],
  ['extractfiles@1', extractFiles],
  ['usenode@1', useNode],
  ['nodetool@0', nodeTool],
  ['usepythonversion@0', usePythonVersion],
  ['usedotnet@2', useDotNet],
  ['npm@1', npm],
  ['docker@2', docker],
  ['kubernetes@1', kubernetes],
  ['azurecli@2', azureCli],
  ['downloadsecurefile@1', downloadSecureFile],
]);

/** Tasks of the service that later versions will run. */
const LATER = new Set(['DownloadPackage', 'ReviewApp'].map(fold));

/** The task's name, also when the step names it by its id, as the service's final YAML does (REC-165). */
function taskName(task: JobStep['task']): string {
  return builtInTask(task)?.name ?? task.name;
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
