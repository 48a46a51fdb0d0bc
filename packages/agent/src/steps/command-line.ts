import { findProgram, isExecutable } from './find-program.ts';
import { runScriptFile } from './script-file.ts';
import type { StepHandler } from './step-handler.ts';

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
    const bash = isExecutable(BASH) ? BASH : findProgram('bash', step.environment);
    return runScriptFile(step, {
      program: bash === undefined ? 'Sh' : 'Bash',
      file: bash ?? '/bin/sh',
      args: (path) => (bash === undefined ? [path] : ['--noprofile', '--norc', path]),
      extension: '.sh',
      text: text.replaceAll('\r\n', '\n'),
    });
  },
};
