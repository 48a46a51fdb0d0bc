import { parseArgs } from 'node:util';
import { fuzzPipelines } from '../packages/compiler/test/fuzz/fuzz.ts';
import { fuzzSeeds } from '../packages/compiler/test/fuzz/seeds.ts';

// `npm run fuzz -- --seed 7 --minutes 10`: the fuzzer of the tests for longer; a finding names its seed.
const { values } = parseArgs({
  options: { seed: { type: 'string' }, runs: { type: 'string' }, minutes: { type: 'string' } },
});
const first = Number(values.seed ?? Date.now() % 1_000_000_000);
const runs = Number(values.runs ?? (values.minutes === undefined ? 20_000 : Infinity));
const end = values.minutes === undefined ? Infinity : Date.now() + Number(values.minutes) * 60_000;
const BATCH = 500;

const seeds = fuzzSeeds();
const total = { texts: 0, compiled: 0, slowestMs: 0, findings: 0 };
while (total.texts < runs && Date.now() < end) {
  const size = Math.min(BATCH, runs - total.texts);
  const result = await fuzzPipelines(seeds, first + total.texts, size);
  total.texts += result.texts;
  total.compiled += result.compiled;
  total.slowestMs = Math.max(total.slowestMs, result.slowestMs);
  total.findings += result.findings.length;
  for (const { seed, text, what } of result.findings) {
    console.log(`seed ${seed}: ${what}\n  ${JSON.stringify(text.slice(0, 2_000))}`);
  }
}

console.log(
  `seeds ${first} to ${first + total.texts - 1}: ${total.texts} pipelines, ${total.compiled} with a plan; slowest ` +
    `${total.slowestMs.toFixed(0)} ms of the processor; ${total.findings} findings`,
);
if (total.findings > 0) process.exitCode = 1;
