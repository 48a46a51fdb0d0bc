import { choiceInput, flagInput, textInput, type BuiltInTask } from '../task-definition.ts';

/** `UsePythonVersion@0`. */
export const usePythonVersion: BuiltInTask = {
  id: '33c63b11-352b-45a2-ba1b-54cb568a29ca',
  name: 'UsePythonVersion',
  version: '0',
  title: 'Use Python version',
  description:
    'Puts a Python that is on the machine, or in the tools folder, before `PATH`. It downloads nothing.',
  ignored: ['disableDownloadFromRegistry', 'githubToken'],
  inputs: [
    textInput('versionSpec', { defaultValue: '3.x' }),
    flagInput('disableDownloadFromRegistry', 'false'),
    flagInput('allowUnstable', 'false', { conditional: true }),
    textInput('githubToken', { conditional: true }),
    flagInput('addToPath', 'true'),
    choiceInput('architecture', ['x64', 'x86', 'arm64']),
  ],
};
