import { readTaskManifest, type TaskManifest, type TaskPackageReference } from '@signalbox/model';
import { createHash, randomUUID } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { mkdir, readFile, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { unpackZip } from '../files/unpack-zip.ts';
import { PACKAGE_BOUNDS } from '../limits.ts';

/** A task package that is ready on this machine. */
export interface LocalPackage {
  readonly folder: string;
  readonly manifest: TaskManifest;
}

/** Gets the zip of a package. */
export type OpenPackage = (reference: TaskPackageReference) => Promise<Readable>;

/**
 * The package in the agent's `_tasks` folder (WS-3); fetched, checked against its hash and unpacked when it is not there
 * yet. It appears there whole or not at all, so a job that was killed in between harms none after it. Throws with the
 * reason when it cannot be had.
 */
export async function cachedPackage(
  workFolder: string,
  reference: TaskPackageReference,
  open: OpenPackage,
): Promise<LocalPackage> {
  const parent = join(workFolder, '_tasks', reference.id);
  const folder = join(parent, reference.sha256);
  if (!(await isThere(folder))) {
    const making = join(parent, `.${randomUUID()}`);
    try {
      await mkdir(making, { recursive: true });
      await fetchInto(making, reference, open);
      await rename(join(making, 'package'), folder).catch(async (error: unknown) => {
        // Another job of this machine was faster.
        if (!(await isThere(folder))) throw error;
      });
    } finally {
      await rm(making, { recursive: true, force: true });
    }
  }
  return { folder, manifest: await manifestIn(folder) };
}

async function fetchInto(folder: string, reference: TaskPackageReference, open: OpenPackage): Promise<void> {
  const zip = join(folder, 'package.zip');
  const hash = createHash('sha256');
  await pipeline(
    await open(reference),
    async function* (chunks: AsyncIterable<Uint8Array>) {
      let size = 0;
      for await (const chunk of chunks) {
        size += chunk.length;
        if (size > reference.size) throw new Error('It is longer than the server said.');
        hash.update(chunk);
        yield chunk;
      }
    },
    createWriteStream(zip, { flags: 'wx' }),
  );
  if (hash.digest('hex') !== reference.sha256)
    throw new Error('It is not what was installed: its hash differs.');
  await unpackZip(zip, { folder: join(folder, 'package'), bounds: PACKAGE_BOUNDS });
}

/** The task.json of an unpacked package. */
async function manifestIn(folder: string): Promise<TaskManifest> {
  const read = readTaskManifest(await readFile(join(folder, 'task.json'), 'utf8'));
  if (!read.ok) throw new Error(read.problems.join(' '));
  return read.manifest;
}

async function isThere(folder: string): Promise<boolean> {
  return stat(folder).then(
    (found) => found.isDirectory(),
    () => false,
  );
}
