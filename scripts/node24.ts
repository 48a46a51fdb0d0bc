import { execFileSync } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { root } from './run.ts';

// Build, unit tests and start-up with Node 24, on demand: its program comes from the npm package `node`, into a
// folder of its own, so that neither package.json nor the lockfile knows of it.
const folder = mkdtempSync(join(tmpdir(), 'signalbox-node24-'));
const run = (program: string, ...args: readonly string[]): void => {
  console.log(`\n$ ${[program.split('/').pop(), ...args].join(' ')}`);
  execFileSync(program, args, { cwd: root, stdio: 'inherit', env });
};
const env: NodeJS.ProcessEnv = {
  ...process.env,
  PATH: `${join(folder, 'node_modules/node/bin')}:${process.env['PATH'] ?? ''}`,
};
execFileSync('npm', ['install', '--silent', '--no-save', '--prefix', folder, 'node@24'], {
  cwd: folder,
  stdio: 'inherit',
});
const node = join(folder, 'node_modules/node/bin/node');
run(node, '--version');
run(node, 'node_modules/typescript/bin/tsc', '-b', '--force');
run(node, 'node_modules/vitest/vitest.mjs', 'run');
run(node, 'packages/cli/bin/signalbox.js', 'run', 'examples/two-services/web.yml');
