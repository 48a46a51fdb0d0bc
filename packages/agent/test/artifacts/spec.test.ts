import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { listFiles } from '../../src/artifacts/list-files.ts';
import { wantedOf } from '../../src/artifacts/patterns.ts';
import { readCacheKey } from '../../src/cache/cache-key.ts';
import { temporaryFolder } from '../support/scene.ts';

interface Case {
  readonly name: string;
  /** Absent where no rule speaks of it: what the task does is all there is to go by. */
  readonly rules?: readonly string[];
}

function casesOf<T extends Case>(file: string) {
  const text = readFileSync(new URL(`../../../../spec/artifacts/${file}`, import.meta.url), 'utf8');
  return (parse(text) as readonly T[]).map(
    (one) => [`${one.name}${one.rules === undefined ? '' : ` (${one.rules.join(', ')})`}`, one] as const,
  );
}

interface Patterns extends Case {
  /** One of all artifacts that are downloaded; absent: the download names this one alone. */
  readonly oneOfAll?: string;
  readonly patterns: string;
  readonly files: readonly string[];
  readonly taken: readonly string[];
}

describe('spec/artifacts/patterns.yml', () => {
  it.each(casesOf<Patterns>('patterns.yml'))('%s', (_, { oneOfAll, patterns, files, taken }) => {
    const of = { artifact: oneOfAll ?? 'drop', alone: oneOfAll === undefined };
    expect(files.filter(wantedOf(patterns, of))).toEqual(taken);
  });
});

interface Ignored extends Case {
  readonly ignore: string;
  readonly files: readonly string[];
  readonly published: readonly string[];
}

describe('spec/artifacts/ignore.yml', () => {
  it.each(casesOf<Ignored>('ignore.yml'))('%s', async (_, { ignore, files, published }) => {
    const folder = await withFiles({
      '.artifactignore': ignore,
      ...Object.fromEntries(files.map((one) => [one, 'x'])),
    });
    expect((await listFiles(folder)).files.map(({ path }) => path)).toEqual(published);
  });
});

interface Key extends Case {
  readonly key: string;
  readonly is?: readonly string[];
  readonly says?: string;
}

describe('spec/artifacts/cache-keys.yml', () => {
  it.each(casesOf<Key>('cache-keys.yml'))('%s', (_, { key, is, says }) => {
    const read = readCacheKey(key);
    if (read.ok) {
      const shown = read.segments.map((one) =>
        one.kind === 'text' ? `text ${one.text}` : `files ${one.patterns}`,
      );
      expect(shown).toEqual(is);
    } else {
      expect(read.problem).toContain(says);
    }
  });
});

describe('listFiles', () => {
  it('follows a link to a file inside the folder, and refuses every other one (TH11)', async () => {
    const folder = await withFiles({ 'out/a.txt': 'a', 'out/sub/b.txt': 'b', 'other/c.txt': 'c' });
    const out = join(folder, 'out');
    symlinkSync('sub/b.txt', join(out, 'inside'));
    expect((await listFiles(out)).files.map(({ path }) => path)).toEqual(['a.txt', 'inside', 'sub/b.txt']);
    for (const target of ['../other/c.txt', 'sub', '..', '/etc/passwd', 'nowhere', 'link']) {
      const copy = await withFiles({ 'out/a.txt': 'a', 'out/sub/b.txt': 'b', 'other/c.txt': 'c' });
      symlinkSync(target, join(copy, 'out', 'link'));
      await expect(listFiles(join(copy, 'out')), target).rejects.toThrow('"link" is a link');
    }
  });

  it('takes a single file by its name, says what is not there, and remembers empty folders', async () => {
    const folder = await withFiles({ 'sub/a.txt': 'a' });
    mkdirSync(join(folder, 'empty', 'deep'), { recursive: true });
    expect((await listFiles(join(folder, 'sub', 'a.txt'))).files.map(({ path }) => path)).toEqual(['a.txt']);
    expect((await listFiles(folder)).folders).toEqual(['empty/deep']);
    await expect(listFiles(join(folder, 'none'))).rejects.toThrow('does not exist');
  });
});

async function withFiles(files: Readonly<Record<string, string>>): Promise<string> {
  const folder = await temporaryFolder();
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  return folder;
}
