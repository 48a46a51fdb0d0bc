import { archiveFiles } from './archive-files.ts';
import { azureCli } from './azure-cli.ts';
import { bashTask } from './bash.ts';
import { cacheTask } from './cache.ts';
import { checkoutTask } from './checkout.ts';
import { cmdLine } from './cmd-line.ts';
import { copyFiles } from './copy-files.ts';
import { deleteFiles } from './delete-files.ts';
import { dockerTask } from './docker.ts';
import { downloadTask } from './download.ts';
import { downloadBuildArtifactsV0 } from './download-build-artifacts-0.ts';
import { downloadBuildArtifactsV1 } from './download-build-artifacts-1.ts';
import { downloadPipelineArtifactV0 } from './download-pipeline-artifact-0.ts';
import { downloadPipelineArtifactV1 } from './download-pipeline-artifact-1.ts';
import { downloadPipelineArtifact } from './download-pipeline-artifact.ts';
import { downloadSecureFile } from './download-secure-file.ts';
import { extractFiles } from './extract-files.ts';
import { kubernetesTask } from './kubernetes.ts';
import { nodeTool } from './node-tool.ts';
import { npmTask } from './npm.ts';
import { powerShellTask } from './powershell.ts';
import { publishBuildArtifacts } from './publish-build-artifacts.ts';
import { publishCodeCoverageV1 } from './publish-code-coverage-results-1.ts';
import { publishCodeCoverageV2 } from './publish-code-coverage-results-2.ts';
import { publishPipelineArtifactV0 } from './publish-pipeline-artifact-0.ts';
import { publishPipelineArtifact } from './publish-pipeline-artifact.ts';
import { publishTestResults } from './publish-test-results.ts';
import { useDotNet } from './use-dot-net.ts';
import { useNode } from './use-node.ts';
import { usePythonVersion } from './use-python-version.ts';
import { resolveTask } from '../resolve-task.ts';
import type { TaskReference } from '../../plan/step.ts';
import type { BuiltInTask } from '../task-definition.ts';

/**
 * Every task that agents carry out without a package, one line each. Its handler stands in the registry of the agent's
 * steps, under the same name and version.
 */
export const BUILT_IN_TASKS: readonly BuiltInTask[] = [
  archiveFiles,
  azureCli,
  bashTask,
  cacheTask,
  checkoutTask,
  cmdLine,
  copyFiles,
  deleteFiles,
  dockerTask,
  downloadTask,
  downloadBuildArtifactsV0,
  downloadBuildArtifactsV1,
  downloadPipelineArtifactV0,
  downloadPipelineArtifactV1,
  downloadPipelineArtifact,
  downloadSecureFile,
  extractFiles,
  kubernetesTask,
  nodeTool,
  npmTask,
  powerShellTask,
  publishBuildArtifacts,
  publishCodeCoverageV1,
  publishCodeCoverageV2,
  publishPipelineArtifactV0,
  publishPipelineArtifact,
  publishTestResults,
  useDotNet,
  useNode,
  usePythonVersion,
];

/** The built-in task that a step names, by name or by id; undefined: there is none (STEPY-6). */
export function builtInTask(reference: TaskReference): BuiltInTask | undefined {
  // A built-in task is one major version, whatever minor version a step asks for.
  const { name, version } = reference;
  return resolveTask({ name, version: version.split('.')[0] ?? '' }, BUILT_IN_TASKS);
}
