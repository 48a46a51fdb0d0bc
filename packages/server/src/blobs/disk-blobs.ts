import { randomUUID } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, open, opendir, readdir, rename, rm, stat, utimes } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline, Readable } from 'node:stream';
import type { Instant } from '@signalbox/model';
import {
  isSha256,
  type BlobSpan,
  type BlobStore,
  type ExpectedBlob,
  type PutBlob,
  type StoredBlob,
} from './blob-store.ts';
import { BlobMeasure, refusedBlob } from './measure.ts';
import { VerifyBlob } from './verify.ts';

/** A content is wanted for at least this long after it was named, so that touching its file each time is no need. */
const TOUCH_EVERY_MS = 60_000;

/**
 * Contents in a folder: `<2 digits>/<2 digits>/<sha256>`, each written to `unfinished/`, brought to the disk and only
 * then moved to its name. A file's time says when it was last wanted. Several servers may share the folder.
 */
export function diskBlobs(folder: string, clock: () => Instant): BlobStore {
  return {
    put: (content, expected) => put(folder, content, { expected: expected ?? {}, clock }),
    want: (sha256) => want(folder, sha256, clock()),
    open: (sha256, span) => openBlob(fileOf(folder, sha256), sha256, span),
    list: () => list(folder),
    remove: (blob, isUsed) => remove(folder, blob, isUsed),
    clearUnfinished: (before) => clearUnfinished(folder, before),
  };
}

function fileOf(folder: string, sha256: string): string {
  if (!isSha256(sha256)) throw new RangeError('Not the name of a content.');
  return join(folder, sha256.slice(0, 2), sha256.slice(2, 4), sha256);
}

function unfinishedIn(folder: string): string {
  return join(folder, 'unfinished');
}

async function put(
  folder: string,
  content: AsyncIterable<Uint8Array>,
  { expected, clock }: { readonly expected: ExpectedBlob; readonly clock: () => Instant },
): Promise<PutBlob> {
  const temporary = join(unfinishedIn(folder), randomUUID());
  try {
    await mkdir(unfinishedIn(folder), { recursive: true });
    const end = await write(temporary, content, new BlobMeasure(expected));
    if ('kind' in end) return end;
    await settle(folder, temporary, end.sha256);
    await touch(fileOf(folder, end.sha256), clock());
    return { kind: 'stored', ...end };
  } catch (error) {
    if (!isDiskFull(error)) throw error;
    return refusedBlob('storage-full', 'The disk of the server is full; nothing of this content was kept.');
  } finally {
    await rm(temporary, { force: true });
  }
}

async function write(
  path: string,
  content: AsyncIterable<Uint8Array>,
  measure: BlobMeasure,
): Promise<ReturnType<BlobMeasure['end']>> {
  const file = await open(path, 'wx', 0o640);
  try {
    for await (const chunk of content) {
      if (!measure.add(chunk)) break;
      await file.writeFile(chunk);
    }
    const end = measure.end();
    if (!('kind' in end)) await file.sync();
    return end;
  } finally {
    await file.close();
  }
}

/** The name appears only when the content is on the disk; the folder is brought there as well, or a crash takes the name. */
async function settle(folder: string, temporary: string, sha256: string): Promise<void> {
  const path = fileOf(folder, sha256);
  const parent = join(path, '..');
  await mkdir(parent, { recursive: true });
  await rename(temporary, path);
  const directory = await open(parent, 'r');
  try {
    await directory.sync();
  } finally {
    await directory.close();
  }
}

function isDiskFull(error: unknown): boolean {
  return error instanceof Error && 'code' in error && (error.code === 'ENOSPC' || error.code === 'EDQUOT');
}

async function want(folder: string, sha256: string, now: Instant): Promise<number | undefined> {
  const path = fileOf(folder, sha256);
  const known = await there(stat(path));
  if (known === undefined) return undefined;
  if (known.mtimeMs > now - TOUCH_EVERY_MS) return known.size;
  // A sweeper may have taken it away in between: then it is not there.
  return (await touch(path, now)) ? known.size : undefined;
}

async function touch(path: string, now: Instant): Promise<boolean> {
  return (await there(utimes(path, now / 1000, now / 1000).then(() => true))) ?? false;
}

async function openBlob(path: string, sha256: string, span?: BlobSpan): Promise<Readable | undefined> {
  const file = await there(open(path, 'r'));
  if (file === undefined) return undefined;
  if (span?.size === 0) {
    await file.close();
    return Readable.from([], { objectMode: false });
  }
  const range = span === undefined ? {} : { start: span.offset, end: span.offset + span.size - 1 };
  const bytes = createReadStream(path, { fd: file, ...range });
  // The error of one reaches the other; whoever reads hears of it there.
  return span === undefined ? pipeline(bytes, new VerifyBlob(sha256), () => undefined) : bytes;
}

async function* list(folder: string): AsyncGenerator<StoredBlob> {
  for (const first of await namesIn(folder, /^[0-9a-f]{2}$/)) {
    for (const second of await namesIn(join(folder, first), /^[0-9a-f]{2}$/)) {
      const files = await there(opendir(join(folder, first, second)));
      if (files === undefined) continue;
      for await (const { name } of files) {
        const known = isSha256(name) ? await there(stat(join(folder, first, second, name))) : undefined;
        if (known !== undefined) yield { sha256: name, size: known.size, wantedAt: known.mtimeMs };
      }
    }
  }
}

async function namesIn(folder: string, pattern: RegExp): Promise<readonly string[]> {
  return ((await there(readdir(folder))) ?? []).filter((name) => pattern.test(name));
}

/**
 * Moves the content aside first: whoever wants it now does not find it, and sends it again. Whoever wanted it just
 * before left a trace, a newer time or a row, and it is moved back.
 */
async function remove(folder: string, blob: StoredBlob, isUsed: () => Promise<boolean>): Promise<boolean> {
  const path = fileOf(folder, blob.sha256);
  const aside = join(unfinishedIn(folder), `${blob.sha256}.${randomUUID()}`);
  await mkdir(unfinishedIn(folder), { recursive: true });
  if ((await there(rename(path, aside).then(() => true))) === undefined) return false;
  const { mtimeMs } = await stat(aside);
  if (mtimeMs > blob.wantedAt || (await isUsed())) {
    await rename(aside, path);
    return false;
  }
  await rm(aside, { force: true });
  return true;
}

/** Half an upload goes; a content that a crash left aside gets its name back, and the next sweep decides. */
async function clearUnfinished(folder: string, before: Instant): Promise<number> {
  let removed = 0;
  for (const name of await namesIn(unfinishedIn(folder), /./)) {
    const path = join(unfinishedIn(folder), name);
    const known = await there(stat(path));
    if (known === undefined || known.mtimeMs >= before) continue;
    const [sha256 = ''] = name.split('.');
    if (isSha256(sha256)) await settle(folder, path, sha256);
    else await rm(path, { force: true });
    removed += 1;
  }
  return removed;
}

/** What is not there is undefined; every other failure is one. */
async function there<T>(asked: Promise<T>): Promise<T | undefined> {
  try {
    return await asked;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
}
