import { resolve } from 'node:path';
import { isExecutable } from './find-program.ts';
import { defaultFolder, runScriptFile } from './script-file.ts';
import { failed, type StepHandler, type StepTry } from './step-handler.ts';

const BASH = '/bin/bash';

/** `bash:` = Bash@3, inline or from a file; without `-e`, as the service runs it. */
export const bash: StepHandler = {
  title: 'Bash',
  async run(step) {
    const program = step.place.program('bash', step.environment) ?? (isExecutable(BASH) ? BASH : undefined);
    if (program === undefined) return failed('This agent has no "bash" on its PATH.');
    const text = scriptText(step);
    if (text === undefined) return failed('The input "filePath" is missing.');
    return runScriptFile(withStartUpFile(step), {
      program: 'Bash',
      file: program,
      args: (path) => ['--noprofile', '--norc', path],
      extension: '.sh',
      text,
    });
  },
};

function scriptText(step: StepTry): string | undefined {
  const { inputs } = step;
  if (inputs.text('targetType').toLowerCase() === 'inline') {
    return inputs.text('script').replaceAll('\r\n', '\n');
  }
  const file = inputs.text('filePath');
  if (file === '') return undefined;
  // Arguments are shell text by the task's definition; the path is not.
  const path = resolve(defaultFolder(step), file).replaceAll("'", String.raw`'\''`);
  return `. '${path}' ${inputs.text('arguments')}`.trimEnd();
}

/** `bashEnvValue`: a file that bash reads before the script, as `BASH_ENV` tells it. */
function withStartUpFile(step: StepTry): StepTry {
  const file = step.inputs.text('bashEnvValue');
  return file === '' ? step : { ...step, environment: { ...step.environment, BASH_ENV: file } };
}
