import { artifactNameProblem, builtInTask, generatedArtifactName } from '@signalbox/model';
import { randomUUID } from 'node:crypto';
import { resolve } from 'node:path';
import { failed, SUCCEEDED, type StepEnd, type StepHandler, type StepTry } from '../steps/step-handler.ts';
import { copyToShare } from './copy-to-share.ts';
import { listFiles } from './list-files.ts';
import { readProperties } from './read-properties.ts';
import { sendFiles } from './send-files.ts';

/** `publish:` = PublishPipelineArtifact@1, and @0: an artifact that never changes again (ART-1, ART-2). */
export function publishPipelineArtifact(version: '0' | '1'): StepHandler {
  const definition = builtInTask({ name: 'PublishPipelineArtifact', version });
  const pathInput = version === '0' ? 'targetPath' : 'path';
  return {
    title: 'Publish pipeline artifact',
    ...(definition !== undefined && { definition }),
    onAgent: true,
    run: (step) => publish(step, resolve(workingFolder(step), step.inputs.text(pathInput))),
  };
}

async function publish(step: StepTry, path: string): Promise<StepEnd> {
  const { inputs, output, files, stop } = step;
  const name = inputs.text('artifactName') || generatedName(step);
  const problem = artifactNameProblem(name);
  if (problem !== undefined) return failed(problem);
  const properties = readProperties(inputs.text('properties'));
  if (properties === undefined) return failed('The input "properties" must be a JSON object of texts.');
  if (inputs.text('artifactType').toLowerCase() === 'filepath') {
    return copyToShare(step, { name, path, share: inputs.text('fileSharePath') });
  }
  const local = await listFiles(path);
  output.info(`Artifact '${name}': ${local.files.length} files of '${path}'`);
  const sent = await sendFiles(files, local, stop);
  const { manifest } = sent;
  await files.ask('jobArtifactPublish', { name, manifest, properties, key: randomUUID() }, stop);
  output.info(`Published ${sent.files} files, ${sent.bytes} bytes.`);
  return SUCCEEDED;
}

/** Relative paths begin where scripts do (WS-6). */
export function workingFolder({ output, layout }: Pick<StepTry, 'output' | 'layout'>): string {
  return output.variables.text('System.DefaultWorkingDirectory') || layout.sources;
}

function generatedName({ output: { variables } }: StepTry): string {
  const [stage, job, leg] = ['System.StageName', 'System.PhaseName', 'System.JobName'].map((one) =>
    variables.text(one),
  );
  return generatedArtifactName(stage ?? '', leg === job ? (job ?? '') : `${job}_${leg}`);
}
