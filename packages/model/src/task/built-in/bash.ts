import { choiceInput, flagInput, textInput, type BuiltInTask } from '../task-definition.ts';

/** `Bash@3`. */
export const bashTask: BuiltInTask = {
  id: '6c731c3c-3c68-459a-a5c9-bde6e6595b5b',
  name: 'Bash',
  version: '3',
  title: 'Bash',
  description: 'Runs a Bash script, from the file or from the repository.',
  ignored: [],
  inputs: [
    choiceInput('targetType', ['filePath', 'inline']),
    textInput('filePath', { type: 'filepath', required: true, conditional: true }),
    textInput('arguments', { conditional: true }),
    textInput('script', { type: 'multiline', required: true, conditional: true }),
    textInput('workingDirectory', { type: 'filepath' }),
    flagInput('failOnStderr', 'false'),
    textInput('bashEnvValue'),
  ],
};
