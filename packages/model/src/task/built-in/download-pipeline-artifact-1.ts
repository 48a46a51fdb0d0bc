import { choiceInput, flagInput, textInput, type BuiltInTask } from '../task-definition.ts';

/** `DownloadPipelineArtifact@1`. */
export const downloadPipelineArtifactV1: BuiltInTask = {
  id: '61f2a582-95ae-4948-b34d-a1b3c4f6a737',
  name: 'DownloadPipelineArtifact',
  version: '1',
  title: 'Download pipeline artifact',
  description: 'Fetches artifacts of this run or another one.',
  ignored: [],
  inputs: [
    choiceInput('buildType', ['current', 'specific']),
    textInput('project', { type: 'picklist', required: true, conditional: true }),
    textInput('definition', { aliases: ['pipeline'], type: 'picklist', required: true, conditional: true }),
    flagInput('specificBuildWithTriggering', 'false', { conditional: true }),
    choiceInput('buildVersionToDownload', ['latest', 'latestFromBranch', 'specific'], { conditional: true }),
    textInput('branchName', { defaultValue: 'refs/heads/master', conditional: true }),
    textInput('buildId', { aliases: ['pipelineId'], type: 'picklist', required: true, conditional: true }),
    textInput('tags', { conditional: true }),
    textInput('artifactName', { type: 'picklist' }),
    textInput('itemPattern', { type: 'multiline', defaultValue: '**' }),
    textInput('downloadPath', { aliases: ['targetPath'], defaultValue: '$(System.ArtifactsDirectory)' }),
  ],
};
