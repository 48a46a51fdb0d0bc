import type { Shortcut } from './shortcut.ts';

/** `script`: the command line of the agent's system (STEPY-3, STEPY-4). */
export const script: Shortcut = {
  key: 'script',
  summary: "Runs a script with the agent's command shell.",
  task: { name: 'CmdLine', version: '2' },
  id: 'd9bafed4-0b18-4f58-968d-86655b4d2ce9',
  input: 'script',
  fixed: {},
  extras: {
    workingDirectory: { summary: 'The folder in which the script starts.' },
    failOnStderr: { summary: 'True fails the step when it writes to the error stream.' },
  },
};
