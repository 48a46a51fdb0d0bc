import { flagInput, textInput, type BuiltInTask } from '../task-definition.ts';

/** `CopyFiles@2`. */
export const copyFiles: BuiltInTask = {
  id: '5bfb729a-a7c8-4a78-a7c3-8d717bb7c13c',
  name: 'CopyFiles',
  version: '2',
  title: 'Copy files',
  description: 'Copies files that patterns choose from one folder to another.',
  ignored: [],
  inputs: [
    textInput('SourceFolder', { type: 'filepath' }),
    textInput('Contents', { type: 'multiline', defaultValue: '**' }),
    textInput('TargetFolder', { required: true }),
    flagInput('CleanTargetFolder', 'false'),
    flagInput('OverWrite', 'false'),
    flagInput('flattenFolders', 'false'),
    flagInput('preserveTimestamp', 'false'),
    textInput('retryCount', { defaultValue: '0' }),
    textInput('delayBetweenRetries', { defaultValue: '1000' }),
    flagInput('ignoreMakeDirErrors', 'false'),
  ],
};
