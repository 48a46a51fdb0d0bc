import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { OneRun } from './one-run.ts';
import type { ShortPlan } from './short-plan.ts';
import { act, look, type StoryIdentity } from './story.ts';

const folder = fileURLToPath(new URL('../../../../spec/runs/', import.meta.url));

interface Story extends ShortPlan {
  readonly name: string;
  readonly rules: readonly string[];
  readonly run?: StoryIdentity;
  readonly story: readonly (string | Readonly<Record<string, unknown>>)[];
}

/** The mapping shows what is so at that point of the story. */
function tell({ run: identity, story, ...plan }: Story): void {
  const run = new OneRun(plan, identity);
  let told = '';
  let reply: ReturnType<typeof act>;
  for (const line of typeof story[0] === 'string' && story[0] === 'cancel' ? story : ['begin', ...story]) {
    if (typeof line === 'string') {
      told += `\n  ${line}`;
      reply = act(run, line);
      continue;
    }
    const seen = Object.fromEntries(Object.keys(line).map((key) => [key, look(run, key, reply)]));
    expect(seen, `after${told}`).toEqual(line);
  }
}

/** Tables of another form have tests of their own. */
const TABLES = new Set(['status-functions.yml', 'run-numbers.yml', 'counters.yml']);

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
