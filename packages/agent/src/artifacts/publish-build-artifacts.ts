import { builtInTask } from '@signalbox/model';
import { stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import { failed, SUCCEEDED, type StepHandler } from '../steps/step-handler.ts';
import { copyToShare } from './copy-to-share.ts';
import { listFiles } from './list-files.ts';
import { workingFolder } from './publish-pipeline-artifact.ts';
import { uploadArtifact } from './upload-artifact.ts';

const definition = builtInTask({ name: 'PublishBuildArtifacts', version: '1' });

/** PublishBuildArtifacts@1: into a folder of the run's container, or to a share (ART-1, ART-6). */
export const publishBuildArtifacts: StepHandler = {
  title: 'Publish build artifacts',
  ...(definition !== undefined && { definition }),
  onAgent: true,
  async run(step) {
    const { inputs, output, files, stop } = step;
    if (inputs.isTrue('StoreAsTar')) return failed('The input "StoreAsTar" is not supported.');
    const name = inputs.text('ArtifactName');
    const path = resolve(workingFolder(step), inputs.text('PathtoPublish'));
    const limit = Number(inputs.text('MaxArtifactSize') || '0');
    const size = limit > 0 ? await sizeOf(path) : 0;
    if (limit > 0 && size > limit) {
      output.info(`Skipped: the artifact has ${size} bytes, which is more than MaxArtifactSize (${limit}).`);
      return SUCCEEDED;
    }
    if (inputs.text('ArtifactType').toLowerCase() === 'filepath') {
      return copyToShare(step, { name, path, share: inputs.text('TargetPath') });
    }
    const sent = await uploadArtifact(files, { name, folder: name, path }, stop);
    if (typeof sent === 'string') return failed(sent);
    if (sent.files === 0)
      output.issue(
        'warning',
        `Directory '${path}' is empty. Nothing will be added to build artifact '${name}'.`,
      );
    else output.info(`Artifact '${name}': ${sent.files} files, ${sent.bytes} bytes.`);
    return SUCCEEDED;
  },
};

async function sizeOf(path: string): Promise<number> {
  const { files } = await listFiles(path);
  const sizes = await Promise.all(files.map(async ({ from }) => (await stat(from)).size));
  return sizes.reduce((sum, size) => sum + size, 0);
}
