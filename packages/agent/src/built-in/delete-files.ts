import { rm, stat } from 'node:fs/promises';
import { failed, SUCCEEDED, type StepHandler } from '../steps/step-handler.ts';
import { builtIn } from './built-in.ts';
import { findFiles } from './find-files.ts';
import { isRoot, sourcePath } from './input-path.ts';

/** DeleteFiles@1: files and folders that patterns choose; a folder that is matched goes with everything in it. */
export const deleteFiles: StepHandler = builtIn('DeleteFiles@1', async (step) => {
  const { inputs, output } = step;
  const source = sourcePath(step, 'SourceFolder');
  if (isRoot(source)) return failed(`Nothing is deleted in ${source}.`);
  const status = await stat(source).catch(() => undefined);
  if (status === undefined) {
    output.info(`There is no ${source}: nothing to delete.`);
    return SUCCEEDED;
  }
  const found = await findFiles(inputs.text('Contents'), {
    root: source,
    dot: inputs.isTrue('RemoveDotFiles'),
    followLinks: false,
    signal: step.stop,
  });
  // The deepest first: when a folder's turn comes, what was matched in it is gone.
  const doomed = found.filter((path) => path !== source && !isRoot(path)).toReversed();
  output.info(`Found ${doomed.length} files and folders to delete in ${source}.`);
  for (const path of doomed) {
    step.stop.throwIfAborted();
    output.info(`Deleting ${path}`);
    await rm(path, { recursive: true, force: true });
  }
  if (inputs.isTrue('RemoveSourceFolder')) {
    output.info(`Deleting ${source}`);
    await rm(source, { recursive: true, force: true });
  }
  return SUCCEEDED;
});
