import { isExecutable } from './find-program.ts';
import { runScriptFile, type ScriptFile } from './script-file.ts';
import type { StepHandler, StepTry } from './step-handler.ts';

const BASH = '/bin/bash';

/** `script:` = CmdLine@2: the system's command shell (STEPY-3). */
export const commandLine: StepHandler = {
  title: 'Command line',
  run(step) {
    const text = step.inputs.text('script');
    if (process.platform === 'win32') {
      return runScriptFile(step, {
        program: 'Cmd.exe',
        file: step.environment['ComSpec'] ?? 'cmd.exe',
        args: (path) => ['/D', '/E:ON', '/V:OFF', '/S', '/C', `CALL "${path}"`],
        extension: '.cmd',
        text: `@echo off\r\n${text.replace(/\r?\n/g, '\r\n')}`,
      });
    }
    return runScriptFile(step, { ...shellOf(step), extension: '.sh', text: text.replaceAll('\r\n', '\n') });
  },
};

/** `bash`, and where there is none `sh`; what a container has only its own shell can tell. */
function shellOf({ place, environment }: StepTry): Pick<ScriptFile, 'program' | 'file' | 'args'> {
  if (place.container !== undefined) {
    return { program: 'Sh', file: 'sh', args: (path) => ['-c', BASH_OR_SH, path] };
  }
  const bash = isExecutable(BASH) ? BASH : place.program('bash', environment);
  return bash === undefined
    ? { program: 'Sh', file: '/bin/sh', args: (path) => [path] }
    : { program: 'Bash', file: bash, args: (path) => ['--noprofile', '--norc', path] };
}

/** Its argument `$0` is the path of the script. */
const BASH_OR_SH =
  'if command -v bash > /dev/null; then exec bash --noprofile --norc "$0"; else exec sh "$0"; fi';
