import { choiceInput, flagInput, textInput, type BuiltInTask } from '../task-definition.ts';

/** `PublishBuildArtifacts@1`. */
export const publishBuildArtifacts: BuiltInTask = {
  id: '2ff763a7-ce83-4e1f-bc89-0ae63477cebe',
  name: 'PublishBuildArtifacts',
  version: '1',
  title: 'Publish build artifacts',
  description: "Adds files to a folder of the run's container.",
  ignored: ['Parallel', 'ParallelCount'],
  inputs: [
    textInput('PathtoPublish', { type: 'filepath', defaultValue: '$(Build.ArtifactStagingDirectory)' }),
    textInput('ArtifactName', { defaultValue: 'drop' }),
    choiceInput('ArtifactType', ['Container', 'FilePath'], { aliases: ['publishLocation'] }),
    textInput('MaxArtifactSize', { type: 'int', defaultValue: '0' }),
    textInput('TargetPath', { required: true, conditional: true }),
    flagInput('Parallel', 'false', { conditional: true }),
    textInput('ParallelCount', { type: 'int', defaultValue: '8', conditional: true }),
    flagInput('StoreAsTar', 'false'),
  ],
};
