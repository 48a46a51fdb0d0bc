import { Readable } from 'node:stream';
import type { Ask } from '../ask.ts';
import { badRequest, Problem } from '../problem.ts';

/** The body of a `content` route, whole; 413 when it has more than so many bytes. */
export async function readContent({ request }: Ask, limit: number): Promise<Buffer> {
  const { body } = request;
  if (!(body instanceof Readable)) throw badRequest('The body must be the content.');
  const bytes = await readAll(body, limit);
  if (bytes !== undefined) return bytes;
  throw new Problem(413, 'ContentRefusedException', `The content has more than ${limit} bytes.`, {
    code: 'blob-too-large',
  });
}

/** A stream, whole; undefined when it has more than so many bytes, and the rest of it is not read. */
export async function readAll(stream: Readable, limit: number): Promise<Buffer | undefined> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of stream) {
    const bytes = Buffer.from(chunk as Uint8Array);
    size += bytes.length;
    if (size > limit) return undefined;
    chunks.push(bytes);
  }
  return Buffer.concat(chunks);
}
