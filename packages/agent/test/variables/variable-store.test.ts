import { describe, expect, it } from 'vitest';
import { Masker } from '../../src/masking/masker.ts';
import { VariableStore } from '../../src/variables/variable-store.ts';

function store(values: Readonly<Record<string, string>>, secrets: Readonly<Record<string, string>> = {}) {
  const masker = new Masker();
  const made = new VariableStore(masker);
  for (const [name, value] of Object.entries(values))
    made.set({ name, value, secret: false, readonly: false });
  for (const [name, value] of Object.entries(secrets))
    made.set({ name, value, secret: true, readonly: false });
  return { store: made, masker };
}

describe('VariableStore', () => {
  it.each([
    ['$(a)', '1'],
    ['$(A)', '1'],
    ['$(b)', 'x1'],
    ['$(none)', '$(none)'],
    ['$(a$(a))', '$(a1)'],
    ['$(loop1)', '$(loop2)'],
    ['no macro', 'no macro'],
  ])('expands %s to %s (VAR-2, VAR-7, VAR-8)', (text, expected) => {
    const { store: variables } = store({ a: '1', b: 'x$(a)', loop1: '$(loop2)', loop2: '$(loop1)' });
    expect(variables.expand(text)).toBe(expected);
  });

  it('takes a variable made of a secret for a secret (SEC-5)', () => {
    const { store: variables, masker } = store(
      { url: 'https://u:$(pw)@h', far: '$(url)' },
      { pw: 'swordfish' },
    );
    expect(variables.get('far')).toMatchObject({ value: 'https://u:swordfish@h', secret: true });
    expect(masker.mask('https://u:swordfish@h')).toBe('***');
  });

  it('keeps the first spelling of a name and its place (PVAR-2)', () => {
    const { store: variables } = store({ First: '1', second: '2', first: '3' });
    expect(variables.entries().map(({ name, value }) => `${name}=${value}`)).toEqual(['First=3', 'second=2']);
  });
});
