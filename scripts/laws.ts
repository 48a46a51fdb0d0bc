import { parseArgs } from 'node:util';
import { tellUntil } from '../packages/engine/test/interlocking/proof/batches.ts';
import { Coverage } from '../packages/engine/test/interlocking/proof/coverage.ts';
import { prove } from '../packages/engine/test/interlocking/proof/prove.ts';

// `npm run laws -- --steps 5000000 --seed 7`: the queue's random histories for longer than the tests do, every law
// after each message. `--reference 100000`: so many histories of about 50 to 500 messages, each decided by the reference
// as well; the laws are then watched in every tenth.
const { values } = parseArgs({
  options: { seed: { type: 'string' }, steps: { type: 'string' }, reference: { type: 'string' } },
});
const seed = Number(values.seed ?? Date.now() % 1_000_000_000);
const reference = values.reference !== undefined;
const steps = Number(values.steps ?? (reference ? 0 : 5_000_000));
const wanted = Number(values.reference ?? 0);
const PROGRESS_EVERY_MS = 10_000;
const LENGTHS = reference
  ? ([160, 160, 160, 160, 160, 160, 160, 200, 280, 660] as const)
  : ([120, 240, 480, 800] as const);

const coverage = new Coverage();
const began = Date.now();
let histories = 0;
let messages = 0;
let nextProgress = began + PROGRESS_EVERY_MS;

function enough(told: number): boolean {
  if (Date.now() >= nextProgress) {
    nextProgress = Date.now() + PROGRESS_EVERY_MS;
    console.log(`${told} histories, ${messages} messages, ${Math.round((Date.now() - began) / 1000)} s`);
  }
  return told >= wanted && messages >= steps;
}

const count = tellUntil(
  { seed, steps: LENGTHS },
  (history) => {
    histories += 1;
    messages += prove(history, { reference, coverage, laws: !reference || histories % 10 === 0 });
  },
  enough,
);

console.log(coverage.table());
console.log(
  `seed ${seed}: ${count} histories, ${messages} messages in ${Math.round((Date.now() - began) / 1000)} s ` +
    `(${Math.round(process.cpuUsage().user / 1e6)} s of the processor); no law is broken` +
    (reference ? ', and the reference decides all of them alike' : ''),
);
const missing = coverage.missing();
if (missing.length > 0) {
  console.log(`never reached: ${missing.join(', ')}`);
  process.exitCode = 1;
}
