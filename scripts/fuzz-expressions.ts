import { parseArgs } from 'node:util';
import { fuzzExamples } from '../packages/expressions/test/fuzz/examples.ts';
import { fuzzExpressions } from '../packages/expressions/test/fuzz/fuzz.ts';

// `npm run fuzz:expressions -- --seed 7 --minutes 10`: the fuzzer of the tests for longer; a finding names its seed.
const { values } = parseArgs({
  options: { seed: { type: 'string' }, runs: { type: 'string' }, minutes: { type: 'string' } },
});
const first = Number(values.seed ?? Date.now() % 1_000_000_000);
const runs = Number(values.runs ?? (values.minutes === undefined ? 200_000 : Infinity));
const end = values.minutes === undefined ? Infinity : Date.now() + Number(values.minutes) * 60_000;
const BATCH = 2_000;

const examples = fuzzExamples();
const total = { texts: 0, parsed: 0, evaluated: 0, slowestMs: 0, findings: 0 };
while (total.texts < runs && Date.now() < end) {
  const size = Math.min(BATCH, runs - total.texts);
  const result = fuzzExpressions(examples, first + total.texts, size);
  total.texts += result.texts;
  total.parsed += result.parsed;
  total.evaluated += result.evaluated;
  total.slowestMs = Math.max(total.slowestMs, result.slowestMs);
  total.findings += result.findings.length;
  for (const { seed, place, text, what } of result.findings) {
    console.log(`seed ${seed}, ${place}: ${what}\n  ${JSON.stringify(text.slice(0, 500))}`);
  }
}

console.log(
  `seeds ${first} to ${first + total.texts - 1}: ${total.texts} texts, ${total.parsed} read, ${total.evaluated} with a ` +
    `value; slowest ${total.slowestMs.toFixed(0)} ms of the processor; ${total.findings} findings`,
);
if (total.findings > 0) process.exitCode = 1;
