// What masking a line of a log costs, by the number of secrets: a text is read once however many there are. Measured
// in turns, so that the ratio in the last column compares what ran under the same load.
import { Masker } from '../../packages/agent/src/masking/masker.ts';
import { percentile, printTable } from '../support/bench.ts';

const COUNTS = [1, 100, 1_000] as const;
const LINES = 2_000;
const TURNS = 20;
const LINE = 'an ordinary line of a build log, with a path /usr/lib/node and a number 12345 '.repeat(2);

function masker(count: number): Masker {
  const made = new Masker();
  for (let index = 0; index < count; index += 1) made.add(`secret-number-${index}-of-many`);
  return made;
}

/** Microseconds per line. */
function turn(by: Masker): number {
  const start = process.hrtime.bigint();
  for (let count = 0; count < LINES; count += 1) by.mask(LINE);
  return Number(process.hrtime.bigint() - start) / 1e3 / LINES;
}

const maskers = COUNTS.map((count) => ({ by: masker(count), times: [] as number[] }));
for (const { by } of maskers) turn(by);
for (let round = 0; round < TURNS; round += 1) for (const { by, times } of maskers) times.push(turn(by));
const medians = maskers.map(({ times }) => percentile(times, 0.5));
printTable('masking: time per line at the median, by the number of secrets', [
  [...COUNTS.map((count) => count.toLocaleString('en')), '1,000 / 1'],
  [
    ...medians.map((one) => `${one.toFixed(2)} µs`),
    ((medians.at(-1) ?? Number.NaN) / (medians[0] ?? Number.NaN)).toFixed(2),
  ],
]);
