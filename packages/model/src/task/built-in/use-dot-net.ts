import { choiceInput, flagInput, textInput, type BuiltInTask } from '../task-definition.ts';

/** `UseDotNet@2`. */
export const useDotNet: BuiltInTask = {
  id: 'b0ce7256-7898-45d3-9cb5-176b752bfea6',
  name: 'UseDotNet',
  version: '2',
  title: 'Use .NET',
  description:
    'Puts a .NET that is on the machine, or in the tools folder, before `PATH`. It downloads nothing.',
  ignored: ['vsVersion', 'checkForExistingVersion', 'requestTimeout'],
  inputs: [
    choiceInput('packageType', ['sdk', 'runtime']),
    flagInput('useGlobalJson', 'false', { conditional: true }),
    textInput('workingDirectory', { type: 'filepath', conditional: true }),
    textInput('version', { conditional: true }),
    textInput('vsVersion'),
    flagInput('checkForExistingVersion', 'false'),
    flagInput('includePreviewVersions', 'false', { conditional: true }),
    textInput('installationPath', { defaultValue: '$(Agent.ToolsDirectory)/dotnet' }),
    flagInput('performMultiLevelLookup', 'false'),
    textInput('requestTimeout', { type: 'int', defaultValue: '300000' }),
  ],
};
