import { compile, diagnosticsReference, diagnosticTable } from '@signalbox/compiler';
import { describe, expect, it } from 'vitest';

describe('the examples of the reference', () => {
  const rows = Object.entries(diagnosticTable).filter(([, { example }]) => !example.endsWith('.'));

  it.each(rows)('cause %s', async (code, { example }) => {
    const result = await compile({ files: { read: async () => example }, path: 'p.yml' });
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
