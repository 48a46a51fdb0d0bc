import type { Client } from '@signalbox/api';
import { createHash } from 'node:crypto';
import { existsSync, mkdtempSync, readFileSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { saveArtifact } from '../src/artifacts/save-artifact.ts';

type Server = Pick<Client, 'listArtifactFiles' | 'openArtifactFile'>;

/** A server that lists these files and sends these texts, by the hash that it names. */
function serverWith(
  files: Readonly<Record<string, string>>,
  sends: (text: string) => string = (text) => text,
): Server {
  const byHash = new Map(Object.values(files).map((text) => [hashOf(text), text]));
  return {
    listArtifactFiles: async () =>
      Object.entries(files).map(([path, text]) => ({
        path: `/${path}`,
        blob: { id: hashOf(text), size: text.length },
      })),
    openArtifactFile: async (_project, _run, { id }) => new Response(sends(byHash.get(id) ?? '')),
  };
}

function hashOf(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

function save(server: Server, into: string) {
  return saveArtifact(server, { project: 'Demo', run: 7, artifact: 'web', into });
}

describe('saveArtifact', () => {
  it('saves every file below the folder', async () => {
    const into = join(mkdtempSync(join(tmpdir(), 'signalbox-save-')), 'web');
    const files = Object.fromEntries(
      Array.from({ length: 12 }, (_, n) => [`d${n % 3}/e/f${n}`, `text ${n}`]),
    );
    expect(await save(serverWith({ ...files, empty: '' }), into)).toMatchObject({ files: 13 });
    for (const [path, text] of Object.entries(files))
      expect(readFileSync(join(into, path), 'utf8')).toBe(text);
    expect(readFileSync(join(into, 'empty'), 'utf8')).toBe('');
  });

  it('saves nothing elsewhere, whatever the server says, and through no link (TH11)', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'signalbox-save-'));
    const into = join(folder, 'web');
    for (const path of ['../evil', 'a/../../evil', '/evil', 'a\\..\\evil']) {
      await expect(save(serverWith({ [path]: 'x' }), into), path).rejects.toThrow('path');
    }
    symlinkSync(folder, join(into, 'link'));
    await expect(save(serverWith({ 'link/evil': 'x' }), into)).rejects.toThrow('is no folder');
    expect(existsSync(join(folder, 'evil'))).toBe(false);
  });

  it('says when a file came damaged', async () => {
    const into = mkdtempSync(join(tmpdir(), 'signalbox-save-'));
    await expect(
      save(
        serverWith({ a: 'text' }, () => 'tex'),
        into,
      ),
    ).rejects.toThrow('wrong content');
  });
});
