import { choiceInput, flagInput, textInput, type BuiltInTask } from '../task-definition.ts';

/** `PublishPipelineArtifact@1`. */
export const publishPipelineArtifact: BuiltInTask = {
  id: 'ecdc45f6-832d-4ad9-b52b-ee49e94659be',
  name: 'PublishPipelineArtifact',
  version: '1',
  title: 'Publish pipeline artifact',
  description: 'Keeps a file or folder as an artifact of the run.',
  ignored: ['parallel', 'parallelCount'],
  inputs: [
    textInput('path', { aliases: ['targetPath'], type: 'filepath', defaultValue: '$(Pipeline.Workspace)' }),
    textInput('artifactName', { aliases: ['artifact'] }),
    choiceInput('artifactType', ['pipeline', 'filepath'], { aliases: ['publishLocation'] }),
    textInput('fileSharePath', { required: true, conditional: true }),
    flagInput('parallel', 'false', { conditional: true }),
    textInput('parallelCount', { type: 'int', defaultValue: '8', conditional: true }),
    textInput('properties'),
  ],
};
