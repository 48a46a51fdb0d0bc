import { readFileSync, readdirSync } from 'node:fs';
import { parse } from 'yaml';
import { describe, expect, it } from 'vitest';
import { foldInterlocking } from '@signalbox/engine';
import { brokenLaws } from './laws/index.ts';
import type { StoryCase, Told } from './story/case.ts';
import { Story } from './story/story.ts';

const folder = new URL('../../../../spec/interlocking/', import.meta.url);

for (const file of readdirSync(folder).filter((name) => name.endsWith('.yml'))) {
  describe(`spec/interlocking/${file}`, () => {
    const cases = parse(readFileSync(new URL(file, folder), 'utf8')) as readonly StoryCase[];
    for (const one of cases) {
      for (const [told, expected] of tellings(one)) {
        const how = told.by === undefined ? '' : ` (${told.behavior} by the ${told.by})`;
        it(`${one.name}: ${one.what}${how} (${one.rules.join(', ')})`, () => check(one, told, expected));
      }
    }
  });
}

/** A case for two behaviours is told with the behaviour set on the stage, and with it set on the lock. */
function tellings(one: StoryCase): readonly (readonly [Told, readonly string[]])[] {
  const told: [Told, readonly string[]][] = [];
  if (one.expect !== undefined) told.push([{}, one.expect]);
  for (const behavior of ['runLatest', 'sequential'] as const) {
    const expected = one[behavior];
    if (expected === undefined) continue;
    told.push([{ behavior, by: 'stage' }, expected]);
    if (one.locks !== undefined) told.push([{ behavior, by: 'lock' }, expected]);
  }
  return told;
}

function check(one: StoryCase, told: Told, expected: readonly string[]): void {
  const story = new Story(one, told);
  const seen = story.tell();
  const text = [`${one.name}: ${one.what}`, ...one.story, '--- what happened ---', ...seen].join('\n');
  expect(seen, text).toEqual(expected);
  const { rows, journal } = story.project;
  expect(brokenLaws(rows, journal, story.now), text).toEqual([]);
  expect(foldInterlocking(journal)).toEqual(rows);
}
