import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, it } from 'vitest';
import { parse } from 'yaml';
import { tell, type Story } from '../run/tell.ts';

const folder = fileURLToPath(new URL('../../../../spec/checks/', import.meta.url));

for (const file of readdirSync(folder).filter((name) => name.endsWith('.yml'))) {
  describe(`spec/checks/${file}`, () => {
    const stories = parse(readFileSync(folder + file, 'utf8')) as readonly Story[];
    it.each(stories.map((one) => [`${one.name} (${one.rules.join(', ')})`, one] as const))(
      '%s',
      (_, story) => {
        tell(story);
      },
    );
  });
}
