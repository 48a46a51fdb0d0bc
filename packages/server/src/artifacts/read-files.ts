import { MANIFEST_BYTES } from '@signalbox/api';
import { bytesOf, contentsOf, readManifest, type ArtifactManifest } from '@signalbox/model';
import type { ProjectId } from '@signalbox/model';
import type { Blobs } from '@signalbox/store';
import type { BlobStore } from '../blobs/blob-store.ts';

/** A manifest that was sent, and everything that has to be kept for it; or why it is not taken. */
export type SentFiles =
  | {
      readonly ok: true;
      readonly manifest: ArtifactManifest;
      readonly contents: readonly string[];
      readonly files: number;
      readonly bytes: number;
    }
  | { readonly ok: false; readonly code?: 'content-missing'; readonly problem: string };

/**
 * Reads the manifest that a job names, before anything is made of it: it is well formed, leads nowhere, and every
 * content is there and known in the project.
 */
export async function readSentFiles(
  { blobs, rows }: { readonly blobs: BlobStore; readonly rows: Pick<Blobs, 'usedIn'> },
  project: ProjectId,
  sha256: string,
): Promise<SentFiles> {
  const [own] = await rows.usedIn(project, [sha256]);
  const text = own === undefined ? undefined : await manifestText(blobs, own);
  if (text === undefined) {
    return { ok: false, code: 'content-missing', problem: `The file list ${sha256} was not sent.` };
  }
  const read = readManifest(text);
  if (!read.ok) return { ok: false, problem: read.problem };
  const { manifest } = read;
  const contents = contentsOf(manifest);
  const known = new Set(await rows.usedIn(project, contents));
  const missing = contents.find((one) => !known.has(one));
  if (missing !== undefined) {
    return { ok: false, code: 'content-missing', problem: `The content ${missing} was not sent.` };
  }
  const { length: files } = manifest.files;
  return { ok: true, manifest, contents: [sha256, ...contents], files, bytes: bytesOf(manifest) };
}

/** The manifest of something that was kept; undefined when its content is gone. */
export async function readKeptManifest(
  blobs: BlobStore,
  sha256: string,
): Promise<ArtifactManifest | undefined> {
  const text = await manifestText(blobs, sha256);
  const read = text === undefined ? undefined : readManifest(text);
  return read?.ok === true ? read.manifest : undefined;
}

async function manifestText(blobs: BlobStore, sha256: string): Promise<string | undefined> {
  const size = await blobs.want(sha256);
  const content = size === undefined || size > MANIFEST_BYTES ? undefined : await blobs.open(sha256);
  if (content === undefined) return undefined;
  const chunks: Buffer[] = [];
  for await (const chunk of content) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('utf8');
}
