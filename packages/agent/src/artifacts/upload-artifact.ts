import { artifactNameProblem } from '@signalbox/model';
import { randomUUID } from 'node:crypto';
import type { JobFiles } from './job-files.ts';
import { listFiles } from './list-files.ts';
import { sendFiles, type SentFiles } from './send-files.ts';

/** What goes into the run's container. */
export interface ContainerUpload {
  readonly name: string;
  readonly folder: string;
  readonly path: string;
  readonly properties?: Readonly<Record<string, string>>;
}

/** Adds a file or folder to a build artifact (ART-6, LOG-26); a text is why it cannot be. */
export async function uploadArtifact(
  job: JobFiles,
  { name, folder, path, properties = {} }: ContainerUpload,
  signal: AbortSignal,
): Promise<SentFiles | string> {
  const problem = artifactNameProblem(name) ?? artifactNameProblem(folder);
  if (problem !== undefined) return problem;
  const sent = await sendFiles(job, await listFiles(path), signal);
  const { manifest } = sent;
  if (sent.files === 0) return sent;
  await job.ask('jobArtifactUpload', { name, folder, manifest, properties, key: randomUUID() }, signal);
  return sent;
}
