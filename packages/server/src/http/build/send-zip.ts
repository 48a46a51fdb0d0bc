import { Readable } from 'node:stream';
import { ZipFile } from 'yazl';
import type { Ask } from '../ask.ts';

/** A file of an archive; its content is made when its turn comes. */
export interface ZippedFile {
  /** A path that leads nowhere but into the archive. */
  readonly name: string;
  readonly content: () => AsyncIterable<string | Uint8Array>;
}

// The same logs give the same archive.
const DATE = new Date(Date.UTC(1980, 0, 1));

/** Sends a zip archive while it is made, one file after the other: its size is no matter of memory. */
export async function sendZip({ reply }: Ask, files: readonly ZippedFile[]): Promise<undefined> {
  const zip = new ZipFile();
  for (const { name, content } of files) {
    zip.addReadStreamLazy(name, { mtime: DATE, compress: true }, (take) => {
      take(null, Readable.from(content()));
    });
  }
  // What goes wrong while a file is read ends the answer in its middle: it must not look whole.
  zip.on('error', (error) => reply.raw.destroy(error as Error));
  zip.end();
  await reply.type('application/zip').header('cache-control', 'no-store').send(zip.outputStream);
  return undefined;
}
