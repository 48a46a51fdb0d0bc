import { pipeline, Readable } from 'node:stream';
import type { ManifestFile } from '@signalbox/model';
import type { ArtifactRow, Store } from '@signalbox/store';
import type { BlobStore } from '../blobs/blob-store.ts';
import { VerifyBlob } from '../blobs/verify.ts';
import { withFiles } from './find-artifacts.ts';
import { readKeptManifest } from './read-files.ts';

/** Artifacts whose files are remembered: as many as are downloaded at once, commonly. A list may have 100,000 files. */
const REMEMBERED = 2;

/** Lists by the hashes of their manifests, which never change; the one that was asked for last is the last. */
type Lists = Map<string, Promise<readonly ManifestFile[]>>;

const lists = new WeakMap<BlobStore, Lists>();

/** The files of an artifact, by path; undefined when it has none with us (a share, a branch). */
export async function keptFiles(
  { store, blobs }: { readonly store: Store; readonly blobs: BlobStore },
  row: ArtifactRow,
): Promise<readonly ManifestFile[] | undefined> {
  const found = await withFiles(store, row);
  return found === undefined ? undefined : remembered(blobs, found.manifests);
}

/** Who downloads file by file asks for the same list each time: of many small files that was most of the work. */
function remembered(blobs: BlobStore, manifests: readonly string[]): Promise<readonly ManifestFile[]> {
  const known: Lists = lists.get(blobs) ?? new Map();
  lists.set(blobs, known);
  const key = manifests.join();
  const list = known.get(key) ?? readLists(blobs, manifests);
  known.delete(key);
  known.set(key, list);
  list.catch(() => known.delete(key));
  for (const oldest of [...known.keys()].slice(0, -REMEMBERED)) known.delete(oldest);
  return list;
}

async function readLists(blobs: BlobStore, manifests: readonly string[]): Promise<readonly ManifestFile[]> {
  const files = new Map<string, ManifestFile>();
  for (const sha256 of manifests) {
    const manifest = await readKeptManifest(blobs, sha256);
    if (manifest === undefined) throw new Error(`The file list ${sha256} of an artifact is gone.`);
    // ART-6: of files with the same path the last one counts.
    for (const file of manifest.files) files.set(file.path, file);
  }
  return [...files.values()].toSorted((a, b) => (a.path < b.path ? -1 : 1));
}

/** The content of a file as a stream; it ends in an error when it is not what was published. */
export function contentOf(blobs: BlobStore, { parts, sha256 }: ManifestFile): Readable {
  const pieces = Readable.from(piecesOf(blobs, parts), { objectMode: false });
  // Whoever reads hears of an error; whoever stops reading closes the files.
  return pipeline(pieces, new VerifyBlob(sha256), () => undefined);
}

async function* piecesOf(blobs: BlobStore, parts: ManifestFile['parts']): AsyncGenerator<Buffer> {
  for (const { blob, offset, size } of parts) {
    const piece = await blobs.open(blob, { offset, size });
    if (piece === undefined) throw new Error(`The content ${blob} is gone.`);
    for await (const chunk of piece) yield chunk as Buffer;
  }
}
