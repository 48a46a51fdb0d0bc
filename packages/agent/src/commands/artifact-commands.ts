import type { AssociateArtifactRequest } from '@signalbox/api';
import { artifactNameProblem, fold } from '@signalbox/model';
import { randomUUID } from 'node:crypto';
import { resolve } from 'node:path';
import { uploadArtifact } from '../artifacts/upload-artifact.ts';
import type { CommandHandler } from './command-target.ts';

/** The kinds of artifact that can be associated, by the word of the command. */
const TYPES: ReadonlyMap<string, AssociateArtifactRequest['type']> = new Map(
  (['Container', 'FilePath', 'VersionControl', 'GitRef', 'TfvcLabel'] as const).map((type) => [
    fold(type),
    type,
  ]),
);

/** Properties that are not the artifact's own. */
const OWN = ['artifactname', 'artifacttype', 'containerfolder', 'localpath', 'type'];

/** `artifact.associate`: registers a place as an artifact of the run (LOG-25). */
const associate: CommandHandler = ({ properties, data }, target) => {
  const name = properties.get('artifactname') ?? '';
  const problem = artifactNameProblem(name);
  if (problem !== undefined) return problem;
  if (data === '') return 'The place of the artifact is missing.';
  const type = TYPES.get(fold(properties.get('type') ?? properties.get('artifacttype') ?? inferred(data)));
  if (type === undefined) return `The artifact type must be one of: ${[...TYPES.values()].join(', ')}.`;
  target.afterwards(async (job, signal) => {
    const body = { name, type, data, properties: free(properties), key: randomUUID() };
    await job.ask('jobArtifactAssociate', body, signal);
    return undefined;
  });
  return undefined;
};

/** `artifact.upload`: adds a file or folder to the run's container, and registers it (LOG-26). */
const upload: CommandHandler = ({ properties, data }, target) => {
  const name = properties.get('artifactname') ?? '';
  const problem = artifactNameProblem(name);
  if (problem !== undefined) return problem;
  if (data === '') return 'The file or folder to upload is missing.';
  const folder = properties.get('containerfolder') ?? name;
  const path = resolve(target.variables.text('System.DefaultWorkingDirectory') || '.', data.trim());
  target.afterwards(async (job, signal) => {
    const sent = await uploadArtifact(job, { name, folder, path, properties: free(properties) }, signal);
    if (typeof sent === 'string') return sent;
    if (sent.files === 0) {
      target.issue(
        'warning',
        `Directory '${path}' is empty. Nothing will be added to build artifact '${name}'.`,
      );
    }
    return undefined;
  });
  return undefined;
};

/** What kind of place a text is, where the command does not say. */
function inferred(data: string): string {
  if (data.startsWith('#/')) return 'container';
  if (data.startsWith('$/')) return 'versioncontrol';
  return data.startsWith('refs/') ? 'gitref' : 'filepath';
}

function free(properties: ReadonlyMap<string, string>): Readonly<Record<string, string>> {
  return Object.fromEntries([...properties].filter(([name]) => !OWN.includes(name)));
}

/** The commands of the area `artifact` by event (section 12.2). */
export const ARTIFACT_COMMANDS: ReadonlyMap<string, CommandHandler> = new Map([
  ['associate', associate],
  ['upload', upload],
]);
