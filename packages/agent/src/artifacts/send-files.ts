import { CONTENT_BYTES } from '@signalbox/api';
import {
  artifactPathProblem,
  MANIFEST_FILES,
  type ArtifactManifest,
  type ManifestFile,
  type ManifestPart,
} from '@signalbox/model';
import { createHash, type Hash } from 'node:crypto';
import { open } from 'node:fs/promises';
import { CONTENTS_AT_ONCE, SHARED_FILE_BYTES } from '../limits.ts';
import { FilesError, type JobFiles } from './job-files.ts';
import type { LocalFile, LocalFiles } from './list-files.ts';

/** Files that the server has now. */
export interface SentFiles {
  /** The content that lists them. */
  readonly manifest: string;
  readonly files: number;
  readonly bytes: number;
}

/** Sends files content by content, each only if the server lacks it; memory holds a few contents, whatever the sizes. */
export async function sendFiles(
  job: JobFiles,
  { files, folders }: LocalFiles,
  signal: AbortSignal,
): Promise<SentFiles> {
  if (files.length + folders.length > MANIFEST_FILES) {
    throw new FilesError(`More than ${MANIFEST_FILES} files; put them into an archive first.`);
  }
  for (const path of [...files.map((file) => file.path), ...folders]) {
    const problem = artifactPathProblem(path);
    if (problem !== undefined) throw new FilesError(problem);
  }
  const sender = new Sender(job, signal);
  for (const file of files) await sender.add(file);
  const sent = await sender.end();
  const manifest: ArtifactManifest = { files: sent, folders };
  const bytes = Buffer.from(JSON.stringify(manifest));
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  await job.put(sha256, bytes, signal);
  return { manifest: sha256, files: files.length, bytes: sent.reduce((sum, { size }) => sum + size, 0) };
}

/** A file whose content is not cut yet: its parts are filled in as contents are. */
interface OpenFile extends Omit<ManifestFile, 'parts'> {
  readonly parts: { blob: string; readonly offset: number; readonly size: number }[];
}

/** Cuts files into contents: small ones share, large ones have several. */
class Sender {
  readonly #job: JobFiles;
  readonly #signal: AbortSignal;
  readonly #files: OpenFile[] = [];
  #shared: { bytes: Buffer<ArrayBuffer>[]; size: number; parts: { blob: string }[] } = emptyPack();
  #full: { readonly sha256: string; readonly bytes: Buffer<ArrayBuffer> }[] = [];

  constructor(job: JobFiles, signal: AbortSignal) {
    this.#job = job;
    this.#signal = signal;
  }

  async add({ path, from }: LocalFile): Promise<void> {
    const handle = await open(from, 'r');
    try {
      const { mode, size } = await handle.stat();
      const hash = createHash('sha256');
      const parts: OpenFile['parts'] = [];
      // One byte more than it has tells the end of a small file, and costs no second buffer.
      for await (const bytes of piecesOf(handle, Math.min(CONTENT_BYTES, size + 1))) {
        hash.update(bytes);
        parts.push(await this.#keep(bytes));
      }
      this.#files.push(fileOf(path, { mode, hash, parts }));
    } finally {
      await handle.close();
    }
  }

  /** Sends what is left, and answers every file with its parts. */
  async end(): Promise<readonly ManifestFile[]> {
    await this.#closePack();
    await this.#flush();
    return this.#files;
  }

  async #keep(bytes: Buffer<ArrayBuffer>): Promise<OpenFile['parts'][number]> {
    if (bytes.length > SHARED_FILE_BYTES) {
      return { blob: await this.#content(bytes), offset: 0, size: bytes.length };
    }
    if (this.#shared.size + bytes.length > CONTENT_BYTES) await this.#closePack();
    const part = { blob: '', offset: this.#shared.size, size: bytes.length };
    this.#shared.bytes.push(bytes);
    this.#shared.size += bytes.length;
    this.#shared.parts.push(part);
    return part;
  }

  async #closePack(): Promise<void> {
    const { bytes, parts } = this.#shared;
    this.#shared = emptyPack();
    if (bytes.length === 0) return;
    const sha256 = await this.#content(Buffer.concat(bytes));
    for (const part of parts) part.blob = sha256;
  }

  async #content(bytes: Buffer<ArrayBuffer>): Promise<string> {
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    this.#full.push({ sha256, bytes });
    if (this.#full.length >= CONTENTS_AT_ONCE) await this.#flush();
    return sha256;
  }

  async #flush(): Promise<void> {
    const full = new Map(this.#full.map((one) => [one.sha256, one.bytes]));
    this.#full = [];
    if (full.size === 0) return;
    const asked = { sha256: [...full.keys()] };
    const { missing } = await this.#job.ask('jobContentsMissing', asked, this.#signal);
    await Promise.all(
      missing.map(async (sha256) => {
        const bytes = full.get(sha256);
        if (bytes !== undefined) await this.#job.put(sha256, bytes, this.#signal);
      }),
    );
  }
}

function emptyPack(): { bytes: Buffer<ArrayBuffer>[]; size: number; parts: { blob: string }[] } {
  return { bytes: [], size: 0, parts: [] };
}

/** The bytes of a file as they are now, in pieces of this size; a file that grows meanwhile is read to its end. */
async function* piecesOf(
  handle: Awaited<ReturnType<typeof open>>,
  size: number,
): AsyncGenerator<Buffer<ArrayBuffer>> {
  for (;;) {
    const buffer = Buffer.alloc(size);
    let filled = 0;
    while (filled < size) {
      const { bytesRead } = await handle.read(buffer, filled, size - filled);
      if (bytesRead === 0) break;
      filled += bytesRead;
    }
    if (filled > 0) yield filled < size ? Buffer.from(buffer.subarray(0, filled)) : buffer;
    if (filled < size) return;
  }
}

function fileOf(
  path: string,
  { mode, hash, parts }: { readonly mode: number; readonly hash: Hash; readonly parts: OpenFile['parts'] },
): OpenFile {
  const size = parts.reduce((sum, part: ManifestPart) => sum + part.size, 0);
  // Whoever may run it at all: other bits mean nothing on another machine.
  return { path, size, mode: (mode & 0o111) === 0 ? 0o644 : 0o755, sha256: hash.digest('hex'), parts };
}
