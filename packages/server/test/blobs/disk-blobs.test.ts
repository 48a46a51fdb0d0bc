import { createHash } from 'node:crypto';
import {
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { openStore, type Store } from '@signalbox/store';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { BlobStore } from '../../src/blobs/blob-store.ts';
import { diskBlobs } from '../../src/blobs/disk-blobs.ts';
import { sweepBlobs } from '../../src/blobs/sweep-blobs.ts';
import { createEngine } from '../../src/index.ts';
import { tidyStorage } from '../../src/work/storage-keeper.ts';

const DAY = 24 * 60 * 60 * 1000;

describe('diskBlobs', () => {
  let folder: string;
  let now: number;
  let blobs: BlobStore;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'signalbox-blobs-'));
    now = Date.UTC(2026, 0, 5);
    blobs = diskBlobs(folder, () => now);
  });

  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  it('gives back what was put, whole and in parts, under its own hash', async () => {
    const sha256 = await put('hello, signal box');
    expect(sha256).toBe(hashOf('hello, signal box'));
    expect(await text(sha256)).toBe('hello, signal box');
    expect(await text(sha256, { offset: 7, size: 6 })).toBe('signal');
    expect(await text(sha256, { offset: 7, size: 0 })).toBe('');
    expect(await blobs.want(sha256)).toBe(17);
    expect(await blobs.want(hashOf('something else'))).toBeUndefined();
    expect(await blobs.open(hashOf('something else'))).toBeUndefined();
  });

  it('keeps nothing of what is not as announced, or longer than allowed', async () => {
    expect(await blobs.put(stream('abc'), { sha256: hashOf('abd') })).toMatchObject({
      code: 'blob-mismatch',
    });
    expect(await blobs.put(stream('abc', 'def'), { limit: 5 })).toMatchObject({ code: 'blob-too-large' });
    expect(filesIn(folder)).toEqual([]);
  });

  it('keeps nothing of what breaks off on its way', async () => {
    const broken = Readable.from(
      (async function* () {
        yield Buffer.from('half');
        throw new Error('the connection is gone');
      })(),
    );
    await expect(blobs.put(broken)).rejects.toThrow('the connection is gone');
    expect(filesIn(folder)).toEqual([]);
  });

  it('says that the disk is full, and keeps nothing (F14)', async () => {
    const full = (async function* () {
      yield Buffer.from('half');
      throw Object.assign(new Error('no space left on device'), { code: 'ENOSPC' });
    })();
    expect(await blobs.put(full)).toMatchObject({ kind: 'refused', code: 'storage-full' });
    expect(filesIn(folder)).toEqual([]);
  });

  it('notices a content that was changed on the disk, and does not give its end', async () => {
    const sha256 = await put('hello');
    const [path = ''] = filesIn(folder);
    writeFileSync(path, 'hallo');
    await expect(text(sha256)).rejects.toThrow('changed on the disk');
  });

  it('refuses names that are none, so that no path leads out', async () => {
    await expect(blobs.want('../../etc/passwd')).rejects.toThrow(RangeError);
    expect(() => blobs.open('AB'.repeat(32))).toThrow(RangeError);
  });

  it('puts the same content twice as one file', async () => {
    await Promise.all([put('same'), put('same'), put('same')]);
    expect(filesIn(folder)).toHaveLength(1);
  });

  describe('sweepBlobs', () => {
    let store: Store;

    beforeEach(async () => {
      store = await openStore({ kind: 'memory', engine: createEngine(), clock: () => now });
    });

    afterEach(() => store.close());

    const sweep = () => sweepBlobs(blobs, store.blobs, { now, grace: DAY });

    it('removes what no row names, after the grace', async () => {
      const [used, unused] = [await put('used'), await put('unused')];
      await store.blobs.use({ owner: 'artifact:1', project: 1 }, [used]);
      now += DAY - 1;
      expect(await sweep()).toEqual({ removed: 0, bytes: 0 });
      now += 2;
      expect(await sweep()).toEqual({ removed: 1, bytes: 6 });
      expect(await blobs.want(unused)).toBeUndefined();
      expect(await text(used)).toBe('used');
      await store.blobs.release('artifact:1');
      expect(await sweep()).toMatchObject({ removed: 1 });
    });

    it('keeps what somebody wanted again, and what a job sent of late', async () => {
      const wanted = await put('wanted');
      const sent = await put('sent');
      now += DAY - 1;
      await store.blobs.use({ owner: 'lease:1:2:3', project: 1 }, [sent]);
      await blobs.want(wanted);
      now += 2;
      expect(await sweep()).toMatchObject({ removed: 0 });
    });

    it('keeps what is named while it looks', async () => {
      const sha256 = await put('named just now');
      now += DAY + 1;
      let asked = 0;
      const rows = {
        releaseLeases: store.blobs.releaseLeases.bind(store.blobs),
        async used(some: readonly string[]) {
          asked += 1;
          if (asked === 2) await store.blobs.use({ owner: 'artifact:1', project: 1 }, [sha256]);
          return store.blobs.used(some);
        },
      };
      expect(await sweepBlobs(blobs, rows, { now, grace: DAY })).toMatchObject({ removed: 0 });
      expect(await text(sha256)).toBe('named just now');
    });

    it('follows caches that went and runs that were deleted (ART-7)', async () => {
      const [cached, published] = [await put('cached'), await put('published')];
      const scope = { project: 1, definition: 7, scope: 'refs/heads/main', key: 'k' };
      await store.caches.create({ ...scope, manifest: cached, files: 1, bytes: 6 }, [cached]);
      await store.blobs.use({ owner: 'container:1', project: 1 }, [published]);
      const tidy = () => tidyStorage({ store, blobs, clock: () => now });
      now += 2 * DAY;
      expect(await tidy()).toMatchObject({ removed: 0 });
      await store.artifacts.removeOfRun(1);
      expect(await tidy()).toMatchObject({ removed: 1 });
      now += 6 * DAY;
      expect(await tidy()).toMatchObject({ removed: 1 });
      expect(filesIn(folder)).toEqual([]);
    });

    it('puts back what a crash left aside, and clears what a broken upload left', async () => {
      const sha256 = await put('aside');
      const [path = ''] = filesIn(folder);
      const left = join(folder, 'unfinished');
      writeFileSync(join(left, `${sha256}.crashed`), readFileSync(path));
      rmSync(path);
      writeFileSync(join(left, 'half'), 'half an upload');
      for (const name of readdirSync(left)) utimesSync(join(left, name), now / 1000, now / 1000);
      await store.blobs.use({ owner: 'artifact:1', project: 1 }, [sha256]);
      now += DAY + 1;
      await sweep();
      expect(existsSync(join(left, 'half'))).toBe(false);
      expect(await text(sha256)).toBe('aside');
    });
  });

  async function put(content: string): Promise<string> {
    const stored = await blobs.put(stream(content));
    if (stored.kind !== 'stored') throw new Error(stored.message);
    return stored.sha256;
  }

  async function text(
    sha256: string,
    span?: { readonly offset: number; readonly size: number },
  ): Promise<string> {
    const content = await blobs.open(sha256, span);
    if (content === undefined) throw new Error('it is not there');
    const chunks: Buffer[] = [];
    for await (const chunk of content) chunks.push(chunk as Buffer);
    return Buffer.concat(chunks).toString();
  }
});

function stream(...chunks: readonly string[]): AsyncIterable<Uint8Array> {
  return Readable.from(chunks.map((chunk) => Buffer.from(chunk)));
}

function hashOf(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

function filesIn(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((name) => join(folder, name))
    .filter((path) => statSync(path).isFile());
}
