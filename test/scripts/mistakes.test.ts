import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { mistakesPage } from '../../scripts/generate/mistakes-page.ts';

describe('docs/guide/mistakes.md', () => {
  it('shows what the compiler says now, and ten mistakes', async () => {
    const [page] = await mistakesPage();
    expect(readFileSync(new URL(`../../${page?.path}`, import.meta.url), 'utf8')).toBe(page?.text);
    expect(page?.text.match(/^## /gm)).toHaveLength(10);
  });
});
