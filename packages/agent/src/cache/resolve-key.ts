import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { relative, sep } from 'node:path';
import { findFiles } from '../built-in/find-files.ts';
import { readCacheKey, type KeySegment } from './cache-key.ts';

/** Longest key; the server takes no more. */
const KEY_LENGTH = 512;

/** A key as the server knows it, or why there is none. */
export type ResolvedKey = { readonly key: string } | { readonly problem: string };

/** Turns a key into the text that caches are kept under: the files of a segment become a hash of names and contents. */
export async function resolveKey(text: string, folder: string, signal: AbortSignal): Promise<ResolvedKey> {
  const read = readCacheKey(text);
  if (!read.ok) return read;
  const parts: string[] = [];
  for (const segment of read.segments) {
    const part = await resolveSegment(segment, folder, signal);
    if (part === undefined)
      return { problem: `No file fits the segment "${patternsOf(segment)}" of the cache key.` };
    parts.push(part);
  }
  const key = parts.join('|');
  return key.length > KEY_LENGTH ? { problem: `A cache key has at most ${KEY_LENGTH} characters.` } : { key };
}

function patternsOf(segment: KeySegment): string {
  return segment.kind === 'text' ? segment.text : segment.patterns.replaceAll('\n', ', ');
}

async function resolveSegment(
  segment: KeySegment,
  folder: string,
  signal: AbortSignal,
): Promise<string | undefined> {
  if (segment.kind === 'text') return segment.text;
  const found = await findFiles(segment.patterns, { root: folder, dot: true, followLinks: false, signal });
  const hash = createHash('sha256');
  let count = 0;
  for (const path of found) {
    if (!(await stat(path)).isFile()) continue;
    count += 1;
    // The same files give the same key on every agent, wherever its work folder is.
    const name = relative(folder, path).split(sep).join('/');
    hash.update(`${name}\n${await hashOfFile(path)}\n`);
  }
  return count === 0 ? undefined : hash.digest('hex');
}

async function hashOfFile(path: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(path)) hash.update(chunk as Buffer);
  return hash.digest('hex');
}
