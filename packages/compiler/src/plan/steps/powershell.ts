import type { Extra, Shortcut } from './shortcut.ts';

const preference = (stream: string): Extra => ({ summary: `What to do with the ${stream} stream.` });

const extras: Readonly<Record<string, Extra>> = {
  workingDirectory: { summary: 'The folder in which the script starts.' },
  failOnStderr: { summary: 'True fails the step when it writes to the error stream.' },
  errorActionPreference: preference('error'),
  warningPreference: preference('warning'),
  informationPreference: preference('information'),
  verbosePreference: preference('verbose'),
  debugPreference: preference('debug'),
  progressPreference: preference('progress'),
  ignoreLASTEXITCODE: { summary: 'True ignores the exit code of the last program.' },
  showWarnings: { summary: 'True shows warnings of the script in the summary of the run.' },
  runScriptInSeparateScope: { summary: 'True runs the script in a scope of its own.' },
};

const common = {
  task: { name: 'PowerShell', version: '2' },
  id: 'e213ff0f-5d5c-4791-802d-52ea3e7be1f1',
  input: 'script',
  extras,
};

/** `pwsh`: PowerShell Core (STEPY-3). */
export const pwsh: Shortcut = {
  ...common,
  key: 'pwsh',
  summary: 'Runs a script with PowerShell Core.',
  fixed: { targetType: 'inline', pwsh: 'true' },
};

/** `powershell`: here PowerShell Core, too; agents that have it say so by the capability `pwsh` (STEPY-3). */
export const powershell: Shortcut = {
  ...common,
  key: 'powershell',
  summary: 'Runs a script with PowerShell.',
  fixed: { targetType: 'inline' },
};
