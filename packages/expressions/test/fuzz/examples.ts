import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** Every expression of the tables in `spec/expressions`: what the fuzzer changes. */
export function fuzzExamples(): readonly string[] {
  const folder = fileURLToPath(new URL('../../../../spec/expressions/', import.meta.url));
  return readdirSync(folder)
    .filter((file) => file.endsWith('.json'))
    .flatMap((file) => {
      const { cases } = JSON.parse(readFileSync(folder + file, 'utf8')) as { cases: { expr?: string }[] };
      return cases.flatMap(({ expr }) => (expr === undefined ? [] : [expr]));
    });
}
