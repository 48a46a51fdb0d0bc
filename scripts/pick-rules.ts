import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { ruleGroups } from './generate/conformance-rules.ts';
import { root } from './run.ts';

/**
 * `npm run rules:pick -- --of checks --seed N --count 40`: draws rules that a table or a test cites. For each, break
 * the code that carries it by hand: a case that cites it must fail.
 */
const { values } = parseArgs({
  options: {
    of: { type: 'string', default: 'language' },
    seed: { type: 'string', default: '1' },
    count: { type: 'string', default: '40' },
  },
});
const seed = Number(values.seed);

/** Where cases of a part of the rules stand, and which of the rules cited there belong to the part. */
interface Part {
  readonly folders: readonly string[];
  readonly holds: (id: string) => boolean;
}

const EVERYWHERE = ['spec', 'packages'];

/** Gaps in the chapters on environments and checks; the other gaps are about the language and the queue. */
const GAPS_OF_CHECKS = /^GAP-(?:2[0-6]|4[6-9])$/;

/** The chapters on outputs, the life of a run, agents, jobs, their strategies and triggers, logging and tasks. */
const RUNS =
  /^(?:CTX|RES|RUN|STG|JOB|STEP|CANCEL|TIME|MAN|RETRY|AGENT|POOL|CONT|WS|CO|ART|LOG|SEC|PVAR|MTX|DEP|TRIG|TASK)-/;

const PARTS: Readonly<Record<string, Part>> = {
  language: { folders: ['spec/compiler', 'spec/expressions'], holds: (id) => id.includes('-') },
  checks: {
    folders: EVERYWHERE,
    holds: (id) => /^(?:ENV|CHK|BH|HOOK|APPR)-/.test(id) || GAPS_OF_CHECKS.test(id),
  },
  runs: {
    folders: EVERYWHERE,
    holds: (id) => RUNS.test(id),
  },
  queue: {
    folders: EVERYWHERE,
    holds: (id) => /^(?:LOCK|LAW|CLASSIC|GAP)-|^[QS]\d/.test(id) && !GAPS_OF_CHECKS.test(id),
  },
};

const part = PARTS[values.of];
if (part === undefined) throw new Error(`--of is one of ${Object.keys(PARTS).join(', ')}`);
const cases = part.folders.flatMap(filesWithCases).map((file) => readFileSync(file, 'utf8'));
const cited = new Set(cases.join('\n').match(/\b(?:[A-Z]+-\d+|[QS]\d+)\b/g));
const rules = ruleGroups().flatMap((group) =>
  group.rules.filter(({ id }) => cited.has(id) && part.holds(id)),
);

console.log(`${values.count} of ${rules.length} rules with cases, seed ${seed}`);
for (const { id, subject } of draw(rules, Number(values.count), seed)) console.log(`${id}: ${subject}`);

/** Tables and tests below a folder; `spec/rules` lists the rules and shows none. */
function filesWithCases(folder: string): readonly string[] {
  return readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => join(parentPath, name))
    .filter((file) => /\/spec\/(?!rules\/).*\.(?:yml|json)$|\/packages\/[^/]+\/test\/.*\.ts$/.test(file));
}

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
