import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const root = fileURLToPath(new URL('../../', import.meta.url));
const folder = join(root, 'docs/guide/pictures');
/** All of them together, so that a checkout stays small. */
const BYTES = 4 * 1024 * 1024;

const pages = ['README.md', 'CONTRIBUTING.md', ...markdownIn('docs')];

function markdownIn(below: string): readonly string[] {
  return readdirSync(join(root, below), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.md'))
    .map((name) => join(below, name));
}

/** The pictures of this checkout that a page shows, as paths from the root. */
function picturesOf(page: string): readonly string[] {
  const text = readFileSync(join(root, page), 'utf8');
  return [...text.matchAll(/!\[[^\]]*\]\((?!https?:)([^)\s]+)\)/g)].map(([, path = '']) =>
    join(dirname(page), path),
  );
}

describe('pictures of the documentation', () => {
  it('are there, each with words for those who do not see it', () => {
    const shown = pages.flatMap((page) => picturesOf(page).map((path) => ({ page, path })));
    expect(shown.length).toBeGreaterThan(30);
    expect(shown.filter(({ path }) => !existsSync(join(root, path)))).toEqual([]);
    const mute = pages.filter((page) => readFileSync(join(root, page), 'utf8').includes('![]('));
    expect(mute).toEqual([]);
  });

  it('are all shown somewhere, and stay small', () => {
    const shown = new Set(pages.flatMap(picturesOf));
    const files = readdirSync(folder).map((name) => join(folder, name));
    expect(files.filter((file) => !shown.has(relative(root, file)))).toEqual([]);
    const bytes = files.reduce((sum, file) => sum + statSync(file).size, 0);
    expect(bytes).toBeLessThan(BYTES);
  });
});
