import {
  chmodSync,
  existsSync,
  mkdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fetchFiles } from '../../src/artifacts/fetch-files.ts';
import { listFiles } from '../../src/artifacts/list-files.ts';
import { sendFiles } from '../../src/artifacts/send-files.ts';
import { ContentServer, hashOf } from '../support/content-server.ts';
import { temporaryFolder } from '../support/scene.ts';

const SIGNAL = new AbortController().signal;
const all = () => true;

async function folderWith(files: Readonly<Record<string, Uint8Array | string>>): Promise<string> {
  const folder = await temporaryFolder();
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), content);
  }
  return folder;
}

/** The list of one file with this text, kept at the server as somebody evil might have it. */
function evil(server: ContentServer, path: string, text = 'evil'): string {
  const blob = server.keep(text);
  const file = {
    path,
    size: text.length,
    mode: 0o644,
    sha256: blob,
    parts: [{ blob, offset: 0, size: text.length }],
  };
  return server.keep(JSON.stringify({ files: [file], folders: [] }));
}

describe('sendFiles and fetchFiles', () => {
  it('bring every byte back, whatever the sizes', async () => {
    const size = fc.oneof(fc.nat(300), fc.constantFrom(0, 262_144, 262_145, 4_194_304, 4_194_305));
    await fc.assert(
      fc.asyncProperty(fc.array(size, { minLength: 1, maxLength: 3 }), async (sizes) => {
        const contents = sizes.map((length, index) => Buffer.alloc(length, `${index} ${length} `));
        const folder = await folderWith(
          Object.fromEntries(contents.map((bytes, index) => [`f${index}`, bytes])),
        );
        const server = new ContentServer();
        const { manifest, bytes } = await sendFiles(server.files, await listFiles(folder), SIGNAL);
        expect(bytes).toBe(sizes.reduce((sum, one) => sum + one, 0));
        const into = await temporaryFolder();
        await fetchFiles(server.files, { owner: 'a:1', manifests: [manifest], into, wants: all }, SIGNAL);
        for (const [index, content] of contents.entries()) {
          expect(hashOf(readFileSync(join(into, `f${index}`)))).toBe(hashOf(content));
        }
      }),
      { numRuns: 3 },
    );
  });

  it('send nothing twice: what is there is left out, and small files go together', async () => {
    const many = Object.fromEntries(
      Array.from({ length: 200 }, (_, n) => [`d${n % 7}/f${n}`, `content ${n}`]),
    );
    const folder = await folderWith({ ...many, large: Buffer.alloc(5_000_000, 'x') });
    const server = new ContentServer();
    await sendFiles(server.files, await listFiles(folder), SIGNAL);
    // One for all small ones with the end of the large one, one for its beginning, and the list.
    expect(server.sent).toHaveLength(4);
    server.sent.length = 0;
    const { manifest } = await sendFiles(server.files, await listFiles(folder), SIGNAL);
    expect(server.sent).toEqual([manifest]);
  });

  it('ask again while the server is away, and give up when it says no (F14)', async () => {
    const folder = await folderWith({ a: 'text' });
    const server = new ContentServer();
    server.mishaps.push(
      ...Array.from({ length: 3 }, () => ({ kind: 'unreachable', message: 'gone' }) as const),
    );
    const { manifest } = await sendFiles(server.files, await listFiles(folder), SIGNAL);
    expect(server.contents.has(manifest)).toBe(true);
    server.mishaps.push({ kind: 'refused', status: 507, message: 'The disk of the server is full.' });
    await expect(sendFiles(server.files, await listFiles(folder), SIGNAL)).rejects.toThrow('is full');
  });

  it('write nothing outside the folder, whatever the list says (TH11)', async () => {
    const server = new ContentServer();
    for (const path of ['../evil', '/tmp/evil', 'a/../../evil', '..\\evil']) {
      const manifests = [evil(server, path)];
      const into = join(await temporaryFolder(), 'into');
      await expect(
        fetchFiles(server.files, { owner: 'a:1', manifests, into, wants: all }, SIGNAL),
        path,
      ).rejects.toThrow('list of the artifact is damaged');
      expect(existsSync(join(into, '..', 'evil'))).toBe(false);
    }
  });

  it('follow no link that an earlier step left in the folder (TH11)', async () => {
    const server = new ContentServer();
    const outside = await folderWith({ 'target.txt': 'untouched' });
    const into = await temporaryFolder();
    symlinkSync(outside, join(into, 'sub'));
    symlinkSync(join(outside, 'target.txt'), join(into, 'file.txt'));
    const fetch = (path: string) =>
      fetchFiles(server.files, { owner: 'a:1', manifests: [evil(server, path)], into, wants: all }, SIGNAL);
    await expect(fetch('sub/evil.txt')).rejects.toThrow('is in the way');
    await fetch('file.txt');
    expect(readFileSync(join(into, 'file.txt'), 'utf8')).toBe('evil');
    expect(readFileSync(join(outside, 'target.txt'), 'utf8')).toBe('untouched');
    expect(existsSync(join(outside, 'evil.txt'))).toBe(false);
  });

  it('notice what came damaged', async () => {
    const server = new ContentServer();
    const manifests = [evil(server, 'a.txt', 'as it was published')];
    server.contents.set(hashOf(Buffer.from('as it was published')), Buffer.from('as it is by now....'));
    const into = await temporaryFolder();
    await expect(
      fetchFiles(server.files, { owner: 'a:1', manifests, into, wants: all }, SIGNAL),
    ).rejects.toThrow('wrong content');
  });

  it('of several lists take the last one of a path, keep modes, and only what is wanted (ART-3, ART-6)', async () => {
    const server = new ContentServer();
    const first = await folderWith({ 'a.txt': 'old', 'b.log': 'log', run: '#!/bin/sh\n' });
    const { mode } = statSync(join(first, 'run'));
    chmodSync(join(first, 'run'), mode | 0o100);
    const second = await folderWith({ 'a.txt': 'new' });
    const lists = [first, second].map(async (one) => sendFiles(server.files, await listFiles(one), SIGNAL));
    const manifests = (await Promise.all(lists)).map(({ manifest }) => manifest);
    const into = await temporaryFolder();
    const wants = (path: string) => !path.endsWith('.log');
    const fetched = await fetchFiles(server.files, { owner: 'a:1', manifests, into, wants }, SIGNAL);
    expect(fetched.files).toBe(2);
    expect(readFileSync(join(into, 'a.txt'), 'utf8')).toBe('new');
    expect(existsSync(join(into, 'b.log'))).toBe(false);
    expect(statSync(join(into, 'run')).mode & 0o777).toBe(0o755);
    expect(statSync(join(into, 'a.txt')).mode & 0o777).toBe(0o644);
  });
});
