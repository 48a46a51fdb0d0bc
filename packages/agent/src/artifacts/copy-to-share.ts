import { randomUUID } from 'node:crypto';
import { copyFile, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { failed, SUCCEEDED, type StepEnd, type StepTry } from '../steps/step-handler.ts';
import { listFiles } from './list-files.ts';
import { SafeFolder } from './safe-folder.ts';

/** Copies files to a folder that others can reach, and registers that place as the artifact (ART-1, `FilePath`). */
export async function copyToShare(
  step: StepTry,
  { name, path, share }: { readonly name: string; readonly path: string; readonly share: string },
): Promise<StepEnd> {
  if (share === '') return failed('The folder to copy to is missing.');
  const place = join(share, name);
  const { files, folders } = await listFiles(path);
  const folder = new SafeFolder(place);
  await folder.make('');
  for (const one of folders) await folder.make(one);
  const isFile = (await stat(path)).isFile();
  for (const file of files) {
    step.stop.throwIfAborted();
    await folder.make(dirname(file.path));
    await copyFile(file.from, join(place, isFile ? basename(path) : file.path));
  }
  step.output.info(`Copied ${files.length} files to '${place}'.`);
  const registered = { name, type: 'FilePath', data: share, key: randomUUID() } as const;
  await step.files.ask('jobArtifactAssociate', registered, step.stop);
  return SUCCEEDED;
}
