import { choiceInput, flagInput, textInput, type BuiltInTask } from '../task-definition.ts';

/** `DownloadPipelineArtifact@2`. */
export const downloadPipelineArtifact: BuiltInTask = {
  id: '61f2a582-95ae-4948-b34d-a1b3c4f6a737',
  name: 'DownloadPipelineArtifact',
  version: '2',
  title: 'Download pipeline artifact',
  description: 'Fetches artifacts of this run or another one.',
  ignored: [],
  inputs: [
    choiceInput('source', ['current', 'specific'], { aliases: ['buildType'] }),
    textInput('project', { type: 'picklist', required: true, conditional: true }),
    textInput('pipeline', { aliases: ['definition'], type: 'picklist', required: true, conditional: true }),
    flagInput('preferTriggeringPipeline', 'false', {
      aliases: ['specificBuildWithTriggering'],
      conditional: true,
    }),
    choiceInput('runVersion', ['latest', 'latestFromBranch', 'specific'], {
      aliases: ['buildVersionToDownload'],
      conditional: true,
    }),
    textInput('runBranch', { aliases: ['branchName'], defaultValue: 'refs/heads/master', conditional: true }),
    textInput('runId', {
      aliases: ['pipelineId', 'buildId'],
      type: 'picklist',
      required: true,
      conditional: true,
    }),
    textInput('tags', { conditional: true }),
    flagInput('allowPartiallySucceededBuilds', 'false', { conditional: true }),
    flagInput('allowFailedBuilds', 'false', { conditional: true }),
    textInput('artifact', { aliases: ['artifactName'], type: 'picklist' }),
    textInput('patterns', { aliases: ['itemPattern'], type: 'multiline', defaultValue: '**' }),
    textInput('path', { aliases: ['targetPath', 'downloadPath'], defaultValue: '$(Pipeline.Workspace)' }),
  ],
};
