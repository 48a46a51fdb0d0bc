import { flagInput, textInput, type BuiltInTask } from '../task-definition.ts';

/** `CmdLine@2`. */
export const cmdLine: BuiltInTask = {
  id: 'd9bafed4-0b18-4f58-968d-86655b4d2ce9',
  name: 'CmdLine',
  version: '2',
  title: 'Command line',
  description: "Runs a script with the agent's command shell.",
  ignored: [],
  inputs: [
    textInput('script', { type: 'multiline', required: true }),
    textInput('workingDirectory', { type: 'filepath' }),
    flagInput('failOnStderr', 'false'),
  ],
};
