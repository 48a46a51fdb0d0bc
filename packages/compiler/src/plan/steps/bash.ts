import type { Shortcut } from './shortcut.ts';

/** `bash` (STEPY-3, STEPY-4). */
export const bash: Shortcut = {
  key: 'bash',
  summary: 'Runs a script with Bash.',
  task: { name: 'Bash', version: '3' },
  id: '6c731c3c-3c68-459a-a5c9-bde6e6595b5b',
  input: 'script',
  fixed: { targetType: 'inline' },
  extras: {
    workingDirectory: { summary: 'The folder in which the script starts.' },
    failOnStderr: { summary: 'True fails the step when it writes to the error stream.' },
    bashEnvValue: { summary: 'A start-up file for Bash.' },
  },
};
