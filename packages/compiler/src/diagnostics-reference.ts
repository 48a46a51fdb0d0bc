import { diagnosticTable } from './diagnostic-table.ts';

/** The reference page `docs/reference/diagnostics.md`: one section per code, from the table that the compiler uses. */
export function diagnosticsReference(): string {
  const sections = Object.entries(diagnosticTable).map(([code, { severity, summary, help, example }]) =>
    [`## ${code}`, '', `_${severity}_ · ${summary}`, '', help, '', ...exampleLines(example), ''].join('\n'),
  );
  return [HEADER, ...sections, '<!-- prettier-ignore-end -->\n'].join('\n');
}

/** Examples are YAML, or a sentence where YAML would be long. */
function exampleLines(example: string): readonly string[] {
  return example.endsWith('.') ? [`For example: ${example}`] : ['```yaml', ...example.split('\n'), '```'];
}

const HEADER = `# Diagnostics

What \`signalbox validate\`, \`queue\` and \`run\` can say about a pipeline file. A code never changes its meaning.
An _error_ refuses the file, a _warning_ does not. This page is generated.

<!-- prettier-ignore-start -->
`;
