import { choiceInput, flagInput, textInput, type BuiltInTask } from '../task-definition.ts';

/** `PowerShell@2`. */
export const powerShellTask: BuiltInTask = {
  id: 'e213ff0f-5d5c-4791-802d-52ea3e7be1f1',
  name: 'PowerShell',
  version: '2',
  title: 'PowerShell',
  description: 'Runs a PowerShell script; outside Windows with `pwsh`.',
  wraps: 'pwsh',
  ignored: ['showWarnings', 'runScriptInSeparateScope'],
  inputs: [
    choiceInput('targetType', ['filePath', 'inline']),
    textInput('filePath', { type: 'filepath', required: true, conditional: true }),
    textInput('arguments', { conditional: true }),
    textInput('script', { type: 'multiline', required: true, conditional: true }),
    choiceInput('errorActionPreference', ['stop', 'default', 'continue', 'silentlyContinue']),
    choiceInput('warningPreference', ['default', 'stop', 'continue', 'silentlyContinue']),
    choiceInput('informationPreference', ['default', 'stop', 'continue', 'silentlyContinue']),
    choiceInput('verbosePreference', ['default', 'stop', 'continue', 'silentlyContinue']),
    choiceInput('debugPreference', ['default', 'stop', 'continue', 'silentlyContinue']),
    choiceInput('progressPreference', ['silentlyContinue', 'default', 'stop', 'continue']),
    flagInput('failOnStderr', 'false'),
    flagInput('showWarnings', 'false'),
    flagInput('ignoreLASTEXITCODE', 'false'),
    flagInput('pwsh', 'false'),
    textInput('workingDirectory', { type: 'filepath' }),
    flagInput('runScriptInSeparateScope', 'false'),
  ],
};
