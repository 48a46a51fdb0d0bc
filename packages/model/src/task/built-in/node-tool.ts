import { choiceInput, flagInput, textInput, type BuiltInTask } from '../task-definition.ts';

/** `NodeTool@0`. */
export const nodeTool: BuiltInTask = {
  id: '31c75bbb-bcdf-4706-8d7c-4da6a1959bc2',
  name: 'NodeTool',
  version: '0',
  title: 'Node.js tool installer',
  description: 'The former UseNode: the same, with a version from a file as well.',
  ignored: ['checkLatest', 'force32bit', 'nodejsMirror', 'retryCountOnDownloadFails', 'delayBetweenRetries'],
  inputs: [
    choiceInput('versionSource', ['spec', 'fromFile']),
    textInput('versionSpec', { defaultValue: '6.x', conditional: true }),
    textInput('versionFilePath', { conditional: true }),
    flagInput('checkLatest', 'false'),
    flagInput('force32bit', 'false'),
    textInput('nodejsMirror', { defaultValue: 'https://nodejs.org/dist' }),
    textInput('retryCountOnDownloadFails', { defaultValue: '5' }),
    textInput('delayBetweenRetries', { defaultValue: '1000' }),
  ],
};
