import { randomUUID } from 'node:crypto';
import { statSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { failed, scriptEnd, type StepEnd, type StepTry } from './step-handler.ts';

/** A script to be written to a file and run by a program. */
export interface ScriptFile {
  /** As messages name the program. */
  readonly program: string;
  readonly file: string;
  /** The arguments, given the path of the script. */
  readonly args: (path: string) => readonly string[];
  readonly extension: string;
  readonly text: string;
}

/** Writes the script into the temporary folder, runs it in its working directory, and judges its end. */
export async function runScriptFile(step: StepTry, script: ScriptFile): Promise<StepEnd> {
  const cwd = workingDirectory(step);
  if (!isFolder(cwd)) return failed(`The working directory "${cwd}" does not exist.`);
  const path = join(step.layout.temp, `${randomUUID()}${script.extension}`);
  // Scripts may hold secrets that macros put there: nobody else on the machine reads them. A container may have
  // another user, who has to.
  writeFileSync(path, script.text, { mode: step.place.container === undefined ? 0o600 : 0o644 });
  const args = script.args(path);
  step.output.info(`##[command]${[script.file, ...args].join(' ')}`);
  const end = await step.place.run({
    file: script.file,
    args,
    cwd,
    env: step.environment,
    sink: step.output,
    stop: step.stop,
    kill: step.kill,
  });
  return scriptEnd(script.program, end, step);
}

/** The folder a script starts in: its own, seen from the default one (WS-6). */
function workingDirectory(step: StepTry): string {
  return resolve(defaultFolder(step), step.inputs.text('workingDirectory', 'cwd'));
}

/** Where scripts start, and what relative paths of theirs are seen from (WS-6). */
export function defaultFolder({ output, layout }: StepTry): string {
  return output.variables.text('System.DefaultWorkingDirectory') || layout.sources;
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
}
