import { createWriteStream } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { openPromise, type Entry, type ZipFile } from 'yauzl';

/** What an archive may hold. */
export interface ArchiveBounds {
  readonly files: number;
  /** Of everything in it, unpacked. */
  readonly bytes: number;
}

/** How an archive is unpacked. */
export interface UnpackOptions {
  readonly folder: string;
  readonly bounds: ArchiveBounds;
  /** Absent: a file that is there already is an error. */
  readonly overwrite?: true;
  readonly signal?: AbortSignal;
}

/** An archive that is not unpacked, and why. What was written until then stays for the caller to remove. */
class ArchiveError extends Error {
  override readonly name = 'ArchiveError';
}

/**
 * Unpacks a zip file, one entry after the other. Nothing of it gets outside the folder: paths that lead out, links, and
 * more than the bounds allow are refused. Answers the number of files.
 */
export async function unpackZip(file: string, options: UnpackOptions): Promise<number> {
  const zip = await opened(file);
  try {
    const totals = { files: 0, bytes: 0 };
    // A name that leads out of the folder is an error of the reader's own.
    for await (const entry of zip.eachEntry()) {
      options.signal?.throwIfAborted();
      totals.files += 1;
      totals.bytes += entry.uncompressedSize;
      refuse(entry, totals, options.bounds);
      await writeEntry(zip, entry, options);
    }
    return totals.files;
  } finally {
    zip.close();
  }
}

async function opened(file: string): Promise<ZipFile> {
  try {
    return await openPromise(file, { autoClose: false, lazyEntries: true });
  } catch (error) {
    throw new ArchiveError(`It is no zip file: ${error instanceof Error ? error.message : String(error)}`);
  }
}

const TYPE_MASK = 0o170000;
const LINK = 0o120000;

function refuse(entry: Entry, totals: ArchiveBounds, bounds: ArchiveBounds): void {
  if (totals.files > bounds.files) throw new ArchiveError(`It holds more than ${bounds.files} files.`);
  if (totals.bytes > bounds.bytes) throw new ArchiveError(`It unpacks to more than ${bounds.bytes} bytes.`);
  if ((modeOf(entry) & TYPE_MASK) === LINK) throw new ArchiveError(`It holds a link: ${entry.fileName}`);
  if (entry.isEncrypted()) throw new ArchiveError(`It is encrypted: ${entry.fileName}`);
}

function modeOf({ externalFileAttributes }: Entry): number {
  return externalFileAttributes >>> 16;
}

async function writeEntry(
  zip: ZipFile,
  entry: Entry,
  { folder, overwrite, signal }: UnpackOptions,
): Promise<void> {
  const path = join(folder, entry.fileName);
  if (entry.fileName.endsWith('/')) {
    await mkdir(path, { recursive: true });
    return;
  }
  await mkdir(dirname(path), { recursive: true });
  const executable = (modeOf(entry) & 0o111) !== 0;
  // The reader checks that no more comes out than the entry says, and its check sum.
  await pipeline(
    await zip.openReadStreamPromise(entry),
    createWriteStream(path, { flags: overwrite ? 'w' : 'wx', mode: executable ? 0o755 : 0o644 }),
    { signal },
  );
}
