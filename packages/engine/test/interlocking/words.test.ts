import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { VERBS } from './story/verbs.ts';

const readme = readFileSync(new URL('../../../../spec/interlocking/README.md', import.meta.url), 'utf8');

describe('spec/interlocking/README.md', () => {
  it('explains every word of a story', () => {
    expect(Object.keys(VERBS).filter((verb) => !readme.includes(` ${verb}`))).toEqual([]);
  });
});
