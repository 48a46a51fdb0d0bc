import { flagInput, textInput, type BuiltInTask } from '../task-definition.ts';

/** `UseNode@1`. */
export const useNode: BuiltInTask = {
  id: '31c75bbb-bcdf-4706-8d7c-4da6a1959bc2',
  name: 'UseNode',
  version: '1',
  title: 'Use Node.js',
  description:
    'Puts a Node.js that is on the machine, or in the tools folder, before `PATH`. It downloads nothing.',
  ignored: ['checkLatest', 'force32bit', 'nodejsMirror', 'retryCountOnDownloadFails', 'delayBetweenRetries'],
  inputs: [
    textInput('version', { defaultValue: '10.x' }),
    flagInput('checkLatest', 'false'),
    flagInput('force32bit', 'false'),
    textInput('nodejsMirror', { defaultValue: 'https://nodejs.org/dist' }),
    textInput('retryCountOnDownloadFails', { defaultValue: '5' }),
    textInput('delayBetweenRetries', { defaultValue: '1000' }),
  ],
};
