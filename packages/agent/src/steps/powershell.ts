import { resolve } from 'node:path';
import { defaultFolder, runScriptFile } from './script-file.ts';
import { failed, type StepHandler, type StepTry } from './step-handler.ts';

const ACTIONS = new Set(['default', 'stop', 'continue', 'silentlycontinue']);

/** The preference inputs of PowerShell@2 and the variables they become (STEPY-4). */
const PREFERENCES: readonly (readonly [string, string])[] = [
  ['warningPreference', 'WarningPreference'],
  ['informationPreference', 'InformationPreference'],
  ['verbosePreference', 'VerbosePreference'],
  ['debugPreference', 'DebugPreference'],
  ['progressPreference', 'ProgressPreference'],
];

const EXIT_WITH_LAST_CODE = `
if (!(Test-Path -LiteralPath variable:\\LASTEXITCODE)) {
    Write-Host '##vso[task.debug]$LASTEXITCODE is not set.'
} else {
    Write-Host ('##vso[task.debug]$LASTEXITCODE: {0}' -f $LASTEXITCODE)
    exit $LASTEXITCODE
}`;

/** `powershell:` and `pwsh:` = PowerShell@2; outside Windows both are `pwsh`. */
export const powerShell: StepHandler = {
  title: 'PowerShell',
  async run(step) {
    const names =
      step.inputs.isTrue('pwsh') || process.platform !== 'win32' ? ['pwsh'] : ['powershell', 'pwsh'];
    const program = names
      .map((name) => step.place.program(name, step.environment))
      .find((path) => path !== undefined);
    if (program === undefined) return failed(`This agent has no "${names[0]}" on its PATH.`);
    const problem = checkInputs(step);
    if (problem !== undefined) return failed(problem);
    return runScriptFile(step, {
      program: 'PowerShell',
      file: program,
      args: (path) => [
        '-NoLogo',
        '-NoProfile',
        '-NonInteractive',
        '-ExecutionPolicy',
        'Unrestricted',
        '-Command',
        `. '${path.replaceAll("'", "''")}'`,
      ],
      extension: '.ps1',
      text: scriptText(step),
    });
  },
};

function checkInputs({ inputs }: StepTry): string | undefined {
  for (const name of ['errorActionPreference', ...PREFERENCES.map(([input]) => input)]) {
    const value = inputs.text(name);
    if (value !== '' && !ACTIONS.has(value.toLowerCase())) {
      return `The input "${name}" must be one of ${[...ACTIONS].join(', ')}.`;
    }
  }
  return isInline(inputs.text('targetType')) || inputs.text('filePath') !== ''
    ? undefined
    : 'The input "filePath" is missing.';
}

function scriptText(step: StepTry): string {
  const { inputs } = step;
  const preferences = PREFERENCES.map(([input, variable]) => [variable, inputs.text(input)] as const).filter(
    ([, value]) => value !== '' && value.toLowerCase() !== 'default',
  );
  const file = resolve(defaultFolder(step), inputs.text('filePath')).replaceAll("'", "''");
  return [
    `$ErrorActionPreference = '${inputs.text('errorActionPreference') || 'stop'}'`,
    ...preferences.map(([variable, value]) => `$${variable} = '${value}'`),
    isInline(inputs.text('targetType')) ? inputs.text('script') : `. '${file}' ${inputs.text('arguments')}`,
    ...(inputs.isTrue('ignoreLASTEXITCODE') ? [] : [EXIT_WITH_LAST_CODE]),
    '',
  ].join('\n');
}

function isInline(targetType: string): boolean {
  return targetType.toLowerCase() === 'inline';
}
