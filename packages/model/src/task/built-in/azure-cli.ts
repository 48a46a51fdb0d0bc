import { choiceInput, flagInput, textInput, type BuiltInTask } from '../task-definition.ts';

/** `AzureCLI@2`. */
export const azureCli: BuiltInTask = {
  id: '46e4be58-730b-4389-8a2f-ea10b3e5e815',
  name: 'AzureCLI',
  version: '2',
  title: 'Azure CLI',
  description: 'Runs a script with `az` signed in.',
  wraps: 'az',
  ignored: ['visibleAzLogin', 'keepAzSessionActive', 'powerShellIgnoreLASTEXITCODE'],
  inputs: [
    textInput('connectedServiceNameARM', {
      aliases: ['azureSubscription'],
      type: 'connectedservice:azurerm',
      required: true,
    }),
    choiceInput('scriptType', ['ps', 'pscore', 'batch', 'bash'], { defaultValue: '' }),
    choiceInput('scriptLocation', ['scriptPath', 'inlineScript']),
    textInput('scriptPath', { type: 'filepath', required: true, conditional: true }),
    textInput('inlineScript', { type: 'multiline', required: true, conditional: true }),
    textInput('scriptArguments', { aliases: ['arguments'] }),
    choiceInput('powerShellErrorActionPreference', ['stop', 'continue', 'silentlyContinue'], {
      conditional: true,
    }),
    flagInput('addSpnToEnvironment', 'false'),
    flagInput('useGlobalConfig', 'false'),
    textInput('cwd', { aliases: ['workingDirectory'], type: 'filepath' }),
    flagInput('failOnStandardError', 'false'),
    flagInput('powerShellIgnoreLASTEXITCODE', 'false', { conditional: true }),
    flagInput('visibleAzLogin', 'true'),
    flagInput('keepAzSessionActive', 'false'),
  ],
};
