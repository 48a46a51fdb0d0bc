import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { PoolStory } from './pool-story.ts';

interface PoolCase {
  readonly name: string;
  readonly rules: readonly string[];
  readonly server?: number;
  readonly story: readonly string[];
  readonly jobs?: Readonly<Record<string, string>>;
}

const folder = join(import.meta.dirname, '../../../../spec/pools');

describe.each(readdirSync(folder).filter((file) => file.endsWith('.yml')))('spec/pools/%s', (file) => {
  const cases = parse(readFileSync(join(folder, file), 'utf8')) as readonly PoolCase[];

  it.each(cases.map((one) => [`${one.name} [${one.rules.join(', ')}]`, one] as const))(
    '%s',
    (_, { server, story, jobs = {} }) => {
      const told = new PoolStory(server);
      for (const line of story) {
        const [text = '', code] = line.split(' ! ');
        expect(told.tell(text), line).toBe(code);
      }
      const fates = Object.fromEntries(Object.keys(jobs).map((job) => [job, told.fate(job)]));
      expect(fates).toEqual(jobs);
    },
  );
});
