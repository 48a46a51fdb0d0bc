import { choiceInput, flagInput, textInput, type BuiltInTask } from '../task-definition.ts';

/** `DownloadBuildArtifacts@0`. */
export const downloadBuildArtifactsV0: BuiltInTask = {
  id: 'a433f589-fce1-4460-9ee6-44a624aeb1fb',
  name: 'DownloadBuildArtifacts',
  version: '0',
  title: 'Download build artifacts',
  description: 'Fetches artifacts of this run or another one.',
  ignored: ['parallelizationLimit', 'retryDownloadCount', 'retryRedirectDownloadCount'],
  inputs: [
    choiceInput('buildType', ['current', 'specific']),
    textInput('project', { type: 'picklist', required: true, conditional: true }),
    textInput('definition', { aliases: ['pipeline'], type: 'picklist', required: true, conditional: true }),
    flagInput('specificBuildWithTriggering', 'false', { conditional: true }),
    choiceInput('buildVersionToDownload', ['latest', 'latestFromBranch', 'specific'], { conditional: true }),
    flagInput('allowPartiallySucceededBuilds', 'false', { conditional: true }),
    textInput('branchName', { defaultValue: 'refs/heads/master', conditional: true }),
    textInput('buildId', { type: 'picklist', required: true, conditional: true }),
    textInput('tags', { conditional: true }),
    choiceInput('downloadType', ['single', 'specific']),
    textInput('artifactName', { type: 'picklist', required: true, conditional: true }),
    textInput('itemPattern', { type: 'multiline', defaultValue: '**' }),
    textInput('downloadPath', { defaultValue: '$(System.ArtifactsDirectory)' }),
    flagInput('cleanDestinationFolder', 'false'),
    textInput('parallelizationLimit', { defaultValue: '8' }),
    flagInput('checkDownloadedFiles', 'false'),
    textInput('retryDownloadCount', { defaultValue: '4' }),
    textInput('retryRedirectDownloadCount', { defaultValue: '0' }),
    flagInput('extractTars', 'false'),
  ],
};
