import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { generators } from './generators.ts';
import { root } from './run.ts';

const stale: string[] = [];
for (const generator of generators) {
  for (const file of await generator()) {
    const path = join(root, file.path);
    if (!existsSync(path) || readFileSync(path, 'utf8') !== file.text) stale.push(file.path);
  }
}

if (stale.length > 0) {
  console.error(`Not what its source says:\n  ${stale.join('\n  ')}\nRun \`npm run generate\` and commit.`);
  process.exitCode = 1;
}
