import { buildIsNeeded, markBuilt } from '../packages/cli/bin/build-state.js';
import { withBuildLock } from './build-lock.ts';
import { runNode } from './run.ts';

// --if-needed: do nothing when another process finished the same build while this one waited for the lock.
// --quiet: Vite prints warnings only.
const ifNeeded = process.argv.includes('--if-needed');
const quiet = process.argv.includes('--quiet');

// Tests that start a build have a `NODE_ENV` of their own, with which React is built for its authors.
process.env['NODE_ENV'] = 'production';

function build(): boolean {
  const startedAt = new Date();
  if (!runNode('node_modules/typescript/bin/tsc', ['-b'])) return false;
  const level = quiet ? ['--logLevel', 'warn'] : [];
  const web = ['build', '--config', 'packages/web/vite.config.ts', ...level];
  if (!runNode('node_modules/vite/bin/vite.js', web)) return false;
  markBuilt(startedAt);
  return true;
}

const done = await withBuildLock(() => (ifNeeded && !buildIsNeeded() ? true : build()));
process.exitCode = done ? 0 : 1;
