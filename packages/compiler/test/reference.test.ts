import { readdirSync, readFileSync } from 'node:fs';
import { compile, diagnosticsReference, diagnosticTable, language } from '@signalbox/compiler';
import { describe, expect, it } from 'vitest';

describe('the examples of the reference', () => {
  const rows = Object.entries(diagnosticTable).filter(
    ([, { example, foundBy }]) => foundBy === undefined && !example.endsWith('.'),
  );

  it.each(rows)('cause %s', async (code, { example }) => {
    const result = await compile({
      files: { read: async (path) => (path === 'p.yml' ? example : undefined) },
      path: 'p.yml',
    });
    const found = (result.ok ? result.warnings : result.diagnostics).map((one) => one.code);
    expect(found).toContain(code);
  });
});

describe('diagnosticsReference', () => {
  it('has a section with summary, help and example for every code', () => {
    const page = diagnosticsReference();
    for (const [code, { summary, help, example }] of Object.entries(diagnosticTable)) {
      expect(page).toContain(`## ${code}\n`);
      for (const text of [summary, help, example]) expect(text).not.toBe('');
    }
  });
});

describe('language', () => {
  const keys = [...language()].flatMap(([what, list]) =>
    list.map((key) => [`${what}.${key.name}`, key] as const),
  );

  it('documents every key', () => {
    for (const [name, { summary }] of keys) expect(summary, name).toMatch(/\S/);
  });

  it('shows every key in some case file', () => {
    const folder = new URL('../../../spec/compiler/', import.meta.url);
    const text = readdirSync(folder)
      .map((file) => readFileSync(new URL(file, folder), 'utf8'))
      .join('\n');
    const missing = keys.filter(([, { name }]) => !new RegExp(`(^|[\\s{,'"-])${name}['"]?:`, 'm').test(text));
    expect(missing.map(([name]) => name)).toEqual([]);
  });
});
