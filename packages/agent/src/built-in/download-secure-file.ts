import { fold } from '@signalbox/model';
import { mkdirSync, writeFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { failed, SUCCEEDED, type StepEnd, type StepHandler, type StepTry } from '../steps/step-handler.ts';
import { builtIn } from './built-in.ts';
import { setVariable } from './tool-versions.ts';

/** DownloadSecureFile@1: before the steps of the job, as the service does; the file goes when they are over. */
export const downloadSecureFile: StepHandler = builtIn(
  'DownloadSecureFile@1',
  async (step) => {
    step.output.info('The file was downloaded before the first step of the job.');
    return SUCCEEDED;
  },
  () => ({ preJob: { run: download }, postJob: { run: remove } }),
);

async function download(step: StepTry): Promise<StepEnd> {
  const name = step.inputs.text('secureFile');
  if (name === '') return failed('Input required: secureFile');
  const found = step.secureFiles.find((one) => fold(one.name) === fold(name) || fold(one.id) === fold(name));
  if (found === undefined) return failed(`The job has no secure file "${name}".`);
  const content = await step.secureFile(found);
  const path = pathOf(step);
  mkdirSync(join(step.layout.temp, step.output.stepName), { recursive: true, mode: 0o700 });
  const file = join(path, basename(found.name));
  writeFileSync(file, content, { mode: 0o600 });
  step.output.info(`Downloaded ${found.name} to ${file}`);
  setVariable(step, 'secureFilePath', file, true);
  return SUCCEEDED;
}

async function remove(step: StepTry): Promise<StepEnd> {
  await rm(pathOf(step), { recursive: true, force: true });
  return SUCCEEDED;
}

/** Names of steps are unique in their job: so are the folders. */
function pathOf(step: StepTry): string {
  return join(step.layout.temp, step.output.stepName);
}
