import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { root, runNode } from './run.ts';

// Runs every test/perf/*.bench.ts, or those whose name contains an argument, one after another: `npm run bench rest`,
// `npm run bench -- rest --minutes 10`. Benches run what is
// built, so the build comes first where sources are newer.
const folder = join(root, 'test/perf');
// `--minutes 10` and the like are for the bench itself.
const given = process.argv.slice(2);
const options = given.findIndex((word) => word.startsWith('--'));
const wanted = options < 0 ? given : given.slice(0, options);
const passed = options < 0 ? [] : given.slice(options);
const names = existsSync(folder) ? readdirSync(folder) : [];
const benches = names
  .filter((name) => name.endsWith('.bench.ts'))
  .filter((name) => wanted.length === 0 || wanted.some((word) => name.includes(word)))
  .sort();

const tsx = 'node_modules/tsx/dist/cli.mjs';
if (!runNode(tsx, ['scripts/build.ts', '--if-needed', '--quiet'])) process.exit(1);
for (const name of benches) {
  console.log(`\n${name}`);
  if (!runNode(tsx, [join(folder, name), ...passed])) process.exitCode = 1;
}
