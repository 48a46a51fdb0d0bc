import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { ruleGroups } from './generate/conformance-rules.ts';
import { root } from './run.ts';

/**
 * `npm run rules:pick -- --seed N --count 40`: draws rules of the language that a table of the compiler or of the
 * expressions cites. For each, break the code that carries it by hand: a case that cites it must fail.
 */
const { values } = parseArgs({
  options: { seed: { type: 'string', default: '1' }, count: { type: 'string', default: '40' } },
});
const seed = Number(values.seed);

const TABLES = ['spec/compiler', 'spec/expressions'];

const tables = TABLES.flatMap((folder) =>
  readdirSync(join(root, folder)).map((file) => readFileSync(join(root, folder, file), 'utf8')),
).join('\n');
const cited = new Set(tables.match(/\b[A-Z]+-\d+\b/g));
const rules = ruleGroups().flatMap((group) => group.rules.filter(({ id }) => cited.has(id)));

console.log(`${values.count} of ${rules.length} rules with cases, seed ${seed}`);
for (const { id, subject } of draw(rules, Number(values.count), seed)) console.log(`${id}: ${subject}`);

/** The first of a shuffled list; the same seed gives the same. */
function draw<T>(from: readonly T[], count: number, start: number): readonly T[] {
  const rest = [...from];
  const drawn: T[] = [];
  let state = start >>> 0;
  while (drawn.length < count && rest.length > 0) {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    drawn.push(...rest.splice(Math.floor((state / 2 ** 32) * rest.length), 1));
  }
  return drawn;
}
