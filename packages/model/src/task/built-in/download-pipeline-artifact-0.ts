import { textInput, type BuiltInTask } from '../task-definition.ts';

/** `DownloadPipelineArtifact@0`. */
export const downloadPipelineArtifactV0: BuiltInTask = {
  id: '61f2a582-95ae-4948-b34d-a1b3c4f6a737',
  name: 'DownloadPipelineArtifact',
  version: '0',
  title: 'Download pipeline artifact',
  description: 'Fetches one artifact of this run, or of the run whose number is `pipelineId`.',
  ignored: [],
  inputs: [
    textInput('pipelineId'),
    textInput('artifactName', { required: true, defaultValue: 'drop' }),
    textInput('targetPath', { type: 'filepath', required: true }),
  ],
};
