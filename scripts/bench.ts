import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { root, runNode } from './run.ts';

// Runs every test/perf/*.bench.ts, or those whose name contains an argument, one after another.
const folder = join(root, 'test/perf');
const wanted = process.argv.slice(2);
const names = existsSync(folder) ? readdirSync(folder) : [];
const benches = names
  .filter((name) => name.endsWith('.bench.ts'))
  .filter((name) => wanted.length === 0 || wanted.some((word) => name.includes(word)))
  .sort();

for (const name of benches) {
  console.log(`\n${name}`);
  if (!runNode('node_modules/tsx/dist/cli.mjs', [join(folder, name)])) process.exitCode = 1;
}
