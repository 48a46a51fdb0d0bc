import { resolve } from 'node:path';
import { findProgram, isExecutable } from './find-program.ts';
import { defaultFolder, runScriptFile } from './script-file.ts';
import { failed, type StepHandler, type StepTry } from './step-handler.ts';

/** `bash:` = Bash@3, inline or from a file; without `-e`, as the service runs it. */
export const bash: StepHandler = {
  title: 'Bash',
  async run(step) {
    const program =
      findProgram('bash', step.environment) ?? (isExecutable('/bin/bash') ? '/bin/bash' : undefined);
    if (program === undefined) return failed('This agent has no "bash" on its PATH.');
    const text = scriptText(step);
    if (text === undefined) return failed('The input "filePath" is missing.');
    return runScriptFile(step, {
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
