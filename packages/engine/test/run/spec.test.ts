import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, it } from 'vitest';
import { parse } from 'yaml';
import { tell, type Story } from './tell.ts';

const folder = fileURLToPath(new URL('../../../../spec/runs/', import.meta.url));

/** Tables of another form have tests of their own. */
const TABLES = new Set([
  'status-functions.yml',
  'status-over-jobs.yml',
  'run-numbers.yml',
  'counters.yml',
  'retry-plans.yml',
]);

for (const file of readdirSync(folder).filter((name) => name.endsWith('.yml') && !TABLES.has(name))) {
  describe(`spec/runs/${file}`, () => {
    const stories = parse(readFileSync(folder + file, 'utf8')) as readonly Story[];
    it.each(stories.map((one) => [`${one.name} (${one.rules.join(', ')})`, one] as const))(
      '%s',
      (_, story) => {
        tell(story);
      },
    );
  });
}
