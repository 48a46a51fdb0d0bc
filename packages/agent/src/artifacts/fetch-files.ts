import { readManifest, type ArtifactManifest, type ManifestFile } from '@signalbox/model';
import { createHash } from 'node:crypto';
import { constants } from 'node:fs';
import { chmod, open, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { ContentReader } from './content-reader.ts';
import { FilesError, type JobFiles } from './job-files.ts';
import { SafeFolder } from './safe-folder.ts';

/** Where files are, and which of them are wanted. */
export interface WantedFiles {
  /** Goes with every content: whose it is. */
  readonly owner: string;
  readonly manifests: readonly string[];
  /** The folder that they go into. */
  readonly into: string;
  readonly wants: (path: string) => boolean;
}

/** What was fetched. */
export interface FetchedFiles {
  readonly files: number;
  readonly bytes: number;
}

/** Fetches files: each is checked against its hash, and none can be written outside the folder (TH11). */
export async function fetchFiles(
  job: JobFiles,
  { owner, manifests, into, wants }: WantedFiles,
  signal: AbortSignal,
): Promise<FetchedFiles> {
  const { files, folders } = await wanted(job, { owner, manifests, wants }, signal);
  const folder = new SafeFolder(into);
  await folder.make('');
  for (const path of folders) await folder.make(path);
  const reader = new ContentReader(
    files.flatMap(({ parts }) => parts.map(({ blob }) => blob)),
    (sha256) => job.get(sha256, owner, signal),
  );
  for (const file of files) {
    signal.throwIfAborted();
    await folder.make(dirname(file.path));
    await write(join(into, file.path), file, reader);
  }
  return { files: files.length, bytes: files.reduce((sum, { size }) => sum + size, 0) };
}

/** The manifests as one; of files with the same path the last one counts (ART-6). */
async function wanted(
  job: JobFiles,
  { owner, manifests, wants }: Pick<WantedFiles, 'owner' | 'manifests' | 'wants'>,
  signal: AbortSignal,
): Promise<ArtifactManifest> {
  const files = new Map<string, ManifestFile>();
  const folders = new Set<string>();
  for (const sha256 of manifests) {
    const read = readManifest(Buffer.from(await job.get(sha256, owner, signal)).toString('utf8'));
    if (!read.ok) throw new FilesError(`The file list of the artifact is damaged: ${read.problem}`);
    for (const file of read.manifest.files) if (wants(file.path)) files.set(file.path, file);
    for (const path of read.manifest.folders) if (wants(path)) folders.add(path);
  }
  return { files: [...files.values()], folders: [...folders] };
}

async function write(path: string, file: ManifestFile, reader: ContentReader): Promise<void> {
  // What stands there may be a link of an earlier step's: it goes, and is never written through.
  await rm(path, { force: true });
  const { O_WRONLY, O_CREAT, O_EXCL } = constants;
  const handle = await open(path, O_WRONLY | O_CREAT | O_EXCL, file.mode);
  const hash = createHash('sha256');
  try {
    for (const { offset, size } of file.parts) {
      const content = await reader.next();
      const bytes = content.subarray(offset, offset + size);
      if (bytes.length !== size) throw new FilesError(`The file "${file.path}" is damaged on the server.`);
      hash.update(bytes);
      await handle.writeFile(bytes);
    }
  } finally {
    await handle.close();
  }
  if (hash.digest('hex') !== file.sha256) {
    throw new FilesError(`The file "${file.path}" came with the wrong content.`);
  }
  // The mode that a file is made with is cut by the umask.
  await chmod(path, file.mode);
}
