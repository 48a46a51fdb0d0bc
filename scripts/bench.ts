import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { root, runNode } from './run.ts';

// Runs every test/perf/*.bench.ts, or those whose name contains an argument, one after another. Benches run what is
// built, so the build comes first where sources are newer.
const folder = join(root, 'test/perf');
const wanted = process.argv.slice(2);
const names = existsSync(folder) ? readdirSync(folder) : [];
const benches = names
  .filter((name) => name.endsWith('.bench.ts'))
  .filter((name) => wanted.length === 0 || wanted.some((word) => name.includes(word)))
  .sort();

const tsx = 'node_modules/tsx/dist/cli.mjs';
if (!runNode(tsx, ['scripts/build.ts', '--if-needed', '--quiet'])) process.exit(1);
for (const name of benches) {
  console.log(`\n${name}`);
  if (!runNode(tsx, [join(folder, name)])) process.exitCode = 1;
}
