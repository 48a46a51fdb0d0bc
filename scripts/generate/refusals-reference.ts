import { REFUSALS, type RefusalRow } from '../../packages/engine/src/index.ts';
import { SERVER_REFUSALS } from '../../packages/server/src/index.ts';
import type { GeneratedFile } from './generated-file.ts';
import { table } from './table.ts';

/** `docs/reference/refusals.md`: every code of a refused command, what it means and what to do. */
export function refusalsReference(): readonly GeneratedFile[] {
  const text = `${INTRODUCTION}
## Runs, locks, agents

${rows(REFUSALS)}
## Pipelines, repositories, requests

${rows(SERVER_REFUSALS)}
<!-- prettier-ignore-end -->
`;
  return [{ path: 'docs/reference/refusals.md', text }];
}

const INTRODUCTION = `# Refusals

What a refused request carries as \`code\` in its error body, beside the sentence in \`message\`. Nothing was changed. A
code never changes its meaning; errors of form (a missing property, a wrong type) have a \`message\` only. Mistakes of a
pipeline file are [diagnostics](diagnostics.md); what ends the start of a server is in [store.md](store.md). This page
is generated.

<!-- prettier-ignore-start -->
`;

function rows(refusals: Readonly<Record<string, RefusalRow>>): string {
  const lines = Object.entries(refusals).map(([code, { meaning, remedy }]) => [
    `\`${code}\``,
    meaning,
    remedy,
  ]);
  return table(['code', 'what it means', 'what to do'], lines);
}
