import type { Client, FetchResponse, WireArtifactFile } from '@signalbox/api';
import { artifactPathProblem } from '@signalbox/model';
import { createHash } from 'node:crypto';
import { lstat, mkdir, open, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { CliError, EXIT } from '../exit-codes.ts';

/** Which artifact, and where to. */
export interface SavedArtifact {
  readonly project: string;
  readonly run: number;
  readonly artifact: string;
  readonly into: string;
}

/** Files on their way at once. */
const AT_ONCE = 8;

/** Saves every file of an artifact, streamed; none can land outside the folder, and each has the hash that was promised. */
export async function saveArtifact(
  client: Pick<Client, 'listArtifactFiles' | 'openArtifactFile'>,
  { project, run, artifact, into }: SavedArtifact,
): Promise<{ readonly files: number; readonly bytes: number }> {
  const files = await client.listArtifactFiles(project, run, artifact);
  const left = files.values();
  const worker = async (): Promise<void> => {
    for (const file of left) {
      const path = await placeFor(into, file);
      await save(await client.openArtifactFile(project, run, { artifact, id: file.blob.id }), path, file);
    }
  };
  await mkdir(into, { recursive: true });
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
  return { files: files.length, bytes: files.reduce((sum, { blob }) => sum + blob.size, 0) };
}

async function placeFor(into: string, file: WireArtifactFile): Promise<string> {
  const relative = file.path.replace(/^\//, '');
  const problem = artifactPathProblem(relative);
  if (problem !== undefined) throw new CliError(EXIT.failed, problem);
  let folder = into;
  for (const part of dirname(relative)
    .split('/')
    .filter((one) => one !== '.')) {
    folder = join(folder, part);
    await mkdir(folder).catch(() => undefined);
    // A link that stands there would lead elsewhere.
    if (!(await lstat(folder)).isDirectory()) throw new CliError(EXIT.failed, `${folder} is no folder.`);
  }
  return join(into, relative);
}

async function save(answer: FetchResponse, path: string, { blob }: WireArtifactFile): Promise<void> {
  await rm(path, { force: true });
  const file = await open(path, 'wx');
  const hash = createHash('sha256');
  const reader = answer.body?.getReader();
  try {
    for (let part = await reader?.read(); part?.done === false; part = await reader?.read()) {
      if (part.value === undefined) continue;
      hash.update(part.value);
      await file.writeFile(part.value);
    }
  } finally {
    await file.close();
  }
  if (hash.digest('hex') !== blob.id) throw new CliError(EXIT.failed, `${path} came with the wrong content.`);
}
