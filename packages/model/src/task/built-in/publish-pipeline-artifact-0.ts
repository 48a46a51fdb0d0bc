import { textInput, type BuiltInTask } from '../task-definition.ts';

/** `PublishPipelineArtifact@0`. */
export const publishPipelineArtifactV0: BuiltInTask = {
  id: 'ecdc45f6-832d-4ad9-b52b-ee49e94659be',
  name: 'PublishPipelineArtifact',
  version: '0',
  title: 'Publish pipeline artifact',
  description: 'Keeps a file or folder as an artifact of the run.',
  ignored: [],
  inputs: [
    textInput('artifactName', { required: true, defaultValue: 'drop' }),
    textInput('targetPath', { type: 'filepath', required: true }),
    textInput('properties'),
  ],
};
