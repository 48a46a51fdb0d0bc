import { dirname, join } from 'node:path';
import { failed, SUCCEEDED, type StepEnd, type StepHandler, type StepTry } from '../steps/step-handler.ts';
import { builtIn } from './built-in.ts';
import { cachedTool, prependPath, programVersion, setVariable, takes } from './tool-versions.ts';

/** UsePythonVersion@0: a Python that is on the machine already; sets the output `pythonLocation`. */
export const usePythonVersion: StepHandler = builtIn('UsePythonVersion@0', async (step) => {
  const range = step.inputs.text('versionSpec');
  const architecture = step.inputs.text('architecture');
  const cached = await cachedTool(step, { name: 'Python', range, architecture });
  if (cached !== undefined) {
    step.output.info(`Python ${cached.version} from ${cached.folder}`);
    return take(step, cached.folder, join(cached.folder, 'bin'));
  }
  for (const name of ['python3', 'python']) {
    const version = await programVersion(step, name, ['--version']);
    if (version === undefined || !takes(range, version, step.inputs.isTrue('allowUnstable'))) continue;
    const file = step.place.program(name, step.environment) ?? name;
    step.output.info(`Python ${version} from ${file}`);
    return take(step, dirname(file), dirname(file));
  }
  return failed(
    `There is no Python ${range} on this machine: neither in ${join(step.layout.tools, 'Python')} nor on PATH. Nothing is downloaded.`,
  );
});

function take(step: StepTry, folder: string, programs: string): StepEnd {
  setVariable(step, 'pythonLocation', folder, true);
  setVariable(step, 'pythonLocation', folder);
  if (step.inputs.isTrue('addToPath')) prependPath(step, programs);
  return SUCCEEDED;
}
