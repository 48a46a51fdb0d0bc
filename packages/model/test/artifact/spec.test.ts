import { readFileSync } from 'node:fs';
import {
  artifactNameProblem,
  artifactPathProblem,
  generatedArtifactName,
  readManifest,
} from '@signalbox/model';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';

interface Case {
  readonly name: string;
  readonly rules: readonly string[];
  readonly says?: string;
}

function casesOf<T extends Case>(file: string) {
  const text = readFileSync(new URL(`../../../../spec/artifacts/${file}`, import.meta.url), 'utf8');
  return (parse(text) as readonly T[]).map((one) => [`${one.name} (${one.rules.join(', ')})`, one] as const);
}

/** `says` is a part of the problem; without it there must be none. */
function expectProblem(problem: string | undefined, { says }: Case): void {
  if (says === undefined) expect(problem).toBeUndefined();
  else expect(problem).toContain(says);
}

describe('spec/artifacts/names.yml', () => {
  it.each(casesOf<Case & { readonly artifact: string }>('names.yml'))('%s', (_, one) => {
    expectProblem(artifactNameProblem(one.artifact), one);
  });
});

describe('spec/artifacts/generated-names.yml', () => {
  it.each(
    casesOf<Case & { readonly stage: string; readonly job: string; readonly is: string }>(
      'generated-names.yml',
    ),
  )('%s', (_, { stage, job, is }) => {
    expect(generatedArtifactName(stage, job)).toBe(is);
    expect(artifactNameProblem(is)).toBeUndefined();
  });
});

interface Manifest extends Case {
  readonly files?: readonly string[];
  readonly folders?: readonly string[];
  readonly raw?: string;
}

describe('spec/artifacts/manifests.yml', () => {
  it.each(casesOf<Manifest>('manifests.yml'))('%s', (_, one) => {
    const read = readManifest(one.raw ?? manifestOf(one.files ?? [], one.folders ?? []));
    expectProblem(read.ok ? undefined : read.problem, one);
  });
});

describe('readManifest', () => {
  it('takes no path that could leave the folder, whatever its parts', () => {
    const part = fc.constantFrom('..', '.', '', 'a', 'A', 'b c', '...', '~', '$HOME', '\\', 'c:', '\u0000');
    fc.assert(
      fc.property(
        fc.array(part, { minLength: 1, maxLength: 5 }),
        fc.constantFrom('/', '\\'),
        (parts, slash) => {
          const path = parts.join(slash);
          const read = readManifest(manifestOf([path], []));
          if (!read.ok) return;
          expect(artifactPathProblem(path)).toBeUndefined();
          // What Node makes of it stays below the folder.
          const url = new URL(path.split('/').map(encodeURIComponent).join('/'), 'file:///base/folder/');
          expect(url.pathname.startsWith('/base/folder/')).toBe(true);
          expect(path).not.toMatch(/^\/|\\|(^|\/)\.{1,2}(\/|$)/);
        },
      ),
    );
  });
});

function manifestOf(files: readonly string[], folders: readonly string[]): string {
  const hash = '0'.repeat(64);
  const parts = [{ blob: hash, offset: 0, size: 3 }];
  return JSON.stringify({
    files: files.map((path) => ({ path, size: 3, mode: 0o644, sha256: hash, parts })),
    folders,
  });
}
