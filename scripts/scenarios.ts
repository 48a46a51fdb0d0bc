import { SCENARIOS } from '../test/e2e/scenarios/index.ts';
import { startSignalbox } from '../test/support/signalbox.ts';
import { runNode } from './run.ts';

// Plays the scenarios Q1 to Q12 of the queue, or those that are named, with a real server and real agents, and prints
// what was expected and what was seen.
const wanted = process.argv.slice(2).map((id) => id.toUpperCase());
const unknown = wanted.filter((id) => SCENARIOS.every((scenario) => scenario.id !== id));
if (unknown.length > 0) {
  console.error(
    `There is no scenario ${unknown.join(', ')}. There are: ${SCENARIOS.map(({ id }) => id).join(', ')}.`,
  );
  process.exit(2);
}
if (!runNode('node_modules/tsx/dist/cli.mjs', ['scripts/build.ts', '--if-needed', '--quiet']))
  process.exit(1);
const box = await startSignalbox({ agents: 5 });
try {
  for (const { id, setup, expected, play } of SCENARIOS) {
    if (wanted.length > 0 && !wanted.includes(id)) continue;
    const seen = await play(box).catch((error: unknown) => `an error: ${String(error)}`);
    const ok = seen === expected;
    if (!ok) process.exitCode = 1;
    console.log(`${id.padEnd(4)}${ok ? 'ok    ' : 'FAILED'}  ${setup}`);
    console.log(`            expected  ${expected}\n            seen      ${seen}`);
  }
} finally {
  await box.stop();
}
