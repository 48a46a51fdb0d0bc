#!/usr/bin/env node
// In a checkout the first call builds what is missing or stale; an installed package is started as it is.
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { buildIsNeeded, isCheckout, repositoryRoot } from './build-state.js';

if (isCheckout() && buildIsNeeded()) {
  process.stderr.write('signalbox: building…\n');
  const tsx = import.meta.resolve('tsx');
  const script = fileURLToPath(new URL('scripts/build.ts', repositoryRoot));
  const build = spawnSync(process.execPath, ['--import', tsx, script, '--if-needed', '--quiet'], {
    cwd: fileURLToPath(repositoryRoot),
    stdio: ['ignore', 'pipe', 'pipe'],
    encoding: 'utf8',
  });
  if (build.status !== 0) {
    process.stderr.write(`${build.stdout}${build.stderr}signalbox: the build failed\n`);
    process.exit(1);
  }
}

await import('../dist/main.js');
