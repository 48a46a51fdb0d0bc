import { STORE_ERROR_CODES } from '@signalbox/store';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

describe('the codes of refusals', () => {
  it('are those of the reference, in its order', () => {
    const page = readFileSync(new URL('../../../docs/reference/store.md', import.meta.url), 'utf8');
    const documented = [...page.matchAll(/^\| `([a-z-]+)`/gm)].map(([, code]) => code);
    expect(documented.filter((code) => !code?.startsWith('signalbox'))).toEqual(STORE_ERROR_CODES);
  });
});
